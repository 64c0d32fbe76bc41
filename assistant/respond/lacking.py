"""A question and what the passage first chosen lacks in, what a sentence must have that is read in its stead out.

Example: 零碳园区在哪里建, answered by a sentence on 低碳园区 → sentences that hold “零碳”.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.respond.expected import IN_CHARGE, asked_of_kind, listed_noun, missing_of_kind
from assistant.respond.listed import names_several
from assistant.understand.question import Question
from assistant.understand.support import Support, total_length
from corpus.models import Span

_DATED = re.compile(r"\d{4}年|\d月|\d日|\d个?(?:工作日|小时|分钟|天)")
_ASKS = {
    _DATED: re.compile(r"什么时候|何时|哪[年天月]|多久|多长时间|几[天日号]"),
    IN_CHARGE: re.compile(r"谁|哪[^，。]{0,3}[局门位家构]"),
}
"""What asks for a date, and for who is in charge."""
_WHAT_IS = re.compile(r"(?:分别)?(?:是|为|有)(?:什么|啥|哪|多少|几|谁)")
_SPECIFIC = 3
Fits = Callable[[str], bool]


def lacking(
    question: Question,
    said: str | None,
    left: Sequence[Span],
    support: Support,
    same: Callable[[str], tuple[str, ...]],
    is_called: Fits,
) -> Iterator[tuple[Fits, bool]]:
    """Yield what the folded text of a sentence must have, in the order tried, and whether it must leave nothing.

    ``said`` is what was chosen, None for nothing; ``left`` what the nearest passage leaves of the question.
    ``is_called`` tells whether the documents hold a name. Words that the question shares with a sentence count for
    less than three districts where three are asked, the names of reserves where it asks which reserves, and the very
    words that are left.
    """
    key = question.key
    noun = listed_noun(key)
    of_kind = asked_of_kind(key)
    if of_kind and (said is None or any(one.overlaps(span) for one in of_kind for span in left)):
        yield (lambda sentence: not any(missing_of_kind(key, sentence, same))), False
    elif said is not None and noun and not names_several(noun, said):
        yield (lambda sentence: names_several(noun, sentence)), False
    what = asked_what_is(question)
    if said is not None and what and not says_of(what, said):
        yield (lambda sentence: says_of(what, sentence)), True
    forms = [form for form in (_DATED, IN_CHARGE) if any(_ASKS[form].search(span.of(key)) for span in left)]
    if said is None and forms:
        yield (lambda sentence: all(form.search(sentence) for form in forms)), False
    words = _left_words(question, left)
    # Nothing is read into an answer of one word alone; and only what the documents call so is another thing.
    named = said is not None and names_another(question, left, is_called)
    if words and (named or (said is None and not of_kind and (len(words) > 1 or total_length(words) >= _SPECIFIC))):
        yield (lambda sentence: all(support.holds(key, span, sentence) for span in words)), True


def asked_what_is(question: Question) -> str:
    """Return the noun that is asked what it is: 主题 of 主题是什么; empty for none."""
    match = _WHAT_IS.search(question.key)
    nouns = (span for span in question.telling if match is not None and span.end == match.start())
    return next((span.of(question.key) for span in nouns), "")


def says_of(noun: str, said: str) -> bool:
    """Return whether ``noun`` stands in ``said`` by itself, not before another noun: 以绿色为主题, no 主题日活动."""
    return re.search(rf"{re.escape(noun)}(?:[为是即：]|包括|(?![\u3400-\u9fff]))", said) is not None


def names_another(question: Question, left: Sequence[Span], is_called: Fits) -> bool:
    """Return whether all words that are left name, with the next word each, what the documents call so: 零碳园区."""
    words = _left_words(question, left)
    return bool(words) and all(is_called(_with_next(question.key, word, question.words)) for word in words)


def _left_words(question: Question, left: Sequence[Span]) -> list[Span]:
    return sorted(word for word in question.telling if any(word.overlaps(span) for span in left))


def _with_next(key: str, word: Span, words: Sequence[Span]) -> str:
    """Return a word with the word that it stands right before: 零碳 of 零碳示范园区; nothing where none follows."""
    behind = next((other for other in words if other.start == word.end), None)
    return key[word.start : behind.end] if behind is not None else "\0"
