"""Words of administration as data in, one frozen ``Knowledge`` out.

Example: “谁管”, “哪个局负责” and the header “牵头责任单位” all mean the attribute ``lead_agency``.

General Chinese vocabulary lies in ``lexicon.toml`` beside this module, everyday words and those of official papers in
``everyday.toml``, kinds that exclude each other in ``contraries.toml``. What belongs to one office (its agencies,
places, synonyms) lies in ``knowledge.toml`` beside that office's documents.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from corpus.errors import ManifestInvalid, describe_os_error
from corpus.manifest import KNOWLEDGE_NAME

AGENCY_ATTRIBUTES = ("lead_agency", "responsible_agency")
"""The attributes whose values are agencies: who leads, who answers for it."""

_BUILT_IN = Path(__file__).with_name("lexicon.toml")
_EVERYDAY = Path(__file__).with_name("everyday.toml")


@dataclass(frozen=True, slots=True)
class Attribute:
    """Something that is asked of a row or clause.

    ``name`` is its key (``lead_agency``), ``label`` what a person calls it (牵头单位), ``words`` what a question says,
    ``header_words`` the words by which a column header or a field's label is recognised.
    """

    name: str
    label: str
    words: tuple[str, ...]
    header_words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency with its other names: 市发改委 = 发改委 = 市发展和改革委员会."""

    name: str
    aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Return the name and its aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Place:
    """A place with its other names and, for a collective such as 全市9个旗区, the places it stands for.

    ``members`` is None for a single place, empty for a collective of which nobody knows what it stands for.
    """

    name: str
    aliases: tuple[str, ...] = ()
    members: tuple[str, ...] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """Return the name and its aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure with its other spellings: 平方公里 = 平方千米 = km².

    Units of one ``dimension`` (面积) can be exchanged; ``factor`` is how many of the dimension's own unit one is, as
    written (“2000/3”). Both are empty for a unit that nothing is exchanged with.
    """

    name: str
    aliases: tuple[str, ...] = ()
    dimension: str = ""
    factor: str = ""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything that is known besides the documents themselves.

    ``synonyms`` name one quantity or thing so strictly that figures are compared under them; ``everyday`` are words in
    which a question may speak of what a text calls otherwise (庄稼秆子, 秸秆). ``rows`` are the nouns for the rows of a
    table by the header of its names: 姓名 → 人.
    """

    attributes: tuple[Attribute, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    everyday: tuple[tuple[str, ...], ...] = ()
    agencies: tuple[Agency, ...] = ()
    places: tuple[Place, ...] = ()
    units: tuple[Unit, ...] = ()
    rows: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def lexicon(self) -> dict[str, Attribute]:
        """Return the attributes by name."""
        return {attribute.name: attribute for attribute in self.attributes}

    def attribute_of_header(self, header: str) -> Attribute | None:
        """Return the attribute that a column header or field label names; the longest word that it holds decides."""
        found = [(len(w), a) for a in self.attributes for w in a.header_words if w in header]
        return max(found, key=lambda pair: pair[0])[1] if found else None


class _Attribute(BaseModel):
    model_config = ConfigDict(extra="forbid")

    label: str = ""
    words: tuple[str, ...] = ()
    header_words: tuple[str, ...] = ()


class _Named(BaseModel):
    model_config = ConfigDict(extra="forbid")

    name: str
    aliases: tuple[str, ...] = ()


class _Place(_Named):
    members: tuple[str, ...] | None = None


class _Unit(BaseModel):
    model_config = ConfigDict(extra="forbid")

    aliases: tuple[str, ...] = ()
    dimension: str = ""
    factor: str = Field(default="", pattern=r"^(\d+(\.\d+)?|\d+/[1-9]\d*)?$")


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")

    attributes: dict[str, _Attribute] = {}
    synonyms: tuple[tuple[str, ...], ...] = ()
    agencies: tuple[_Named, ...] = ()
    places: tuple[_Place, ...] = ()
    units: dict[str, _Unit] = {}
    rows: dict[str, tuple[str, ...]] = {}


def load_knowledge(folder: Path | None = None) -> Knowledge:
    """Return the built-in vocabulary, joined with ``knowledge.toml`` of ``folder`` where there is one.

    Raises:
        ManifestInvalid: a file is no valid TOML or holds an unknown key.
    """
    files = [_read(_BUILT_IN)]
    if folder is not None and (folder / KNOWLEDGE_NAME).is_file():
        files.append(_read(folder / KNOWLEDGE_NAME))
    return Knowledge(
        attributes=_join_attributes(files),
        synonyms=tuple(group for file in files for group in file.synonyms),
        everyday=_read(_EVERYDAY).synonyms,
        agencies=tuple(Agency(one.name, one.aliases) for file in files for one in file.agencies),
        places=tuple(Place(one.name, one.aliases, one.members) for file in files for one in file.places),
        units=_join_units(files),
        rows=tuple(one for file in files for one in file.rows.items()),
    )


def _read(path: Path) -> _File:
    try:
        return _File.model_validate(tomllib.loads(path.read_bytes().decode("utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ManifestInvalid(f"知识文件“{path}”不是有效的 UTF-8 TOML 文件：{error}。请改正后重试。") from error
    except ValidationError as error:
        places = "；".join(".".join(str(step) for step in one["loc"]) for one in error.errors())
        raise ManifestInvalid(f"知识文件“{path}”中有不认识或写法不对的项：{places}。请改正后重试。") from error
    except OSError as error:
        raise ManifestInvalid(
            f"无法读取知识文件“{path}”：{describe_os_error(error)}。请检查文件权限后重试。"
        ) from error


def _join_attributes(files: Iterable[_File]) -> tuple[Attribute, ...]:
    joined: dict[str, Attribute] = {}
    for file in files:
        for name, more in file.attributes.items():
            known = joined.get(name, Attribute(name, "", (), ()))
            joined[name] = Attribute(
                name,
                more.label or known.label or name,
                tuple(dict.fromkeys((*known.words, *more.words))),
                tuple(dict.fromkeys((*known.header_words, *more.header_words))),
            )
    return tuple(joined.values())


def _join_units(files: Iterable[_File]) -> tuple[Unit, ...]:
    joined: dict[str, Unit] = {}
    for file in files:
        for name, more in file.units.items():
            known = joined.get(name, Unit(name))
            aliases = tuple(dict.fromkeys((*known.aliases, *more.aliases)))
            dimension, factor = more.dimension or known.dimension, more.factor or known.factor
            joined[name] = Unit(name, aliases, dimension, factor)
    return tuple(joined.values())
