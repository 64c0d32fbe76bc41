"""Gold of the table sets that is computed, recomputed from the source read a second time."""

from collections import Counter
from decimal import Decimal

import pytest

from evals.case_files import load_sets
from evals.cases import alternatives
from evals.metrics.folding import name_key

ACTIONS = (
    "强化荒漠化防治提质增效行动",
    "水资源集约高效利用行动",
    "现代能源经济高质量发展提速行动",
    "农牧业和乡村旅游发展提升行动",
    "创新驱动发展能力建设促进行动",
)
CITY = "全市9个旗区"


def led(agency):
    return lambda row: row.lead == agency


def total(rows):
    return sum((row.amount for row in rows), Decimal(0))


def begins(row):
    return int(row.period[:4])


def ends(row):
    return int(row.period[-4:])


def acts(row):
    return ACTIONS.index(row.action) + 1


def of(plan, *numbers):
    return [plan.projects[number - 1] for number in numbers]


def amounts(plan, *numbers):
    return total(of(plan, *numbers))


def by_amount(rows, count):
    """The ``count`` rows with most money; with least where it is negative."""
    ordered = sorted(rows, key=lambda row: row.amount)
    return ordered[-count:] if count > 0 else ordered[:-count]


def growth(row):
    return (Decimal(row.target) / Decimal(row.base) - 1) * 100


def change(row):
    return Decimal(row.target) - Decimal(row.base)


def at_least(target):
    """The least figure that a target states; 0 for words and for bounds such as “＞85.7”, which reach 90 or not."""
    figure = target.removeprefix("≥")
    return Decimal(figure) if figure.replace(".", "").isdigit() else Decimal(0)


def sums(plan, key, groups):
    return [total(row for row in plan.projects if key(row) == group) for group in groups]


PROJECTS = {
    "attribute-work-number-3": lambda r: r.work == "河湖水生态修复和保护工程",
    "attribute-work-number-4": lambda r: r.work == "特色文化旅游发展工程",
    "attribute-action-number-3": lambda r: acts(r) == 5,
    "filter-eq-1": lambda r: r.period == "2022-2025",
    "filter-eq-2": lambda r: r.amount == 3,
    "filter-eq-3": led("农牧局"),
    "filter-contains-1": lambda r: "黄河" in r.name,
    "filter-contains-2": lambda r: "煤制" in r.name,
    "filter-contains-4": lambda r: "监测" in r.name,
    "filter-gt-1": lambda r: r.amount > 30,
    "filter-gt-3": lambda r: r.lead == "水利局" and r.amount > 7,
    "filter-ge-1": lambda r: r.amount >= 30,
    "filter-ge-2": lambda r: r.lead == "科技局" and r.amount >= 4,
    "filter-lt-1": lambda r: r.amount * 10000 < 5000,
    "filter-lt-2": lambda r: r.lead == "林草局" and r.amount < 3,
    "filter-le-1": lambda r: r.amount <= Decimal("0.5"),
    "filter-le-2": lambda r: r.lead == "科技局" and r.amount <= 3,
    "filter-between-1": lambda r: 5 <= r.amount <= 10,
    "filter-between-3": lambda r: 2 <= r.amount <= 3,
    "filter-not-1": lambda r: acts(r) == 3 and r.lead != "能源局",
    "filter-not-2": lambda r: "鄂托克旗" in r.place and r.lead != "水利局",
    "filter-not-3": lambda r: begins(r) != 2022,
    "filter-except-2": lambda r: acts(r) == 1 and r.lead != "水利局",
    "two-conditions-1": lambda r: "达拉特旗" in r.place and r.lead == "水利局",
    "two-conditions-2": lambda r: r.place == CITY and r.amount >= 10,
    "two-conditions-3": lambda r: r.lead == "能源局" and ends(r) == 2024,
    "three-conditions-1": lambda r: r.lead == "水利局" and begins(r) == 2022 and r.amount > 5,
    "three-conditions-2": lambda r: r.place == CITY and r.lead == "科技局" and r.amount >= 3,
    "three-conditions-3": lambda r: r.lead == "能源局" and r.period == "2022-2024" and r.amount < 150,
    "three-conditions-4": lambda r: "达拉特旗" in r.place and r.lead == "水利局" and ends(r) == 2024,
    "year-start-1": lambda r: begins(r) == 2021,
    "year-start-3": lambda r: r.period == "2021-2025",
    "year-end-1": lambda r: ends(r) == 2025,
    "year-end-2": lambda r: ends(r) > 2025,
    "year-running-1": lambda r: begins(r) <= 2026 <= ends(r),
    "year-running-3": lambda r: begins(r) <= 2030 <= ends(r),
    "list-all-1": lambda r: acts(r) == 2,
    "list-all-3": led("科技局"),
    "negation-3": lambda r: acts(r) == 1 and r.place != CITY,
    "negation-4": lambda r: ends(r) > 2024,
    "place-membership-2": lambda r: ("乌审旗" in r.place or r.place == CITY) and r.amount > 100,
    "place-membership-3": lambda r: r.place == "杭锦旗",
    "place-membership-4": lambda r: "达拉特旗" in r.place and "准格尔旗" in r.place,
    "place-membership-5": lambda r: "鄂托克前旗" in r.place,
}
RANKED = {
    "top-n-1": lambda p: by_amount(p.projects, 10),
    "top-n-2": lambda p: by_amount(filter(led("水利局"), p.projects), 3),
    "top-n-3": lambda p: by_amount([row for row in p.projects if row.place == CITY], 2),
    "bottom-n-1": lambda p: by_amount(p.projects, -5),
    "bottom-n-2": lambda p: by_amount([row for row in p.projects if acts(row) == 4], -2),
    "bottom-n-3": lambda p: by_amount(filter(led("林草局"), p.projects), -2),
}
INDICATORS = {
    "filter-contains-5": lambda r: "参保率" in r.name,
    "filter-ge-4": lambda r: "%" in r.name and at_least(r.target) >= 90,
    "filter-lt-4": lambda r: "%" in r.name and Decimal(r.base) < 1,
    "list-all-2": lambda r: r.category == "社会进步",
    "list-all-4": lambda r: "科技局" in r.agencies,
}
COUNTS = {
    "attribute-action-number-1": lambda r: acts(r) == 2,
    "filter-gt-2": lambda r: r.amount > 200,
    "filter-ge-3": lambda r: r.amount >= 60,
    "filter-lt-3": lambda r: r.amount < 2,
    "filter-le-3": lambda r: r.amount <= 2,
    "filter-between-2": lambda r: 50 <= r.amount <= 200,
    "filter-not-4": lambda r: ends(r) != 2024,
    "count-1": led("工信局"),
    "count-2": lambda r: acts(r) == 3,
    "count-5": lambda r: "准格尔旗" in r.place,
    "year-end-3": lambda r: ends(r) < 2025,
    "year-end-4": lambda r: ends(r) <= 2025,
    "year-running-2": lambda r: begins(r) <= 2025 <= ends(r),
    "place-membership-1": lambda r: r.place == CITY,
}
SUMS = {
    "attribute-work-number-2": lambda r: r.work == "传统能源清洁高效利用和CCUS工程",
    "attribute-action-number-1": lambda r: acts(r) == 2,
    "filter-between-2": lambda r: 50 <= r.amount <= 200,
    "filter-except-1": lambda r: r.lead != "能源局",
    "two-conditions-4": lambda r: r.lead == "水利局" and begins(r) == 2021,
    "sum-1": led("林草局"),
    "sum-2": lambda r: acts(r) == 5,
    "sum-3": lambda r: ends(r) == 2025,
    "sum-4": lambda r: r.number in (23, 24, 32),
    "sum-5": lambda r: r.work in ("风光氢储新能源倍增工程", "重点高耗能行业节能降耗工程"),
    "max-3": lambda r: r.work == "传统能源清洁高效利用和CCUS工程",
    "min-3": lambda r: acts(r) == 5,
    "min-4": led("住建局"),
    "year-end-4": lambda r: ends(r) <= 2025,
    "cross-tables-1": led("林草局"),
}
FIGURES = {
    "average-1": lambda p: [amounts(p, 12, 28) / 2],
    "average-2": lambda p: [sums(p, acts, [3])[0] / 8],
    "average-3": lambda p: [total(filter(led("水利局"), p.projects)) / 9],
    "average-4": lambda p: [amounts(p, 34, 35, 36) / 3],
    "share-1": lambda p: [total(filter(led("水利局"), p.projects)) / p.total * 100],
    "share-2": lambda p: [amounts(p, 2) / p.total * 100],
    "share-3": lambda p: [sums(p, acts, [3])[0] / p.total * 100],
    "share-4": lambda p: [Decimal(Counter(row.place for row in p.projects)[CITY]) / 39 * 100],
    "share-5": lambda p: [amounts(p, 3) / total(filter(led("水利局"), p.projects)) * 100],
    "ratio-1": lambda p: [total(filter(led("能源局"), p.projects)) / total(filter(led("水利局"), p.projects))],
    "ratio-2": lambda p: [amounts(p, 24) / amounts(p, 23)],
    "ratio-3": lambda p: [Decimal(p.indicators[20].target) / Decimal(p.indicators[20].base)],
    "ratio-4": lambda p: [Decimal(p.indicators[13].target) / Decimal(p.indicators[14].target)],
    "difference-1": lambda p: [amounts(p, 2) - amounts(p, 21)],
    "difference-2": lambda p: [total(filter(led("能源局"), p.projects)) - total(filter(led("工信局"), p.projects))],
    "difference-3": lambda p: [-change(p.indicators[18])],
    "difference-4": lambda p: [change(p.indicators[26])],
    "difference-5": lambda p: [sums(p, acts, [3])[0] - sums(p, acts, [1])[0]],
    "growth-rate-1": lambda p: [growth(p.indicators[3])],
    "growth-rate-2": lambda p: [growth(p.indicators[13])],
    "growth-rate-3": lambda p: [growth(p.indicators[4])],
    "growth-rate-4": lambda p: [-growth(p.indicators[16])],
    "percentage-points-1": lambda p: [change(p.indicators[32])],
    "percentage-points-2": lambda p: [change(p.indicators[0])],
    "percentage-points-3": lambda p: [change(p.indicators[22])],
    "percentage-points-4": lambda p: [max(change(row) for row in p.indicators if _plain(row))],
    "compare-rows-3": lambda p: [amounts(p, 7) - amounts(p, 8)],
    "group-agency-2": lambda p: sorted(sums(p, lambda r: r.lead, {r.lead for r in p.projects}), reverse=True),
    "group-action-2": lambda p: sums(p, acts, range(1, 6)),
    "group-action-3": lambda p: [figure / p.total * 100 for figure in sums(p, acts, range(1, 6))],
    "group-year-3": lambda p: sums(p, ends, (2023, 2024, 2025, 2030, 2035)),
    "cross-tables-2": lambda p: [total(filter(led("科技局"), p.projects)) / Decimal(p.indicators[3].target)],
    "table-and-clause-1": lambda p: [p.total / 24],
}


def _plain(row):
    """Whether both figures of an indicator in percent are plain numbers."""
    return "%" in row.name and all(text.replace(".", "").isdigit() for text in (row.base, row.target))


@pytest.fixture(scope="module")
def lookups():
    return {case.id.removeprefix("lk-"): case.expected for case in load_sets(name="lookups")}


def agree(number, figure):
    """Whether ``number`` is ``figure``, rounded to the places that it states."""
    return abs(number - figure) <= Decimal(1).scaleb(int(number.as_tuple().exponent)) / 2


def test_every_listed_set_is_what_the_source_gives(lookups, plan):
    gold = {name: filter(keep, plan.projects) for name, keep in PROJECTS.items()}
    gold |= {name: select(plan) for name, select in RANKED.items()}
    gold |= {name: filter(keep, plan.indicators) for name, keep in INDICATORS.items()}
    assert set(gold) == {name for name, expected in lookups.items() if expected.set}
    for name, rows in gold.items():
        names = sorted(name_key(row.name) for row in rows)
        assert sorted(map(name_key, lookups[name].set)) == names, name
        assert lookups[name].count == len(names), name


def test_every_counted_and_added_figure_is_what_the_source_gives(lookups, plan):
    figures = [(name, Decimal(len(list(filter(keep, plan.projects))))) for name, keep in COUNTS.items()]
    figures += [(name, total(filter(keep, plan.projects))) for name, keep in SUMS.items()]
    for name, figure in figures:
        stated = [Decimal(number) for value in lookups[name].values for number in alternatives(value.number)]
        assert figure in stated, (name, figure, stated)


def test_every_derived_figure_is_what_the_source_gives(lookups, plan):
    for name, compute in FIGURES.items():
        values = lookups[name].values
        computed = [Decimal(figure) for figure in compute(plan)]
        assert len(values) == len(computed), name
        for value, figure in zip(values, computed, strict=True):
            assert all(agree(Decimal(number), figure) for number in alternatives(value.number)), (name, figure)
