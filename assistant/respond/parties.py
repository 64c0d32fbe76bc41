"""A question and the passages that should answer it in, whether these are about another party or place out.

Example: 供热单位擅自停热罚多少 is not answered by “用热户违反本条例…处…罚款”, nor 全旗GDP多少 by “全市地区生产总值…”.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.understand.own_place import place_given
from assistant.understand.question import Question
from corpus.folding import fold
from corpus.models import Span

if TYPE_CHECKING:
    from assistant.respond.passage import Passage

_BODY, _PERSON = ("单位", "企业", "公司", "机构"), ("用户", "户", "业主", "个人", "申请人", "承包人")
_NOUN = f"(?:{'|'.join((*_BODY, *_PERSON))})"
_ASKED = re.compile(rf"^(?P<party>[\u3400-\u9fff]{{0,6}}?{_NOUN})(?=擅自|违反|未|不|拒|逾期|有|违规|违法|如果|要是|应)")
_LONG = 16
_MAY = re.compile(
    r"(?P<party>[\u3400-\u9fff]{2,8}?)(?:[还也都]|是不是|是否)?(?:可不可以|能不能|可以|能否|能够?|需不需要|要不要|需要|应当|必须)"
)
_ANYBODY = re.compile("企业|公司|单位|机构|个人|居民|村民|市民|群众|老百姓|用户|人员|大家|我们?|外地人?")
"""Whom a rule binds or serves without saying so."""
_WHETHER = re.compile(r"[吗么][？?。]*$|可不可以|能不能|能否|是否|是不是|需不需要|要不要")
_BOUND = re.compile(
    rf"(?:^|[。\n])(?:第[^\s　条]{{1,8}}条[\s　]*)?(?P<party>[\u3400-\u9fff]{{0,6}}?{_NOUN})"
    "(?=违反|应当|不得|未|有下列|擅自|拒不)"
)
_WHOLE = re.compile(r"[全我本](?P<rank>[省市旗县区州盟镇乡])(?![\u3400-\u9fff]?[级直])")
_BEGINS_NO_PLACE = "[全我本各今去年月]|推进|实施|建设|完成|新[建增]|改造|支持|提高|加强|打造"
_SUBJECT = re.compile(
    r"[\s　]*(?:[（(]?[一二三四五六七八九十\d]+[)）、.．])?(?P<place>[全我本][省市旗县区州盟镇乡]"
    rf"|(?:(?!{_BEGINS_NO_PLACE})[\u3400-\u9fff]){{2,6}}?(?:自治区|(?<!城)[镇乡旗县]|苏木|街道|园区|开发区))"
    r"(?![级直长域内村镇县区委政人])"
)
"""Begins a sentence on a place: 全市…, 某镇…; 提高乡镇… and 全年新增城镇… begin with none."""


def binds_another(question: Question, passage: Passage) -> bool:
    """Return whether a clause begins with a party that the question does not name, and lacks the one asked about."""
    asked = _ASKED.match(question.key)
    if asked is None or asked["party"] in passage.clause:
        return False
    bound = _BOUND.search(passage.clause)
    if bound is None or bound["party"] in question.key:
        return False
    return _are_apart(asked["party"], bound["party"])


def is_of_another_place(question: Question, passage: Passage) -> bool:
    """Return whether a question after a place as a whole is told a sentence that begins with another place."""
    document = passage.evidence.document
    own = place_given(document)
    wholes = {match.group() for match in _WHOLE.finditer(question.key)}
    if not passage.direct or not (wholes or any(name in question.key for name in own)):
        return False
    at = passage.direct[0].start
    starts = (
        max(document.text.rfind(mark, 0, at) for mark in marks) + 1 for marks in ("，,；;。\n", "；;。\n")
    )  # 全市…，全旗…: what the part itself begins with is its place
    subjects = (_SUBJECT.match(fold(document.text[start : start + _LONG])) for start in starts)
    subject = next((match["place"] for match in subjects if match is not None), "")
    if not subject or subject in question.key or subject in own:
        return False
    return subject[-1] not in {whole[-1] for whole in wholes} or subject[0] not in "全我本"


def leaves_party(question: Question, left: Sequence[Span]) -> bool:
    """Return whether who may do or get something (公务员可以申请…吗) is what is left of the question."""
    match = _MAY.match(question.key)
    if match is None or _WHETHER.search(question.key) is None:
        return False
    party = Span(*match.span("party"))
    if _ANYBODY.fullmatch(match["party"]):
        return False
    return any(span.overlaps(party) for span in left)


def _are_apart(one: str, other: str) -> bool:
    """Return whether none can be both: a body and a person, or 供热单位 and 用热单位; 企业 may be a 生产经营单位."""
    kinds = [tuple(noun for noun in nouns if one.endswith(noun)) for nouns in (_BODY, _PERSON)]
    others = [tuple(noun for noun in nouns if other.endswith(noun)) for nouns in (_BODY, _PERSON)]
    same = set(kinds[0] + kinds[1]) & set(others[0] + others[1])
    if not same:
        return bool(kinds[0]) != bool(others[0])
    return one not in same and other not in same and one not in other and other not in one
