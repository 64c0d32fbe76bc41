"""A follow-up that asks of what was spoken of and the questions before it in, the question with its subject out.

Example: 总投资多少, after 水利局牵头的项目有几个 → 水利局牵头的项目的总投资多少. What does not fit gives an empty text.
"""

from __future__ import annotations

import re

from assistant.understand.attributes import GROUP
from assistant.understand.earlier import Earlier
from assistant.understand.exchange import COMPARED, kept_measure, operation_spans
from assistant.understand.lexicon import Ask
from assistant.understand.question import MentionKind
from assistant.understand.topic import subject, without_asking
from assistant.understand.turn import Turn
from corpus.folding import fold

_SET_AGAINST = re.compile(r"[^，,。；;？?]{2,24}?相?比(?:起来|较)?[，,](?=.*[多少高低大小长短])")
"""和 before what is set against (和甲项目比，少多少) may have been taken for a joining word and left out."""
_CHANGED = re.compile(
    r"(?:一共|总共)?(?:提高|降低|增加|减少|上升|下降|增长|提升|缩短|延长|变化|[高低多少])(?:了|出)?(?:多少|几)"
)
_CLAUSE_ENDS = re.compile("[，,。；;？?]")
_PAIR = _FEW_TELLING = 2
_WHICH = re.compile(r"[谁哪几]")
_WHY_CHANGED = re.compile("(?:为什么|为啥|为何)(?:会|要|又)?(?:调整|变更|变化|增加|减少|提高|降低|推迟|取消)(?:了|呢)*")
_ALTOGETHER = re.compile(r"(?:一共|总共|合计|总计|加起来|全部|共)(?!投)")
_EACH = re.compile(r"(?<!平均)(?:每一?[个家项]|各个?(?=[单部重牵]))")


def ask_share(turn: Turn, earlier: Earlier) -> str:
    """Rule 9 for a share of other rows: 占工信局项目总投资的百分之几."""
    subject = earlier.thing() if turn.values and turn.text.startswith("占") else ""
    return f"{subject}{turn.text}" if subject else ""


def ask_of_group(turn: Turn, earlier: Earlier) -> str:
    """Rule 9 for the rows of a group just named: 有哪些项目."""
    before = earlier.before
    about = before.about
    asks = turn.asks or turn.asks_of_rows or _WHICH.search(turn.text)  # 包括哪些 may be read as one attribute
    begins = turn.text.startswith(("有", "包括", "包含", "对应", "涉及", "列")) and asks
    if about is None or not begins or turn.has_condition or not any(m.span == about for m in before.values):
        return ""
    return f"{about.of(before.text)}{turn.text}"


def ask_of_same_rows(turn: Turn, earlier: Earlier) -> str:
    """Rule 9 for another computation over the same rows: 不对，我是问平均每个项目投资多少."""
    rows, noun = earlier.before.rows(), turn.noun
    if not turn.is_corrected or noun is None or turn.has_condition or not rows.endswith(noun.of(turn.text)):
        return ""
    return turn.text[: noun.start] + rows + turn.text[noun.end :]


def ask_compared(turn: Turn, earlier: Earlier) -> str:
    """Rule 8; against another year the year that was asked about stays: 比2020年高吗 after 2024年是多少."""
    before = earlier.before
    joint = "" if COMPARED.match(turn.text) else "和" if _SET_AGAINST.match(turn.text) else None
    named = before.named.of(before.text) if before.named is not None else earlier.only_row()
    if joint is None or not named:
        return ""
    asked = without_asking(before.attributes[0].of(before.text)) if before.attributes else ""
    asked = asked if len(asked) > 1 else ""  # 在 of 在哪 is nothing that is compared
    years = before.question.years if turn.question.years and len(before.question.years) == 1 else ()
    return "".join((named, *(f"{year}年" for year in years), asked, joint, turn.text))


def ask_change(turn: Turn, earlier: Earlier) -> str:
    """Rule 8 for what changed between the years of the last two questions on one thing: 提高了几个百分点."""
    if turn.question.years or turn.values or _CHANGED.match(turn.text) is None or len(earlier.last_two) < _PAIR:
        return ""
    names = {one.named.of(one.text) if one.named is not None else "" for one in earlier.last_two}
    years = [year for one in earlier.last_two for year in one.question.years]
    if len(names) != 1 or "" in names or len(years) != _PAIR or len(set(years)) != _PAIR:
        return ""
    return f"{names.pop()}{max(years)}年比{min(years)}年{turn.text}"


def ask_which(turn: Turn, earlier: Earlier) -> str:
    """Rule 8 for a count for each."""
    before = earlier.before
    match = _EACH.search(before.text)
    operations = operation_spans(turn)
    if match is None or not turn.is_order or turn.attributes or not operations:
        return ""
    left = before.text[: match.start()] + "\0" * (match.end() - match.start()) + before.text[match.end() :]
    for span in before.asks:
        left = left[: span.start] + "\1" * (span.end - span.start) + left[span.end :]
    stem = re.sub("\0+", "哪个", re.sub("\1+", "", left)).rstrip("是有的")
    return f"{stem}{operations[0].of(turn.text)}"


def narrow(turn: Turn, earlier: Earlier) -> str:
    """Rule 7."""
    before = earlier.before
    rows = earlier.every or before.rows() or ("" if before.noun is None or before.plan else before.noun.of(before.text))
    if not turn.has_condition or not rows:
        return ""
    if turn.asks or turn.asks_of_rows:
        if mentioning := mentioning_of_value(turn, earlier):
            return mentioning
        rows = earlier.rows() if earlier.recalled.mentioning else rows
        return f"{rows}中{turn.text}"
    if earlier.every:
        return f"{rows}中{turn.text}{'' if turn.text.endswith('的') else '的'}有哪些"
    assert before.noun is not None
    modifier = turn.text if turn.text.endswith("的") else f"{turn.text}的"
    return before.text[: before.noun.start] + modifier + before.text[before.noun.start :]


def any_of(nouns: str) -> re.Pattern[str]:
    """Return the pattern of whether there are such rows; ``nouns`` are the alternatives of what rows are called."""
    own = "|".join(filter(None, (nouns, "人")))
    return re.compile(
        r"(?:这?里面?|当中|其中)?[还也]?(?:有没有|有无|有(?![效色机限偿关什些没]))"
        rf"(?P<which>(?!其他|其它|别的|[更最不没未]|什么|问题)[^，,。；;？?]{{2,16}}的)(?:{own})?"
    )


def among_rows(turn: Turn, earlier: Earlier, whether: re.Pattern[str]) -> str:
    """Rule 7 for whether such are among the rows just shown: 有没有北京大学的, as 其中北京大学的有哪些."""
    match = whether.fullmatch(turn.text) if turn.asks_whether else None
    shown = earlier.recalled.mentioning or len(earlier.recalled.rows) > 1
    return f"其中{match['which']}有哪些" if match is not None and shown and not earlier.is_prose else ""


def mentioning_of_value(turn: Turn, earlier: Earlier) -> str:
    """Return the question for those of the rows found by words that have the turn's one value: 其中能源局牵头的.

    Empty where the rows were found otherwise, or the turn asks for more than which or how many they are.
    """
    others = set(turn.operations) - {"count"} or turn.bounds or turn.orders or turn.question.years
    if not earlier.recalled.mentioning or others or len(turn.values) != 1 or not (turn.asks or turn.asks_of_rows):
        return ""
    value = turn.values[0].span
    named = [span for span in turn.attributes if span.of(turn.text) not in turn.nouns and span.start != value.end]
    if any(not _WHICH.search(span.of(turn.text)) for span in named):
        return ""
    return mentioning_also(value.of(turn.text), turn, earlier)


def mentioning_also(phrase: str, turn: Turn, earlier: Earlier) -> str:
    """Return the question which or how many of the rows found by words mention ``phrase`` too."""
    words, _, noun = earlier.recalled.mentioning.rpartition("的")
    counts = Ask.HOW_MANY in turn.question.asks or "count" in turn.operations
    return f"{words}、“{phrase}”的{noun}{'有几个' if counts else '有哪些'}"


def _rows_before(earlier: Earlier) -> str:
    """Return the rows, or their noun, of the last question that puts rows in order; empty where none does."""
    order = earlier.last_order
    if not order.is_order:
        return ""
    return order.rows() or (order.noun.of(order.text) if order.noun is not None else "")


def _counts_groups(turn: Turn, earlier: Earlier) -> bool:
    """Return whether groups of rows are counted, which no sentence has: 重点工程一共多少项, after 基本原则有哪几条."""
    of_groups = any(name.startswith(GROUP) for name in turn.question.named(MentionKind.ATTRIBUTE))
    return of_groups and turn.asks_of_rows and earlier.is_prose and earlier.before.about is None


def ask_of_sentence(turn: Turn, earlier: Earlier) -> str:
    """Rule 9 for what the sentence that answered says besides: 在校生多少, behind 普通高中有几所 → 普通高中在校生…."""
    said, about = earlier.recalled.said, subject(earlier.before)
    end = next((match.start() for match in _CLAUSE_ENDS.finditer(turn.text)), len(turn.text))
    own = sorted(word for word in turn.question.telling if word.end <= end)
    words = [span.of(turn.question.key) for span in own]
    few = 0 < len(words) <= _FEW_TELLING and turn.named is None and not (turn.values or turn.has_condition)
    if not said or not about or not few or not turn.asks or turn.question.years:
        return ""
    anew = own[0].start < turn.asks[0].start and fold(about) not in turn.question.key
    stated = all(word in said for word in (*words, *_words_of(about, earlier)))
    return f"{about}{turn.text}" if anew and stated else ""


def _words_of(about: str, earlier: Earlier) -> list[str]:
    """Return the words of what the question before was about, folded."""
    start = earlier.before.text.find(about)
    question = earlier.before.question
    inside = (span for span in question.telling if start <= span.start and span.end <= start + len(about))
    return [span.of(question.key) for span in inside]


def asks_why_alone(turn: Turn) -> bool:
    """Return whether a turn asks why of what was said before: 为什么这么多, 为啥调整."""
    bare = _WHY_CHANGED.fullmatch(turn.text) is not None or not (turn.question.telling or turn.attributes)
    return turn.question.asks == {Ask.WHY} and bare


def ask(turn: Turn, earlier: Earlier) -> str:
    """Rule 9."""
    before = earlier.before
    if not turn.asks_something or turn.values or _counts_groups(turn, earlier):
        return ""
    of_rows = turn.asks_of_rows or (bool(turn.asks) and not turn.attributes and not turn.question.years)
    subject = (earlier.rows() if of_rows else "") or earlier.subject_for(turn)
    if turn.is_order and before.is_order and not before.rows() and before.named is None:
        subject = before.noun.of(before.text) if before.noun is not None else subject
    if before.named is not None and (turn.is_order or _ALTOGETHER.match(turn.text)) and not before.rows():
        # Of one thing nothing is the least or the sum: it is asked of the rows that were spoken of before.
        subject = _rows_before(earlier)
        if not subject:
            return f"{kept_measure(turn, before)}{turn.text}" if turn.is_order and not turn.attributes else turn.text
    if not subject:
        return ""
    joint = "中" if turn.is_order else "的" if turn.starts_with_noun else ""
    return f"{subject}{joint}{kept_measure(turn, before)}{turn.text}"
