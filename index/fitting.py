"""A generation in, whether it is whole and fits the settings out; one that does not is refused with what mends it.

Example: built by e5-small and opened with bge-m3 → “索引与当前设置不符：词向量模型由“e5-small”变为“bge-m3”。”
"""

from __future__ import annotations

from pathlib import Path

from index.errors import IndexBroken, IndexStale
from index.generations import current_generation
from index.stamp import Built, Recipe, read_stamp

DEFAULT_MODEL = "default"
_ATTEMPTS = 3


def refuse_strangers(built: Built, recipe: Recipe, command: str) -> None:
    """Check that a generation fits; ``command`` is what builds one that does.

    Raises:
        IndexStale: If it does not; the message names each difference and the command that mends it.
    """
    differences = built.differences(recipe)
    if differences:
        raise IndexStale(f"索引与当前设置不符：{'；'.join(differences)}。请运行 {command} 重建。")


def find_whole(store: Path) -> tuple[Path, Built]:
    """Return the current generation; looked up again where builds have replaced it between two steps.

    Raises:
        IndexMissing: If nothing has been built in ``store``.
        IndexBroken: If it is half-written or damaged.
    """
    for attempt in range(1, _ATTEMPTS + 1):
        folder = current_generation(store)
        try:
            return folder, read_stamp(folder)
        except IndexBroken:
            if attempt == _ATTEMPTS or folder.is_dir():
                raise
    raise AssertionError("unreachable")


def hash_documents(corpus_dir: Path | None) -> str | None:
    """Return the hash of the documents as they are now; None without a folder of them."""
    if corpus_dir is None:
        return None
    from corpus.parse import corpus_hash

    return corpus_hash(corpus_dir)


def expected_name(model: str, models: Path, built: str) -> str | None:
    """Return the name of the model asked for, as far as it is known without loading the model.

    A model's name is that of its folder with a fingerprint behind a slash; the fingerprint of a model that is not
    the default is compared when the model is loaded.
    """
    from index.model_card import find_made, read_card

    if model == DEFAULT_MODEL:
        made = find_made(models)
        return None if made is None else read_card(made).name
    asked = Path(model).name
    return None if built.startswith(f"{asked}/") else asked


def built_from(store: Path) -> Path | None:
    """Return the folder of documents that the index in ``store`` was built from; None if it is no longer there.

    Raises:
        IndexMissing: If nothing has been built in ``store``.
        IndexBroken: If it is half-written or damaged.
    """
    folder = Path(read_stamp(current_generation(store)).stamp.corpus)
    return folder if folder.is_absolute() and folder.is_dir() else None
