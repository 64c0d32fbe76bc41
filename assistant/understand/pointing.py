"""A follow-up that points back and the questions before it in, the follow-up with what it points at put in out.

Example: after 水利局牵头的项目有哪些, 其中最大的是哪个 → “水利局牵头的项目中最大的是哪个”.
"""

from __future__ import annotations

import re

from assistant.understand.asking import mentioning_also, mentioning_of_value
from assistant.understand.earlier import Earlier
from assistant.understand.exchange import operation_spans
from assistant.understand.lexicon import Lexicon, Word
from assistant.understand.question import MentionKind
from assistant.understand.topic import subject, without_asking
from assistant.understand.turn import Turn, words_of
from corpus.folding import fold
from corpus.knowledge import AGENCY_ATTRIBUTES
from corpus.numerals import parse_chinese_integer

_COUNTED = re.compile(
    r"(?:这|那|上述|以上)(?P<count>[三四五六七八九十]+|\d{1,2})(?:个|项|条|家)(?:项目|指标|工程|任务)?"
)
_AROUND = re.compile(r"^[，,、的是有在共都]+|(?:[，,、的是有在吗呢？?]|一?[位个名项家人])+$")
_MIDDLE = re.compile("[下上小央间部西东期层级高心型等]")
"""Makes a word with 中 before it."""
_WHICH = re.compile(r"[谁哪几]")
_SPEAKING = re.compile(r"^(?:提到|提及|涉及|写到|写明|讲到|说到|谈到|包含|包括|含有|来自)")
_ALSO = re.compile("[还又也都各]+")
_MORE = re.compile(r"哪一?[个项家](?:投资|指标|数)?的?(?:更|比较|相对)[多少大小高低早晚]")


class Pointing:
    """Knows the words that point back."""

    def __init__(self, lexicon: Lexicon) -> None:
        """Take the words of pointing and the class nouns from ``lexicon``."""
        self._words = lexicon.follow_up
        self._nouns = tuple(noun.key for noun in lexicon.class_nouns if noun.name == "words")
        self._both = re.compile(rf"(?:{words_of(lexicon.conversation, 'both')})的?")
        self._plural = re.compile(words_of(lexicon.conversation, "plural"))
        self._pointing = re.compile(rf"(?:{words_of(lexicon.conversation, 'pointing')})")
        self._facts = tuple(word.key for word in lexicon.document_facts)
        self._anything = tuple(word.key for word in lexicon.conversation if word.name == "anything")

    def resolve(self, turn: Turn, earlier: Earlier) -> str:
        """Return the turn with what it points at in words; empty where it does not point back."""
        of_anything = _by_count(turn, earlier) or self._by_kind(turn, earlier, self._anything)
        return of_anything or self._by_word(turn, earlier) or self._by_kind(turn, earlier)

    def otherwise(self, turn: Turn, earlier: Earlier) -> str:
        """Return what else the turn may mean: what the documents call so (这个示范区), what was asked about (里面)."""
        key = fold(turn.text)
        match = self._pointing.match(key)
        if match is not None and _noun_ends(turn, match.end(), ()) and not key.startswith(self._nouns, match.end()):
            return turn.text[match.end() :]
        word = next((word for word in self._words if word.name == "among" and key.startswith(word.key)), None)
        mentioning = earlier.recalled.mentioning  # of rows found by words, the subject is but a part
        asked = subject(earlier.before) if word is not None and not (earlier.before.rows() or mentioning) else ""
        if word is None or not asked:
            return ""
        rest = turn.text[len(word.key) :]
        return f"{asked}{'里' if _MIDDLE.match(rest) else '中'}{rest}"  # 其中下游 is no 中下游

    def both(self, turn: Turn, earlier: Earlier) -> str:
        """Return a question about the last two things: 两个相差多少."""
        match = self._both.match(turn.text) or _of_two(turn, earlier)
        pair = earlier.pair() if match is not None else None
        if match is None or pair is None:
            return ""
        before = earlier.before
        years = [span.of(before.text) + "年" for _, span in before.question.year_spans()]
        measures = [without_asking(span.of(before.text)) for span in before.attributes if not turn.attributes]
        asked = "".join((*years[-1:], *filter(None, measures[-1:])))
        return f"{pair[0]}和{pair[1]}{asked}{turn.text[match.end() :]}"

    def _by_word(self, turn: Turn, earlier: Earlier) -> str:
        key = fold(turn.text)
        for word in self._words:
            place = key.find(word.key)
            if place < 0 or key[place - 1 : place] == "其" or _has_own_words_before(turn, place):
                continue  # 其他 points at nothing
            behind = place + len(word.key)
            if word.name == "among" and (
                found := mentioning_of_value(turn, earlier) or _mentioning_too(turn, behind, earlier)
            ):
                return found
            said = self._meant(word, turn, behind, earlier)
            if said:
                rest = turn.text[place:] if word.name == "under" else turn.text[behind:]
                joint = ("里" if _MIDDLE.match(rest) else "中") if word.name == "among" else ""
                if joint and turn.has_condition and not (turn.asks or turn.asks_of_rows):
                    rest += "有哪些"
                return turn.text[:place] + said + joint + rest
        return ""

    def _meant(self, word: Word, turn: Turn, behind: int, earlier: Earlier) -> str:
        """Return what the word ``word``, which ends at ``behind``, stands for; empty where there is nothing of it."""
        match word.name:
            case "former" | "latter":
                pair = earlier.pair()
                return pair[word.name == "latter"] if pair is not None else ""
            case "under":
                alone = turn.text.startswith(word.key) and not (turn.values or turn.question.telling)
                return earlier.thing() if alone and earlier.before.about is not None else ""
            case "several" | "pronouns" if _does(turn, behind):
                return earlier.agency() or (earlier.rows() if word.name == "several" else "") or earlier.thing()
            case "several" if _only_counts(turn) and not earlier.before.rows() and (asked := subject(earlier.before)):
                return asked
            case "several" | "among" if earlier.before.is_of_one and (shown := self._shown(word, earlier)):
                return shown
            case "several" if earlier.before.is_of_one and earlier.pair():
                return "和".join(earlier.pair() or ())
            case "several" | "among":
                return earlier.rows() or earlier.thing()
            case _:
                if earlier.document and any(fact in turn.question.key for fact in self._facts):
                    return earlier.document
                noun = next((noun for noun in self._nouns if word.key.endswith(noun)), "")
                return earlier.one_called(noun) if noun or not earlier.is_prose else earlier.work_for(turn)

    def _shown(self, word: Word, earlier: Earlier) -> str:
        """Return the rows shown before one of them was asked about: 这些项目, 上述; 它们 and 其中 mean no such."""
        return earlier.shown() if self._plural.match(word.key) is not None else ""

    def _by_kind(self, turn: Turn, earlier: Earlier, nouns: tuple[str, ...] = ()) -> str:
        """Return the turn with 这个委员会 called by its name and 这项工作 by what was spoken of.

        Without ``nouns`` any noun may follow the word that points.
        """
        key = fold(turn.text)
        for match in self._pointing.finditer(key):
            if _has_own_words_before(turn, match.start()):
                break
            for end in _noun_ends(turn, match.end(), nouns):
                noun = key[match.end() : end]
                named = earlier.phrase_ending(noun)
                if not named and noun in self._anything:
                    named = earlier.subject_for(turn)
                if named:
                    return turn.text[: match.start()] + named + turn.text[end:]
        return ""


def _mentioning_too(turn: Turn, behind: int, earlier: Earlier) -> str:
    """Return the question for those of the rows found by words that mention the turn's words too: 其中工程院的是谁.

    Empty where the rows were found otherwise, or the turn asks for more than which or how many they are.
    """
    others = set(turn.operations) - {"count"} or turn.has_condition or turn.orders or turn.question.years
    asking = [*turn.asks, *operation_spans(turn), *turn.attributes]
    text = "".join("，" if any(s.start <= n < s.end for s in asking) else c for n, c in enumerate(turn.text))
    phrase = _SPEAKING.sub("", _AROUND.sub("", text[behind:]))
    start = turn.text.find(phrase, behind) if phrase else -1
    whole = all(any(w.start <= n < w.end for w in turn.question.words) for n in range(start, start + len(phrase)))
    named = [span.of(turn.text) for span in turn.attributes]
    told = [name for name in named if name not in turn.nouns and _WHICH.search(name) is None]
    if not earlier.recalled.mentioning or others or told or not whole or start < 0:
        return ""
    return mentioning_also(phrase, turn, earlier)


def _of_two(turn: Turn, earlier: Earlier) -> re.Match[str] | None:
    """Return the empty beginning of 哪个更多, asked behind a thing that was named after another."""
    named = earlier.before.named is not None and not earlier.before.rows()
    return re.match("", turn.text) if named and _MORE.fullmatch(turn.text) else None


def _by_count(turn: Turn, earlier: Earlier) -> str:
    """Return the turn with 这四项 called by what the rows are; empty where it counts none that were shown."""
    match = _COUNTED.match(turn.text)
    rows = earlier.shown(parse_chinese_integer(match["count"]) or 0) if match is not None else ""
    return f"{rows}{turn.text[match.end() :]}" if match is not None and rows else ""


def _noun_ends(turn: Turn, start: int, nouns: tuple[str, ...]) -> list[int]:
    """Return where one of ``nouns`` that begins at ``start`` ends, else where words in a row do, the longest first."""
    if nouns:
        return [start + len(noun) for noun in nouns if turn.question.key.startswith(noun, start)]
    ends, edge = [], start
    nouns_of_class = [m.span for m in turn.question.mentions if m.kind is MentionKind.CLASS_NOUN]
    for span in sorted((*turn.question.words, *nouns_of_class)):
        if span.start == edge:
            edge = span.end
            ends.append(edge)
    return ends[::-1]


def _has_own_words_before(turn: Turn, place: int) -> bool:
    """Return whether words of its own stand before the pointing word, of which it may then speak."""
    return any(span.start < place for span in turn.question.telling)


def _only_counts(turn: Turn) -> bool:
    """Return whether only the number of things is asked: 他们一共几个人 counts them, and names none of them."""
    return (
        "count" in turn.operations
        and set(turn.operations) <= {"count", "sum"}
        and not (turn.question.telling or turn.values or turn.has_condition)
    )


def _does(turn: Turn, place: int) -> bool:
    """Return whether what the pronoun does follows it: 它牵头哪个工程, not 它由谁牵头."""
    doing = [m.span for m in turn.question.mentions if m.name in AGENCY_ATTRIBUTES]
    asked = [span for span in (*turn.asks, *operation_spans(turn)) if span.start >= place]
    also = _ALSO.match(turn.text, place)
    return any(span.start in (place, also.end() if also else place) for span in doing) and bool(asked)
