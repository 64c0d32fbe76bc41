"""Words in, whether they say what of a thing is asked, and not which thing, out: 条件, 施工单位."""

from __future__ import annotations

from assistant.understand.lexicon import Word


class Aspects:
    """Knows the nouns that say what of a thing is asked."""

    def __init__(self, listed: tuple[Word, ...]) -> None:
        self._words = frozenset(word.key for word in listed)
        self._endings = tuple(word.key for word in listed if word.name == "endings")

    def hold(self, word: str) -> bool:
        """Return whether ``word`` is one of them or ends like one."""
        return word in self._words or word.endswith(self._endings)
