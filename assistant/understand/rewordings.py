"""A question in, what it asks out, in other words where it is not understood as typed.

Example: 黄河几字湾文旅带项目归谁管 → “黄河几字弯文化旅游带项目由谁牵头”: mistyped, shortened and said plainly.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import chain

from assistant.understand.namings import Named
from assistant.understand.question import Question
from assistant.understand.question_reader import QuestionReader
from assistant.understand.spelling import Spelling
from assistant.understand.spoken import in_plain_words
from assistant.understand.understood import Understood
from assistant.understand.values import Values
from corpus.folding import fold

_ACTUAL = re.compile(
    r"(?P<year>(?:19|20)\d\d年)的?实际(?:值|数|水平|上)?(?=又?(?:是|为|有)?(?:多少|几|百分)|[，,。？?]|$)"
)

_POINTED = re.compile(r"[这那]一?[个项](?:重点|大)?(?:行动|工程|任务)")
"""Says that a group is called by a part of its name, and no rows by that: 现代能源那个行动."""
_POINTING = re.compile(r"[这那]一?[个项](?:重点|大)?(?=行动|工程|任务)")

Understand = Callable[[str], Understood]


class Rewordings:
    """Reads what stays unexplained as if names were typed right, in plainer words, and with names in full."""

    def __init__(
        self,
        reader: QuestionReader,
        values: Values,
        spelling: Spelling,
        with_groups: Callable[[str], Named],
        with_names: Callable[[Question], Named],
        in_ranges: Callable[[str], Iterator[Named]],
        with_agencies: Callable[[str], Named],
        as_headed: Callable[[str], Sequence[str]],
        first_years: frozenset[str] = frozenset(),
    ) -> None:
        """Take what writes the names of groups, stretches of any name and agencies in full, and figures as ranges.

        ``as_headed`` asks of a column by its header what is surely asked of it, and ``first_years`` head columns.
        """
        self._reader, self._values, self._spelling = reader, values, spelling
        self._with_groups, self._with_names, self._in_ranges = with_groups, with_names, in_ranges
        self._with_agencies, self._as_headed, self._first_years = with_agencies, as_headed, first_years

    def read(self, understand: Understand, text: str) -> Understood:
        """Return what ``text`` asks; several meanings as a choice where they explain it equally well."""
        if _POINTED.search(text) is not None and (named := self._with_groups(text)).meant:
            reading = understand(named.text)
            if reading.is_explained:
                plain = fold(_POINTING.sub("", text))  # 绿色矿山这项工程 is said in full
                return replace(reading, asked=text, meant=tuple(one for one in named.meant if one not in plain))
        typed = understand(text)
        for headed in dict.fromkeys((*self._as_headed(text), *self._as_headed(typed.standalone))):
            if (reading := understand(headed)).is_explained:
                return replace(reading, asked=text)
        if typed.is_explained:
            return typed
        respelt = self._respell(understand, typed)
        for readings in chain([respelt], self._reworded(understand, typed, respelt)):
            if fitting := [reading for reading in readings if reading.is_explained]:
                choices = tuple(reading.standalone for reading in fitting)
                return fitting[0] if len(fitting) == 1 else replace(typed, choices=choices)
        return respelt[0] if len(respelt) == 1 else typed

    def _reworded(
        self, understand: Understand, typed: Understood, respelt: list[Understood]
    ) -> Iterator[list[Understood]]:
        """Yield what the question may mean in other words than it was asked, the likelier first."""
        if (agencies := self._with_agencies(typed.asked)).meant:
            yield [replace(self.read(understand, agencies.text), asked=typed.asked, meant=agencies.meant)]
        plain = self._in_plain_words(_ACTUAL.sub(self._of_first_year, typed.asked))
        if plain != typed.asked:
            reworded = replace(understand(plain), asked=typed.asked)
            yield [reworded]
            yield self._respell(understand, reworded)
        full = self._with_groups(plain)
        ranged = {one.text: one for text in (plain, typed.standalone) for one in self._in_ranges(text)}.values()
        # Where each of two documents has a range of its own, which is meant is asked.
        yield [replace(understand(one.text), asked=typed.asked, meant=one.meant) for one in ranged]
        in_full = [full] if full.meant else []
        for text, meant in ((plain, ()), *((one.question.text, one.meant) for one in respelt)):
            if (full := self._with_names(self._reader.read(text))).meant:
                in_full.append(Named(full.text, (*meant, *full.meant)))
        for full in in_full:
            yield [replace(understand(full.text), asked=typed.asked, meant=full.meant)]

    def plainly(self, understand: Understand, text: str) -> str:
        """Return ``text`` in plain words where it is understood in them alone, else as it is."""
        plain = self._in_plain_words(text)
        return plain if plain != text and not understand(text).is_explained and understand(plain).is_explained else text

    def _in_plain_words(self, text: str) -> str:
        return in_plain_words(text, [mention.span for mention in self._values.find(fold(text))])

    def _of_first_year(self, match: re.Match[str]) -> str:
        """Return the year alone where the tables' figures of it are actual ones: 2020年实际, but not 2024年实际."""
        return match["year"] if match["year"][:-1] in self._first_years else match.group()

    def _respell(self, understand: Understand, read: Understood) -> list[Understood]:
        """Return what the question may mean if names in it are mistyped."""
        readings = self._spelling.readings(self._reader.read(read.question.text), read.unexplained)
        return [replace(understand(one.text), asked=read.asked, meant=one.meant) for one in readings]
