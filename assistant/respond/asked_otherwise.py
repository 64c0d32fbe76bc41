"""A question that nothing answers as it stands in, the answer to the same question put otherwise out.

Example: 甲到2024年要达到多少个 → 到2024年甲要达到多少个, as documents say it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from assistant.models import Answer, AnswerKind
from assistant.respond.by_content import ByContent
from assistant.respond.listed import lists
from assistant.respond.parts import STATES_FACTS, words_told
from assistant.understand.spoken import in_plain_words
from assistant.understand.this_year import naming_years
from assistant.understand.understanding import Understanding
from assistant.understand.understood import Understood
from corpus.folding import fold
from corpus.models import Span
from corpus.numerals import parse_chinese_integer

_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d年")
_BY_YEAR = re.compile(r"(?:到|截至|至)20\d\d年(?:底|末)?")
_WHICH_NOT = re.compile(
    r"(?:不包括|不包含|不含|[没未]有?(?:覆盖|涵盖|包括|安排)到?)(?:的是)?哪(?:一?[个些]|几个)(?:旗区|旗县|区县|区|旗|县|地方)[？?。]*$"
)
_EXCEPT = re.compile(r"除(?P<left>[^，。；;外]{2,20}?)(?:以|之)?外")
_COUNTED_MEANT = re.compile(
    r"(?P<count>[二两三四五六七八九十])大(?P<noun>[\u4e00-\u9fff]{2,6}?)[”’]?(?P<meant>(?:是|都|分别|具体|到底|究竟)*指的?是?(?:什么|啥|哪些))[？?。]*$"
)
_IN_FULL = re.compile(r"的?(?:全称|全名|完整名称)(?P<each>各|分别)(?:是|叫做?)(?:什么|啥)(?=[？?。]*$)")
_IN_WORDS = re.compile(
    r"[，,]?是?用(?:了|的是)?哪(?P<count>[二两三四五六七八九十]|\d+)个(?:词语?|字眼)来?(?:形容|描述|概括|表述)的?[^，,。；;？?]{0,12}(?=[？?。]*$)"
)
_POINTED_OUT = re.compile(r"点名(?:了|提到|列出)?(?:的)?(?:是)?(?=哪)")
_IN_CHARGE = re.compile(r"(?<=组)的?一把手(?:是)?(?:由)?谁(?:来)?(?:担任|当)?(?=[？?。]*$)")
_PART_OF = re.compile("(?<=思路|目标|原则|措施|背景|形势|要求)部分[里中]?(?:的)?")
_COUNTED_IN = re.compile(r"的?(?:都|也|才)?算在内(?=[，,。？?]|$)")
_ABOVE = re.compile("上位(?=文件|规划|法)")
_ROLE = re.compile("什么是(?P<as>核心|关键|重点|基础|支撑|抓手|载体|主线|前提|动力)(?=[，,。？?]|$)")
_PER = re.compile("平均每一?(?=[十百千万]+[人户名口])")
_MEANS = re.compile(r"具体是?(?:指|说)的?是?(?=哪)")
_PAIR = 2
_COMPARED = re.compile(
    r"(?P<first>[\u3400-\u9fff0-9]{2,}?)(?P<noun>[\u3400-\u9fff]{2})(?P<joint>(?:大约|约)?是|比|相当于|和|与|跟)"
    r"(?P<second>[\u3400-\u9fff]{2,10}?)(?P<asked>的?(?:几倍|多少倍)|(?:相差|差|[高低多少])(?:了|出)?多少)"
)
_AT_MOST = re.compile("最多(?=[能可]?以?(?:补|给|发|奖|报|领|拿|贷))")
_WHY_NOT = re.compile(r"为(?:什么|何|啥)(?:没有?|未能?)(?P<done>(?!有)[\u3400-\u9fff]{2,8})(?=[？?。]*$)")
_ASKED_PLAINLY = (
    (_WHY_NOT, r"未\g<done>的原因是什么"),
    (_AT_MOST, "最高"),
    (_ROLE, r"以什么为\g<as>"),
    (_COUNTED_IN, ""),
    (_ABOVE, ""),
    (_PART_OF, ""),
    (_IN_FULL, r"\g<each>是什么"),
    (_POINTED_OUT, "有"),
    (_IN_CHARGE, "组长由谁担任"),
    (_PER, "每"),
    (_MEANS, "是"),
)
"""What is asked in other words than a sentence that answers it is written in."""
_QUOTED = re.compile(r"“([^“”]+)”")
_WHO_IS_IT = re.compile(
    r"的?那一?(?:位(?P<who>(?:专家|领导|同志|委员|顾问)?)|个(?P<one>专家|领导|同志|委员|顾问))(?:叫|是)(?:什么|啥)(?:名字?)?(?=[，,。？?]*$)"
)
_OF_ROW, _OF_PERSON = re.compile(r"第\d+行"), re.compile(r"“[\u3400-\u9fff·]{2,4}”：")
"""A row by its place, and what begins with the name of one that names a person."""


class AskedOtherwise:
    """Asks again in the ways that documents are written in, from the one nearest to the question on.

    Of the year that 今年 is, with the year first, of what is asked in other words, of things or words by their number,
    of who somebody is, in plainer words, of the row that the text calls otherwise, of the place that a row leaves out,
    and of the row whose cells say it.
    """

    def __init__(
        self,
        understanding: Understanding,
        ask: Callable[[Understood, str], Answer],
        row_called: Callable[[Understood], tuple[Span, str] | None],
        ask_in_parts: Callable[[Understood, str], Answer],
    ) -> None:
        """Take what answers a text, put to the documents that a question is put to, as a whole and part by part.

        ``row_called`` gives the stretch of a question that calls a row as the text does, and the row's own name.
        """
        self._ask, self._understanding, self._row_called = ask, understanding, row_called
        self._ask_in_parts = ask_in_parts
        self._by_content = ByContent(understanding.support, understanding.attributes)

    def answer(self, understood: Understood) -> Answer | None:
        """Return the first answer that one of these has; None where none does."""
        put_otherwise = (_with_year_first, _asking_plainly)
        ways: tuple[Callable[[], Answer | None], ...] = (
            lambda: self._of_this_year(understood),
            lambda: self._of_both_sides(understood),
            *(partial(self._passage, understood, put) for put in put_otherwise),
            lambda: self._which_things(understood),
            lambda: self._which_words(understood),
            lambda: self._who_is_called(understood),
            lambda: self._in_plain_words(understood),
            lambda: self._of_row_called(understood),
            lambda: self._left_out(understood),
            lambda: self._by_content.answer(understood, lambda text: self._ask(understood, text)),
        )
        return next(filter(None, (way() for way in ways)), None)

    def rather_of_this_year(self, understood: Understood, whole: Answer) -> Answer | None:
        """Return what is told of the year that 今年 is, where a sentence of another year was told as ``whole``."""
        if whole.kind is not AnswerKind.PASSAGE:
            return None
        _, years = naming_years(understood.standalone, understood.documents)
        said = "\n".join("\n".join((*one.section, one.quote)) for one in whole.citations)
        of_others = years and _YEARS.search(said) and not any(year in said for year in years)
        return self._of_this_year(understood) if of_others else None

    def _of_this_year(self, understood: Understood) -> Answer | None:
        """Return what is told of the year that 今年 is in documents of one year, and say which was taken for it."""
        text, years = naming_years(understood.standalone, understood.documents)
        answer = self._ask_in_parts(understood, text) if text != understood.standalone else None
        if answer is None or answer.kind not in STATES_FACTS:
            return None
        said = f"按{'、'.join(f'“{year}”' for year in years)}理解。"
        return replace(answer, question=understood.asked, answer=f"{answer.answer}\n\n{said}")

    def _of_both_sides(self, understood: Understood) -> Answer | None:
        """Return two figures compared where the noun of both stands at the first alone: 城镇居民收入是农民的几倍."""
        text = _COMPARED.sub(r"\g<first>\g<noun>\g<joint>\g<second>\g<noun>\g<asked>", understood.standalone)
        answer = self._ask(understood, text) if text != understood.standalone else None
        if answer is None or answer.kind is not AnswerKind.LOOKUP or answer.missing or len(answer.citations) < _PAIR:
            return None
        return replace(answer, question=understood.asked)

    def _which_things(self, understood: Understood) -> Answer | None:
        """Return the sentence that lists as many things as are asked what they mean: 两大瓶颈问题指什么."""
        match = _COUNTED_MEANT.search(understood.standalone)
        if match is None:
            return None
        answer = self._passage(understood, lambda text: text[: match.start("meant")] + "是什么")
        wanted = parse_chinese_integer(match["count"]) or 0
        lists_all = answer is not None and lists(fold(words_told(answer)), wanted, match["noun"])
        return answer if lists_all else None

    def _which_words(self, understood: Understood) -> Answer | None:
        """Return the sentence that says in quotation marks just so many words as are asked for: 用哪四个词形容."""
        match = _IN_WORDS.search(understood.standalone)
        if match is None:
            return None
        answer = self._passage(understood, lambda text: text[: match.start()] + "是怎样的")
        said = _QUOTED.findall(words_told(answer)) if answer is not None else []
        wanted = parse_chinese_integer(match["count"]) or 0
        return answer if any(one.count("、") + 1 == wanted for one in said) else None

    def _who_is_called(self, understood: Understood) -> Answer | None:
        """Return the row of the person of whom something is said (…的那位叫什么): it names him, a sentence may not."""
        match = _WHO_IS_IT.search(understood.standalone)
        if match is None:
            return None
        who = match["who"] or match["one"] or ""
        answer = self._passage(understood, lambda text: f"{text[: match.start()]}的{who}是谁")
        of_row = answer is not None and all(_OF_ROW.search(one.locator) for one in answer.citations)
        return answer if of_row and answer is not None and _OF_PERSON.match(answer.answer) else None

    def _in_plain_words(self, understood: Understood) -> Answer | None:
        """Return the cells or figures that answer the question in plainer words; sentences need its own words."""
        names = [mention.span for mention in self._understanding.values_in(understood.question)]
        plain = in_plain_words(understood.standalone, names)
        answer = self._ask(understood, plain) if plain != understood.standalone else None
        if answer is None or answer.kind is not AnswerKind.LOOKUP or answer.missing:
            return None
        return replace(answer, question=understood.asked)

    def _of_row_called(self, understood: Understood) -> Answer | None:
        """Return what the row states that the question calls as the text does: 研发投入强度由谁负责."""
        found, text = self._row_called(understood), understood.standalone
        if found is None or found[1] in text:
            return None
        answer = self._ask(understood, text[: found[0].start] + found[1] + text[found[0].end :])
        if answer.kind is not AnswerKind.LOOKUP or answer.missing:
            return None
        said = f"按“{found[1]}”理解。"
        return replace(answer, question=understood.asked, answer=f"{answer.answer}\n\n{said}")

    def _left_out(self, understood: Understood) -> Answer | None:
        """Return the place that a row leaves out, where its cell says so: 不包括哪个区, of 除甲区外的8个区."""
        match = _WHICH_NOT.search(understood.standalone)
        answer = self._ask(understood, f"{understood.standalone[: match.start()]}在哪里") if match else None
        if answer is None or answer.kind is not AnswerKind.LOOKUP or len(answer.citations) != 1:
            return None
        out = _EXCEPT.search(answer.citations[0].quote)
        if out is None:
            return None
        return replace(answer, question=understood.asked, answer=f"没有包括{out['left']}。[1]\n\n{answer.answer}")

    def _passage(self, understood: Understood, put: Callable[[str], str]) -> Answer | None:
        text = put(understood.standalone)
        answer = self._ask(understood, text) if text else None
        if answer is None or answer.kind is not AnswerKind.PASSAGE:
            return None
        return replace(answer, question=understood.asked)


def _with_year_first(text: str) -> str:
    """Return ``text`` with the year that something is due by at its beginning; empty where it is there or none is."""
    match = _BY_YEAR.search(text)
    return match.group() + text[: match.start()] + text[match.end() :] if match is not None and match.start() else ""


def _asking_plainly(text: str) -> str:
    """Return ``text`` asked in the words that a sentence is written in; empty where it asks in no others."""
    plain = text
    for pattern, meant in _ASKED_PLAINLY:
        plain = pattern.sub(meant, plain)
    return plain if plain != text else ""
