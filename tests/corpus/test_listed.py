"""A number in a sentence is compared with what the same sentence lists; nearly alike names are found."""

from __future__ import annotations

import pytest

from corpus.agreement.listed import read_listed
from corpus.agreement.stretches import read_stretches
from corpus.agreement.variants import are_alike, find_alike, find_written
from corpus.models import DocumentInfo, ParsedDocument
from corpus.parse import parse_document


def parse(text: str) -> ParsedDocument:
    source = f"# 青山县工作方案\n\n一、任务\n\n{text}\n"
    return parse_document(DocumentInfo("d", "", "d.md", ""), source.encode())


# sentence | the number stated, how many are listed, whether they agree
LISTED = """
实施河道治理、水库加固、村庄绿化等4大工程。 | 4 3 no
实施河道治理、水库加固和村庄绿化3项工程。 | 3 3 yes
实施河道治理、水库加固、人才引进和培育3项工程。 | 3 4 yes
聚焦三大领域：种植、养殖、加工，加快发展。 | 3 3 yes
推进“五个一”计划，即建一批库、修一批路、架一批桥。 | 5 3 no
"""


@pytest.mark.parametrize("row", LISTED.strip().splitlines())
def test_a_number_is_compared_with_the_list_of_its_sentence(row: str) -> None:
    sentence, said = (part.strip() for part in row.split("|"))
    document = parse(sentence)
    (one,) = read_listed(document, read_stretches(document))
    assert f"{one.number} {len(one.items)} {'yes' if one.agrees else 'no'}" == said


@pytest.mark.parametrize(
    "sentence",
    ["面向北京、上海、天津等31个省份招商。", "第三条、第四条、第五条规定的3。", "新建水库3座，整治河道12公里。"],
)
def test_a_number_that_counts_more_than_a_list_is_left(sentence: str) -> None:
    document = parse(sentence)
    assert list(read_listed(document, read_stretches(document))) == []


def written(text: str, words: list[str], *, ends: bool = True) -> list[str]:
    document = parse(text)
    return [
        one.span.of(document.text) for one in find_written(document.text, read_stretches(document), words, ends=ends)
    ]


def test_a_name_reaches_over_all_its_words_and_what_stands_before_it_alike() -> None:
    text = "建成影像中心和青山国际治沙创新中心。加快青山国际治沙研究中心建设。"
    assert written(text, ["治沙", "中心"]) == ["青山国际治沙创新中心", "青山国际治沙研究中心"]


def test_a_name_without_its_last_word_ends_with_its_item() -> None:
    text = "打造产教融合共同体、物流联合体。组建产教融合联盟。"
    assert written(text, ["产教", "融合"], ends=False) == ["产教融合共同体", "产教融合联盟"]


def test_a_list_is_no_name() -> None:
    assert written("实施治沙、建设中心。", ["治沙", "中心"]) == []


def test_one_changed_part_makes_names_alike() -> None:
    assert are_alike("退化草地生态修复治理", "退化草原生态修复治理")
    assert not are_alike("河道治理工程", "村庄绿化工程")
    document = parse("实施退化草地生态修复治理、水土保持。推进退化草原生态修复治理。")
    found = find_alike(document.text, read_stretches(document), "退化草原生态修复治理")
    assert [one.key for one in found] == ["退化草地生态修复治理"]
