"""A question in, the same with the figures of tables called by their headers out.

Example: 哪家机构床位最多, of a table with 床位数 → 哪家机构床位数最多; 有多少张床位 → 床位数多少.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.understand.counted import count_of
from assistant.understand.namings import Named
from corpus.columns import year_of_header
from corpus.folding import fold
from corpus.models import Column, ColumnKind, Table
from corpus.units import UNIT

_COMPUTED = (
    r"(?=最[多少大小高低]|合计|小计|一共|总共|共(?:有|计)|平均|超过|不足|不到|多于|少于|低于|高于|达到|在?\d|比|占|排"
    r"|[从由][多高大]|(?:分别|各)?[是有为]?(?:多少|几))"
)
_YEARLY = re.compile(r"(?:年度|当年|本年度?|今年)(?:计划|安排)?(?:资金|投资|经费)")
_PAID = re.compile(r"(?:财政|补助|配套|补贴)$")
_ARRANGED = re.compile(
    r"(?P<year>今年|本年度?|当年|(?:19|20)\d\d年)(?:度)?(?:要|将|计划)*(?:安排|投入|下达|拨付?)了?"
    r"(?:多少|几)(?:资金|钱|投资|经费|万元|亿元)"
)
_AGE = re.compile(r"年龄(?!补)")
_AGED = re.compile(r"(?:年龄)?(?:要求|限制?|必须)?(?:在|是|为)?(?=\d+周?岁(?:及)?以[上下])")
_PHONE = re.compile(r"联系人的?电话(?:号码)?|(?<![人员长任督报诉班真急线务询])电话(?:号码)?|联系方式")
"""Asks for the number of whoever is the contact, and for none of anything else: 监督电话, 负责人电话, 传真电话."""
_WHOM = re.compile(
    r"(?:应该|应当|应|该|要)?(?:找|联系|咨询)(?:谁|哪一?[个位](?:同志|人|老师)?)(?:联系|咨询)?|[和跟与]谁联系"
)
_BODY = re.compile(
    "(?P<does>审核|审批|受理|验收|考核|监管|监督|评审|管理|复核|初审|批准|发放|办理|经办|核定|备案)(?:部门|单位|机构|科室|主体)"
)
_TARGET_OF = re.compile(r"的?目标值?(?=(?:是|相当于)(?:19|20)\d\d年的?(?:几|多少)倍)")
_WHICH_BODY = (
    r"的?(?:应该?|应当|该|要)?(?:由|归|是|找)?"
    r"(?:谁|(?:哪一?[个家]|哪些|哪几[个家]|什么)(?:部门|单位|机构|科室|局|委办局))(?:来|负责)?"
)
_CONTACT, _CALLED = "联系人", "联系电话"
_VERB = 2
_PEOPLE = r"(?:人员|人|学生|新生|员工|孩子)"
_TOTAL = r"(?:总数量?|总量|总计)"


class HeaderNames:
    """Knows what the figures of tables count, and the headers of their columns."""

    def __init__(self, tables: Sequence[Table], nouns: Iterable[str]) -> None:
        """Take the folded ``nouns`` for rows: 项目数 is no other name of 项目."""
        headers = (c.name for table in tables for c in table.columns if c.kind is ColumnKind.NUMBER)
        known = set(nouns)
        self._headers = {of: header for header in headers if (of := count_of(fold(header))) and of not in known}
        figures = tuple(dict.fromkeys(map(fold, _figures(tables))))
        columns = (c for table in tables for c in table.columns if c.kind is ColumnKind.NUMBER)
        self._ages = tuple(name for name in figures if _AGE.match(name))
        self._yearly = tuple(name for name in figures if _YEARLY.fullmatch(name))
        self._money = tuple(name for name in figures if _PAID.search(name))
        people = dict.fromkeys(fold(c.name) for c in columns if _is_of_people(c))
        alike = [name for name in people if any(name[:_VERB] in other for other in figures if other != name)]
        texts = dict.fromkeys(
            fold(c.name) for table in tables for c in table.columns if c.kind is not ColumnKind.NUMBER
        )
        years = [{year for c in table.columns if (year := year_of_header(fold(c.name)))} for table in tables]
        lasts = {max(one) for one in years if len(one) > 1}
        self._last = lasts.pop() if len(lasts) == 1 else ""
        bodies = ((name, match) for name in texts if (match := _BODY.fullmatch(name)) is not None)
        self._bodies = {name: match["does"] for name, match in bodies}
        self._phones = tuple(name for name in texts if name.endswith("电话") and len(name) > _VERB)
        self._phone = _CALLED if _CALLED in texts else self._phones[0] if len(self._phones) == 1 else ""
        self._has_contact = _CONTACT in texts
        self._people = {name: name[:_VERB] for name in people if name not in alike}  # 招生计划 beside 实际招生人数

    def in_full(self, named: Named) -> Named:
        """Return the question with each thing that a column counts called as it is headed, where that is asked."""
        text, meant = named.text, list(named.meant)
        for of, header in self._headers.items():
            made = self._called(text, of, header)
            if made != text:
                meant.append(header)
            text = made
        return Named(text, tuple(meant))

    def as_headed(self, text: str) -> tuple[str, ...]:
        """Return ``text`` with what it surely asks of a column called by its header, the likelier first.

        That are people (招几个人, of 招聘人数), the money of one year (今年安排多少资金, of 年度资金), a header with a
        general noun behind it (区级财政资金), an age (30周岁以下, of 年龄要求), who does something (由谁审核, of
        审核部门), and whom to call (找谁, of 联系人).
        """
        made = [_with_people(text, verb, header) for header, verb in self._people.items()]
        people = [one for one in made if one != text]
        if not people:
            named = (self._of_money(text) or self._of_age(text), self._of_body(text), self._of_target(text))
            return (*filter(None, named), *self._of_contact(text))
        return (*people, *(re.sub(r"(?<!合计)多少", "合计多少", one, count=1) for one in people))

    def _of_age(self, text: str) -> str:
        """Return ``text`` with an age that is required called so as its column is headed: 要求30周岁以下."""
        if len(self._ages) != 1 or self._ages[0] in text:
            return ""
        made = _AGED.sub(self._ages[0], text, count=1)
        return made if made != text else ""

    def _of_target(self, text: str) -> str:
        """Return ``text`` with the target that a year is set against called by its year: 目标是2020年的几倍."""
        made = _TARGET_OF.sub(f"{self._last}年", text) if self._last else text
        return made if made != text else ""

    def _of_body(self, text: str) -> str:
        """Return ``text`` with who does something called so as the column is headed: 由哪个部门审核, of 审核部门."""
        for header, does in self._bodies.items():
            made = re.sub(rf"{_WHICH_BODY}{does}(?=[，,、；;。？?]|$)", f"的{header}是哪个", text, count=1)
            if made != text and header not in text:
                return made
        return ""

    def _of_contact(self, text: str) -> Iterator[str]:
        """Yield ``text`` with the person and the number to call as columns head them: 电话多少, 找谁."""
        person = _WHOM.sub(f"{_CONTACT}是谁", text, count=1) if self._has_contact else text
        if self._phone and not any(header in text for header in self._phones):
            called = _PHONE.sub(self._phone, person, count=1)
            if called != person:
                yield re.sub(
                    rf"{_CONTACT}(?:是谁)?[，,、]?(?:和|及|以及)?(?=的?{self._phone})", f"{_CONTACT}和", called
                )
                return
        if person != text:
            yield person

    def _of_money(self, text: str) -> str:
        made = text
        if len(self._yearly) == 1 and self._yearly[0] not in text:
            made = _ARRANGED.sub(lambda match: f"{match['year']}{self._yearly[0]}多少", made)
        for header in self._money:
            made = re.sub(rf"(?<={header})(?:资金|金额|经费|款)(?!合计|小计)", "", made)
        return made if made != text else ""

    def _called(self, text: str, of: str, header: str) -> str:
        if fold(header) in fold(text) or of not in fold(text):
            return text
        of = f"(?i:{of})"
        text = re.sub(rf"(?P<more>[多少高低])(?:多少|几)(?:{UNIT})?{of}", rf"{header}\g<more>多少", text)
        text = re.sub(
            rf"(?:共|总共|一共)?有?(?:多少|几)(?:{UNIT})?的?{of}(?!数)", lambda m: self._how_many(m, header), text
        )
        text = re.sub(rf"{of}{_TOTAL}", f"{header}合计", text)
        return re.sub(rf"{of}(?:数量)?{_COMPUTED}", header, text)

    @staticmethod
    def _how_many(match: re.Match[str], header: str) -> str:
        return f"{header}{'合计' if '共' in match.group() else ''}多少"


def _figures(tables: Sequence[Table]) -> list[str]:
    return [column.name for table in tables for column in table.columns if column.kind is ColumnKind.NUMBER]


def _is_of_people(column: Column) -> bool:
    """Return whether a column says how many people something is done to: 招聘人数, 招生计划（人）."""
    name = fold(column.name)
    return len(name) > _VERB and (name.endswith("人数") or column.unit in ("人", "名"))


def _with_people(text: str, verb: str, header: str) -> str:
    """Return ``text`` with the people that it asks about by the verb of a header called so: 招几个人 → 招聘人数多少."""
    if header in text:
        return text
    does = rf"(?<![\u3400-\u9fff]{verb[0]})(?:{verb}|{verb[0]})"
    many = re.sub(
        rf"(?P<all>一共|总共|合计|共)?(?:要|将|计划|准备|打算)*{does}[了录]?(?P<too>一共|总共|共)?(?:多少|几)[个名位]?{_PEOPLE}",
        lambda match: f"{header}{'合计' if match['all'] or match['too'] else ''}多少",
        text,
    )
    most = re.sub(rf"{does}的?{_PEOPLE}数?(?=最?[多少])", header, many)
    return re.sub(
        rf"(?:要|将|计划|准备|打算)*{does}[了录]?(?=(?:超过|不到|不足)?\d+[个名位]?人?(?:以[上下])?)", header, most
    )
