"""A question as typed in, the same question with every character marked by what it does out.

Example: 十大孔兑项目由哪个局牵头 → content “十大孔兑”, class noun “项目”, asks who, attribute lead_agency.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import lru_cache
from itertools import islice, pairwise

from assistant.understand.leave import is_done
from assistant.understand.lexicon import Ask, Lexicon, Listed, Word
from assistant.understand.mended_words import WordMender
from assistant.understand.openings import opening, table_place
from assistant.understand.question import CONTENT, Mention, MentionKind, Question, runs
from assistant.understand.which_asked import SeveralOf, which_thing, which_value
from assistant.understand.words import WordReader
from corpus.cell_values import RANKS
from corpus.columns import year_of_header
from corpus.folding import fold
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.models import Span

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)(?:年底|年末|年度|年)?")
_EXTREME = re.compile(r"最[高低多少大小](?=(?P<next>[\u3400-\u9fff]))")
_QUOTED = re.compile(r"“([^“”]{2,})”")
_IN_TABLE = re.compile(r"(?:里面?|中|上|内|里头)(?:的|写着?|显示|列着?)?(?!有|共|一共|总共|哪|多少|几)")
_BY_TABLE = re.compile(r"(?:按照?|根据|依据|依|照|从|在)(?:附件\d+的?)?$")
_OFFICE = r"(?:管理|服务|监督)?(?:局|委员会|中心)"
_OF = "的"
_NO_NUMBER = re.compile(r"几(?![个项条种类年月天次家处座名位大点人块张级批步部方十百千万亿])[\u3400-\u9fff]{2}")
"""几 in a name (几字弯), where the documents hold it."""
_REMEMBERED = 512
_WHO_DOES = re.compile("谁[来去]?$")
_SHORTEST_NAME = 2
_BODY = "单位"
_LETTER = re.compile(r"[0-9a-zⅰ-ⅻ\u3400-\u9fff%≥≤≧≦]")
"""A sign that cells are written with tells rows apart, too: 带≥的指标."""
_MEANING = re.compile(r"[不没未非无除仅只\d一二两三四五六七八九十百千万亿倍]")


class QuestionReader:
    """Marks what the characters of a question do."""

    def __init__(
        self,
        lexicon: Lexicon,
        attributes: tuple[Word, ...],
        words: WordReader,
        said: Callable[[str], bool],
        titles: Callable[[str], tuple[Span, ...]] = lambda _: (),
    ) -> None:
        """Take ``said``, which tells whether a document holds a word: what documents say is content, verbs too.

        ``titles`` tells where a folded question calls tables by name.
        """
        self._words, self._titles = words, titles
        self._openers = lexicon.openers
        self._said = said
        self._events = frozenset(word.key for word in lexicon.event_words)
        self._light = frozenset(word.key for word in lexicon.light_words if word.name != "characters")
        self._light_characters = frozenset(word.key for word in lexicon.light_words if word.name == "characters")
        self._asks = tuple(word.key for word in lexicon.asks if len(word.key) > 1 or word.name == Ask.WHO)
        dated = [word for word in attributes if _YEAR.match(word.key) and not year_of_header(word.key)]
        self._dated, self._dated_names = Listed(word.key for word in dated), [word.name for word in dated]
        self._quoting = Listed(word.key for word in attributes if "“" in word.key)
        self._mender = WordMender(words, said, self._events, self._light_characters)
        asks_who = [word for word in lexicon.asks if word.name == Ask.WHO]
        self._several = SeveralOf({MentionKind.ATTRIBUTE: attributes, MentionKind.ASK: asks_who})
        self._agencies = Listed(w.key for w in attributes if w.name in AGENCY_ATTRIBUTES and w.key.endswith(_BODY))
        marks = (
            (attributes, MentionKind.ATTRIBUTE),
            # 最多多少 asks how many at most, and compares nothing by 多多少.
            (tuple(word for word in lexicon.asks if word.key.startswith("最")), MentionKind.ASK),
            (lexicon.operations, MentionKind.OPERATION),
            (lexicon.asks, MentionKind.ASK),
            (lexicon.whole, MentionKind.WHOLE),
            (tuple(word for word in lexicon.class_nouns if len(word.key) > 1), MentionKind.CLASS_NOUN),
            (tuple(word for word in lexicon.function_words if len(word.key) > 1), MentionKind.FUNCTION),
        )
        self._marks = tuple((word, kind) for words, kind in marks for word in words)
        self._listed = Listed(word.key for word, _ in self._marks)
        empty = "|".join(re.escape(word.key) for word in lexicon.function_words if len(word.key) > 1)
        self._bodies = re.compile(rf"[{''.join(RANKS)}]?(?:{empty}){_OFFICE}")
        self._nouns = nouns = {word.key for word in lexicon.class_nouns}
        asking = (*attributes, *lexicon.operations, *lexicon.asks, *lexicon.whole)
        self._asking = tuple(dict.fromkeys(word.key for word in asking if word.key not in nouns))
        characters = ((lexicon.class_nouns, MentionKind.CLASS_NOUN), (lexicon.function_words, MentionKind.FUNCTION))
        self._characters = tuple((word, kind) for words, kind in characters for word in words if len(word.key) == 1)
        self._listed_characters = Listed(word.key for word, _ in self._characters)
        self._known = lru_cache(maxsize=_REMEMBERED)(self._read)
        self._is_noun = lru_cache(maxsize=_REMEMBERED)(self._names_without_asking)
        self._empty = frozenset(word.key for word in lexicon.function_words)

    def read(self, text: str, names: frozenset[Span] = frozenset()) -> Question:
        """Return the question with its mentions marked; recent readings are remembered, for plans share them.

        Years are marked first, then attribute and operation words, question words, and last the words without
        content. Nothing is marked inside ``names``, stretches known to be part of something's name (“投资” in
        环境治理投资占GDP比重), nor in the name of a table that
        holds such words, nor in what the documents put so in quotation marks
        (“几字弯”, in the question without them as well), and nothing that cuts a noun in two (“单位” in 施工单位).
        """
        return self._known(text, names)

    def _read(self, text: str, names: frozenset[Span]) -> Question:
        key = fold(text)
        found: list[Mention] = []
        titles = self._titles(key)
        misread = [title for title in titles if self._is_misread(title.of(key))]
        taken: set[int] = {position for span in (*names, *misread) for position in range(span.start, span.end)}
        quoted = [Span(*match.span(1)) for match in _QUOTED.finditer(key) if self._said(match[1])]
        headed = [span for _, span in self._quoting.places(key)]  # “十四五”投资 is a column
        quoted = [span for span in quoted if not any(one.covers(span) for one in headed)]
        taken |= {p for span in quoted for p in range(span.start, span.end)}
        taken |= {p for match in _NO_NUMBER.finditer(key) if self._said(match.group()) for p in range(*match.span())}
        for where in (span for title in titles if (span := table_place(key, title)) is not None):
            found.append(Mention(MentionKind.FUNCTION, "words", where))
            taken.update(range(where.start, where.end))
        opening = self._opening(key)
        if opening:
            found.append(Mention(MentionKind.FUNCTION, "words", Span(0, opening)))
            taken.update(range(opening))
        for number, span in self._dated.mark(key, (), taken):
            found.append(Mention(MentionKind.ATTRIBUTE, self._dated_names[number], span))
        years = [match for match in _YEAR.finditer(key) if taken.isdisjoint(range(*match.span()))]
        for match in years:
            found.append(Mention(MentionKind.YEAR, match.group(1), Span(*match.span())))
            taken.update(range(*match.span()))
        # Years are cut off first: 年 would be joined with what follows (2022年植被).
        # So are extremes, where the documents have no word that begins so: 最高奖补 is 最高|奖补, not 最高奖|补.
        cuts = [*years, *(match for match in _EXTREME.finditer(key) if not self._said(match[0] + match["next"]))]
        edges = sorted({opening, *(edge for match in cuts for edge in match.span() if edge >= opening), len(key)})
        words = self._mender.mended(key, self._cut(key, edges))
        # 责任单位是什么 asks for no unit of measure: 单位是什么 would cut the column's name in two.
        nouns = [span for span in words if self._is_noun(span.of(key))]
        nouns += [span for _, span in self._agencies.places(key) if span not in nouns]
        nouns += [Span(*match.span()) for match in self._bodies.finditer(key)]  # 数据局 is no 数据
        for mention in self._several.find(key):
            if _is_free(mention.span, taken):
                found.append(mention)
                taken.update(range(mention.span.start, mention.span.end))
        marked = ((*self._marks[number], span) for number, span in self._listed.mark(key, nouns, taken))
        found += [Mention(kind, word.name, span) for word, kind, span in marked]
        found += [Mention(MentionKind.ASK, Ask.WHAT, span) for span in which_value(key, found, taken)]
        # “行” is empty, 执行 is not: a single character (人, too) must not be cut out of a word still whole.
        whole = [*titles, *(span for span in words if span.end - span.start > 1 and _is_free(span, taken))]
        single = ((*self._characters[n], span) for n, span in self._listed_characters.mark(key, whole, taken))
        singles = [Mention(kind, word.name, span) for word, kind, span in single]
        found += [one for one in singles if one.kind is MentionKind.FUNCTION or _stands_alone(one.span, key, taken)]
        found = [which_thing(mention, nouns, key) for mention in found]
        mentions = tuple(sorted(found, key=lambda mention: mention.span))
        covered = {position for mention in mentions for position in range(mention.span.start, mention.span.end)}
        pieces = [self._core(key, piece) for piece in _clip(words, runs(key, covered))]
        free = self._free(key, pieces, mentions)
        telling = frozenset(span for span in free if self._is_telling(span.of(key)))
        return Question(text, key, mentions, free, telling, titles)

    def _free(self, key: str, pieces: Sequence[Span], mentions: Sequence[Mention]) -> tuple[Span, ...]:
        """Return the words that may need support: all that say what, or of which kind, or what may be done."""
        nouns_at = {m.span.start for m in mentions if m.span.of(key) in self._nouns}
        return tuple(
            span
            for span in pieces
            if not self._is_light(span.of(key)) or self._tells_kind(key, span, nouns_at) or self._is_done(key, span)
        )

    def _is_done(self, key: str, span: Span) -> bool:
        """Return whether a known word that no document has is what is asked whether it may be done: 能开荒吗."""
        word = span.of(key)
        known = len(word) >= _SHORTEST_NAME and word not in self._light and self._words.is_known(word)
        return known and is_done(key, span)

    def words(self, key: str) -> tuple[Span, ...]:
        """Return where the words of two characters and more stand in a folded text."""
        return tuple(span for span in self._words.words(key) if span.end - span.start > 1)

    def is_said(self, word: str) -> bool:
        """Return whether the documents hold a folded word."""
        return self._said(word)

    def is_leading(self, word: str) -> bool:
        """Return whether a word names nothing and may lead up to what is named: 重点, 实施, but not 黄河."""
        return word in self._light or word in self._empty or not self._words.is_naming(word)

    def _is_misread(self, title: str) -> bool:
        """Return whether a table's name holds words that ask for something; that it holds a class noun does no harm."""
        return any(word in title for word in self._asking)

    def _cut(self, key: str, edges: list[int]) -> list[Span]:
        return [
            Span(start + word.start, start + word.end)
            for start, end in pairwise(edges)
            for word in self._words.words(key[start:end])
        ]

    def _names_without_asking(self, word: str) -> bool:
        """Return whether ``word`` is a noun that holds no question word (the dictionary has 哪些项目, 由谁来)."""
        return self._words.is_naming(word) and not any(ask in word for ask in self._asks)

    def _opening(self, key: str) -> int:
        """Return where the question proper begins."""
        return opening(key, self._openers, self._names_something)

    def _names_something(self, text: str) -> bool:
        """Return whether a folded text holds a word that names something and asks nothing."""
        words = (span.of(text) for span in self._words.words(text))
        return any(self._is_telling(word) and not any(ask in word for ask in self._asks) for word in words)

    def _core(self, key: str, span: Span) -> Span:
        """Return an unknown joined piece without the light characters at its ends: 文旅要 → 文旅."""
        if self._words.is_naming(span.of(key)) or self._words.is_known(span.of(key)):
            return span
        start, end = span.start, span.end
        while end - start > _SHORTEST_NAME and key[end - 1] in self._light_characters:
            end -= 1
        while end - start > _SHORTEST_NAME and key[start] in self._light_characters:
            start += 1
        return Span(start, end)

    def _is_light(self, word: str) -> bool:
        """Return whether a word says how, not what.

        That is a listed one; a verb or adverb that no document has and that names no event (罗列, not 招标); or a piece
        that no dictionary has, made of light characters alone.
        """
        if word in self._light or not _LETTER.search(word):
            return True
        if self._words.is_known(word) and not self._words.is_naming(word) and word not in self._events:
            if self._words.is_describing(word):
                return False  # 民营 tells projects apart, whether a document has it or not
            return len(word) > 1 and not _MEANING.search(word) and not self._said(word)
        unknown = len(word) > 1 and not self._words.is_naming(word) and not self._words.is_known(word)
        return unknown and not self._said(word) and (self._is_torn(word) or self._words.is_loose(word))

    def _tells_kind(self, key: str, span: Span, nouns: Collection[int]) -> bool:
        """Return whether an unlisted word that no document has stands before a class noun (在建项目) or behind 谁.

        滞后的项目 are no projects of any kind, and who pays (谁出钱) is not who leads.
        """
        word = span.of(key)
        if len(word) < _SHORTEST_NAME or word in self._light or not self._words.is_known(word) or self._said(word):
            return False
        if _WHO_DOES.search(key, 0, span.start):
            return True
        return span.end in nouns or (key[span.end : span.end + 1] == _OF and span.end + 1 in nouns)

    def _is_torn(self, word: str) -> bool:
        """Return whether no two neighbours of ``word`` are left without its light characters: 发的文, 要护."""
        kept = "".join(" " if character in self._light_characters else character for character in word)
        return all(len(part) < _SHORTEST_NAME for part in kept.split()) and " " in kept

    def _is_telling(self, word: str) -> bool:
        """A noun, a figure, or a word of two characters that the dictionary has not: a name."""
        if len(word) == 1:
            return word.isdigit()
        if self._words.is_circumstance(word):
            return False
        return self._words.is_naming(word) or not self._words.is_known(word)


def _clip(words: Sequence[Span], free: Sequence[Span]) -> Iterator[Span]:
    """Yield what of ``words`` lies in the stretches ``free``, both in order."""
    number = 0
    for word in words:
        while number < len(free) and free[number].end <= word.start:
            number += 1
        for span in islice(free, number, None):
            if span.start >= word.end:
                break
            yield Span(max(word.start, span.start), min(word.end, span.end))


def _stands_alone(span: Span, key: str, taken: set[int]) -> bool:
    """Return whether what stands on both sides is marked or no content: 的人有, but not 人均."""
    sides = (place for place in (span.start - 1, span.end) if 0 <= place < len(key))
    return all(place in taken or CONTENT.match(key[place]) is None for place in sides)


def _is_free(span: Span, taken: set[int]) -> bool:
    return taken.isdisjoint(range(span.start, span.end))
