"""The question set is what the document says: every gold value has the source as witness."""

from collections import Counter
from collections.abc import Callable
from decimal import Decimal

import pytest

from assistant.models import AnswerKind
from corpus.models import Span
from evals.case_files import load_sets
from evals.cases import Case, Category, alternatives
from evals.gold import find_gold
from evals.metrics.folding import fold, name_key
from evals.metrics.number_exactness import states_number

COMPUTED = {Category.AGGREGATE, Category.RANKING}


def led(agency: str) -> Callable:
    return lambda project: project.lead == agency


def total(rows) -> Decimal:
    return sum((row.amount for row in rows), Decimal(0))


FIGURES = {
    "agg-01": lambda p: [p.total],
    "agg-02": lambda p: [total(filter(led("水利局"), p.projects))],
    "agg-03": lambda p: [total(row for row in p.projects if "十大孔兑" in row.name)],
    "agg-04": lambda p: [sum(row.lead == "能源局" for row in p.projects)],
    "agg-05": lambda p: [p.total / 39],
    "agg-06": lambda p: [total(filter(led("能源局"), p.projects)) / p.total * 100],
    "agg-07": lambda p: [total(row for row in p.projects if row.action == "强化荒漠化防治提质增效行动")],
    "agg-08": lambda p: [sum(row.lead == "科技局" for row in p.projects), total(filter(led("科技局"), p.projects))],
    "agg-09": lambda p: [
        total(row for row in p.projects if row.action == action)
        for action in dict.fromkeys(row.action for row in p.projects)
    ],
    "agg-10": lambda p: [len(p.indicators)],
    "agg-11": lambda p: [sum(row.category == "社会进步" for row in p.indicators)],
    "agg-12": lambda p: [sum(row.place == "全市9个旗区" for row in p.projects)],
    "agg-13": lambda p: [
        len([line for line in p.text[p.text.index("\n王光谦") : p.text.rindex("\n附件5")].split("\n") if line])
    ],
    "agg-14": lambda p: [sum(row.amount > 100 for row in p.projects)],
    "agg-15": lambda p: [sum(row.amount < 1 for row in p.projects)],
    "agg-16": lambda p: [total(filter(led("文旅局"), p.projects)) / 4],
    "agg-17": lambda p: [sum(row.period.startswith("2021") for row in p.projects)],
    "agg-18": lambda p: [total(row for row in p.projects if row.lead in ("农牧局", "水利局"))],
    "agg-19": lambda p: [Decimal(p.indicators[20].target) - Decimal(p.indicators[20].base)],
    "agg-20": lambda p: [Decimal(p.indicators[31].target) - Decimal(p.indicators[31].base)],
    "agg-21": lambda p: [len({row.work for row in p.projects})],
    "agg-22": lambda p: [sum("水利局" in row.agencies for row in p.indicators)],
    "agg-23": lambda p: [147 + 94],
    "agg-24": lambda p: [total(row for row in p.projects if row.work == "水土流失综合治理工程")],
    "agg-25": lambda p: [int(p.indicators[13].target) - int(p.indicators[14].target)],
    "rank-01": lambda p: [max(row.amount for row in p.projects)],
    "rank-02": lambda p: [min(row.amount for row in p.projects)],
    "rank-04": lambda p: [max(row.amount for row in p.projects if row.lead == "水利局")],
    "rank-05": lambda p: [max(Counter(row.lead for row in p.projects).values())],
    "rank-06": lambda p: [max(total(filter(led(lead), p.projects)) for lead in {row.lead for row in p.projects})],
    "rank-07": lambda p: [
        max(total(row for row in p.projects if row.action == action) for action in {row.action for row in p.projects})
    ],
    "rank-10": lambda p: [max(row.amount for row in p.projects if row.lead == "科技局")],
    "rank-11": lambda p: [sorted(row.amount for row in p.projects)[-2]],
    "rank-12": lambda p: [max(row.amount for row in p.projects if row.action == "农牧业和乡村旅游发展提升行动")],
    "alias-03": lambda p: [sum(row.lead == "水利局" for row in p.projects)],
    "alias-04": lambda p: [sum(row.lead == "水利局" for row in p.projects)],
    "alias-08": lambda p: [sum(row.lead == "能源局" for row in p.projects)],
    "follow-05": lambda p: [sum(row.lead == "水利局" for row in p.projects)],
    "follow-06": lambda p: [total(filter(led("水利局"), p.projects))],
    "follow-12": lambda p: [total(filter(led("文旅局"), p.projects))],
}

SETS = {
    "rank-03": lambda p: sorted(p.projects, key=lambda row: -row.amount)[:3],
    "rank-09": lambda p: sorted(p.projects, key=lambda row: row.amount)[:3],
    "rank-14": lambda p: sorted(p.projects, key=lambda row: -row.amount)[:5],
    "rank-15": lambda p: filter(led("工信局"), p.projects),
    "list-01": lambda p: filter(led("水利局"), p.projects),
    "list-02": lambda p: filter(led("能源局"), p.projects),
    "list-03": lambda p: filter(led("林草局"), p.projects),
    "list-04": lambda p: filter(led("工信局"), p.projects),
    "list-05": lambda p: filter(led("生态环境局"), p.projects),
    "list-06": lambda p: filter(led("文旅局"), p.projects),
    "list-07": lambda p: [row for row in p.projects if "杭锦旗" in row.place],
    "list-08": lambda p: [row for row in p.projects if row.action == "现代能源经济高质量发展提速行动"],
    "list-09": lambda p: [row for row in p.projects if row.work == "水土流失综合治理工程"],
    "list-12": lambda p: [row for row in p.indicators if "卫健委" in row.agencies],
    "list-13": lambda p: [row for row in p.indicators if row.category == "创新驱动"],
    "list-14": lambda p: [row for row in p.indicators if row.category == "荒漠化防治与绿色发展特色指标"],
    "list-15": lambda p: [row for row in p.indicators if "林草局" in row.agencies],
    "list-16": lambda p: [row for row in p.indicators if "财政局" in row.agencies],
    "list-18": lambda p: [row for row in p.projects if row.amount >= 100],
    "list-19": lambda p: [row for row in p.projects if row.period.startswith("2021")],
    "list-23": lambda p: [row for row in p.projects if "东胜区" in row.place],
    "list-24": lambda p: [row for row in p.projects if row.work == "科技创新能级提升工程"],
    "alias-01": lambda p: [row for row in p.projects if row.work == "水土流失综合治理工程" and "达拉特旗" in row.place],
    "alias-12": lambda p: [row for row in p.projects if "鄂托克旗" in row.place],
    "alias-14": lambda p: filter(led("林草局"), p.projects),
    "alias-16": lambda p: [row for row in p.indicators if "发改委" in row.agencies],
    "follow-13": lambda p: [row for row in p.indicators if "住建局" in row.agencies],
}


def test_the_set_covers_every_category_with_at_least_120_questions(cases):
    counts = Counter(case.category for case in cases)
    assert len(cases) >= 120
    assert set(counts) == set(Category)
    assert min(counts.values()) >= 5


def test_no_question_is_asked_twice_in_the_same_conversation(all_cases):
    assert not [key for key, n in Counter((case.question, case.history) for case in all_cases).items() if n > 1]


def test_every_gold_evidence_stands_in_the_corpus(all_cases, documents):
    text = documents[0].text
    for case in all_cases:
        gold = find_gold(case, documents)
        assert all(0 <= span.start < span.end <= len(text) for place in gold.places for span in place.spans)


def test_every_answerable_question_names_its_evidence(all_cases):
    assert not [case.id for case in all_cases if not case.declines and not case.evidence and not case.expected.kind]


@pytest.mark.parametrize("name", ["plan", "passages"])
def test_every_gold_word_and_figure_that_is_not_computed_stands_in_its_evidence(name, documents):
    missing = []
    for case in load_sets(name=name):
        if case.declines or case.category in COMPUTED or case.id in FIGURES or not case.evidence:
            continue
        gold = find_gold(case, documents)
        shown = [_lines_around(documents[0].text, span) for place in gold.places for span in place.spans]
        missing += [(case.id, word) for word in _unsupported(case, " ".join(shown))]
    assert missing == []


def test_the_quotes_of_the_passages_stand_once_or_say_which_is_meant(documents):
    quotes = [evidence for case in load_sets(name="passages") for evidence in case.evidence if evidence.quote]
    open_to_doubt = [quote for quote in quotes if "occurrence" not in quote.model_fields_set]
    assert not [quote.quote for quote in open_to_doubt if documents[0].text.count(quote.quote) != 1]


def test_what_the_unanswerable_lack_is_named_unless_it_is_small_talk_or_a_correction():
    cases = [case for case in load_sets(name="unanswerable") if case.must_refuse]
    assert len(cases) >= 70
    assert not [case.id for case in cases if not case.expected.missing and AnswerKind.CHAT not in case.expected.kinds]


def _lines_around(text: str, span: Span) -> str:
    """Return the lines that hold the span: a quoted lead agency stands in the paragraph that names its work."""
    end = text.find("\n", span.end)
    return text[text.rfind("\n", 0, span.start) + 1 : end if end >= 0 else len(text)]


def _unsupported(case: Case, shown: str) -> list[str]:
    expected = case.expected
    phrases = [
        alternatives(phrase)[0]
        for phrase in (*expected.phrases, *expected.set)
        if not any(fold(choice) in fold(shown) for choice in alternatives(phrase))
    ]
    return phrases + [
        str(value.number)
        for value in expected.values
        if not any(states_number(shown, Decimal(number), "") for number in alternatives(value.number))
    ]


def test_every_computed_figure_is_what_the_source_gives(cases, plan):
    by_id = {case.id: case for case in cases}
    for name, compute in FIGURES.items():
        values = by_id[name].expected.values
        computed = [Decimal(figure) for figure in compute(plan)]
        assert len(values) == len(computed), name
        for value, figure in zip(values, computed, strict=True):
            for number in map(Decimal, alternatives(value.number)):
                digits = Decimal(1).scaleb(int(number.as_tuple().exponent))
                assert abs(number - figure) <= digits / 2, (name, number, figure)


def test_every_listed_set_is_what_the_source_gives(cases, plan):
    listed = {case.id: case.expected for case in cases if case.expected.set}
    assert set(listed) == set(SETS)
    for name, select in SETS.items():
        names = [name_key(row.name) for row in select(plan)]
        assert sorted(map(name_key, listed[name].set)) == sorted(names), name
        assert listed[name].count in (None, len(names)), name


@pytest.mark.parametrize("category", sorted(COMPUTED))
def test_every_figure_of_a_computed_category_is_recomputed_here(cases, category):
    asked = {case.id for case in cases if case.category == category and case.expected.values}
    assert asked <= set(FIGURES)


def test_offsets_of_the_plan_are_those_of_the_file(documents, plan):
    assert documents[0].text == plan.text
    assert Span(0, 4).of(documents[0].text) == plan.text[:4]
