"""What the chat shows is made of escaped pieces: nothing typed or parsed becomes HTML."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from typing import Any

import pytest

from assistant.conversations.models import Turn, TurnState
from assistant.doors.cards import LONGEST_QUESTION, render_card, render_header, render_notice, render_turn
from assistant.doors.examples import propose_questions
from assistant.doors.markdown import render_markdown
from assistant.doors.page import clean_page
from assistant.doors.panel import render_source
from assistant.models import Answer, AnswerKind
from assistant.respond.sources import find_source
from assistant.viewing.card import make_card
from corpus.models import ParsedDocument

STRUCTURE = {"header", "section", "article", "div", "p", "span", "h1", "h2", "h3", "ul", "ol", "li", "br", "blockquote"}
OURS = STRUCTURE | {"strong", "mark", "button", "details", "summary", "pre", "code", "a"}
OURS |= {"table", "thead", "tbody", "tfoot", "tr", "th", "td"}
ADDRESSES = ("talk/turn/", "doc/")


class Elements(HTMLParser):
    """Collects the elements, attributes and text that a browser would see."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.shown = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value or "" for name, value in attrs if name == "href"]

    def handle_data(self, data: str) -> None:
        self.shown += data


def turn_of(answer: Answer | None, question: str) -> Turn:
    return Turn("a" * 32, "b" * 32, 1, question, (), TurnState.DONE if answer else TurnState.PENDING, "", "g1", answer)


def card_of(answer: Answer, plan: ParsedDocument) -> str:
    return render_card("a" * 32, make_card(answer, [plan]))


def test_hostile_text_in_any_part_of_an_answer_stays_text(plan: ParsedDocument, scripted: Any) -> None:
    answer = scripted.ask("script")

    shown = render_turn(turn_of(answer, answer.answer), make_card(answer, [plan]))
    seen = Elements(shown + render_notice(answer.answer))

    assert set(seen.tags) <= OURS
    assert not {name for name in seen.attributes if name.startswith("on") or name in ("src", "style")}
    assert all(link.startswith(ADDRESSES) for link in seen.links)
    assert seen.shown.count("<script>window.hit=1</script>") >= 10


def test_hostile_text_of_a_document_stays_text_in_the_panel(plan: ParsedDocument, scripted: Any) -> None:
    citation = scripted.ask("script").citations[0]
    source = find_source(citation, [plan])
    hostile = replace(source, info=replace(plan.info, title="<img onerror=x>", status="<b>", issuer='"><script>'))

    seen = Elements(render_source(hostile, plan) + render_header("<i>", [replace(plan, info=hostile.info)]))

    assert set(seen.tags) <= OURS
    assert all(link.startswith(ADDRESSES) for link in seen.links)


def test_the_first_sentence_leads_and_its_marks_are_buttons(plan: ParsedDocument, scripted: Any) -> None:
    html = card_of(scripted.ask("十大孔兑"), plan)

    lead = html.split('<p class="lead">')[1].split("</p>")[0]
    assert Elements(lead).shown == "两个十大孔兑项目的牵头责任单位都是水利局。[1][2]"
    assert Elements(lead).tags.count("button") == 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("见[3]。", '<p class="lead">见[3]。</p>'),
        ("甲。\n\n1. 一\n2. 二", '<p class="lead">甲。</p><ol start="1"><li>一</li><li>二</li></ol>'),
        ("甲。\n\n> 引", '<p class="lead">甲。</p><blockquote>引</blockquote>'),
        ("1.5吨，不是列表", '<p class="lead">1.5吨，不是列表</p>'),
        ("甲。\n| a | b |\n|---|---|\n| 1 | 2 |", None),
        ("", ""),
    ],
)
def test_the_markdown_of_answers_is_understood(text: str, shown: str | None) -> None:
    html = render_markdown(text, {1, 2})

    assert html == shown if shown is not None else Elements(html).tags.count("td") == 2


def test_a_list_without_a_head_is_folded_whole() -> None:
    names = "、".join(f"甲{number}[{number}]" for number in range(1, 9))

    html = render_markdown(f"共8个。\n\n{names}。", range(1, 9), tables=False)

    assert "逐项列出（8）" in html
    assert "。。" not in html


def test_a_long_list_is_folded_where_a_table_shows_it_and_only_there() -> None:
    items = "；".join(f"名{number}[{number}]" for number in range(1, 9))
    text = f"共8个：{'长' * 60}{items}。\n\n注意：甲[1]与乙[2]不一致。"

    text += "\n\n另有8个写全市：" + items + "。"
    beside_table, alone = (render_markdown(text, set(range(1, 9)), tables=shown) for shown in (False, True))

    assert Elements(beside_table.split("<details")[0]).shown == "共8个。"
    assert "逐项列出（8）" in beside_table
    assert "不一致" in beside_table.split("</details>")[1]
    assert Elements(beside_table.split("</details>")[1].split("<details")[0]).shown.endswith("另有8个写全市。")
    assert "<details" not in alone


def test_a_bare_yes_or_no_leads_with_what_it_says() -> None:
    lead = render_markdown("不是。牵头责任单位是能源局。[1]\n\n其他。", {1}).split("</p>")[0]

    assert Elements(lead).shown == "不是。牵头责任单位是能源局。[1]"


def test_each_row_of_a_table_opens_its_own_source(plan: ParsedDocument, assistant: Any) -> None:
    listed = assistant.ask("水利局牵头的项目有哪些")
    html = card_of(listed, plan)

    rows = html.split("<tbody>")[1].split("</tbody>")[0].split("<tr>")[1:]
    assert [re.findall(r'data-cite="(\d+)"', row) for row in rows] == [[str(one.index)] for one in listed.citations]
    unlike = replace(listed, citations=listed.citations[::-1])
    assert "data-cite" not in card_of(unlike, plan).split("<tbody>")[1].split("</tbody>")[0]


def test_a_mark_without_its_citation_is_no_button() -> None:
    assert "<button" not in render_markdown("见[9]。", {1})


def test_a_refusal_is_calm_and_names_what_is_missing(plan: ParsedDocument, scripted: Any) -> None:
    answer = scripted.ask("施工单位是谁")
    seen = Elements(card_of(answer, plan))

    assert answer.kind is AnswerKind.REFUSAL
    assert "文件中没有找到依据" in seen.shown
    assert "没有找到依据的部分" in seen.shown


def test_a_long_question_is_shown_shortened() -> None:
    shown = Elements(render_turn(turn_of(None, "长" * 100_000), None)).shown

    assert shown.count("长") == LONGEST_QUESTION


def test_a_source_highlights_exactly_the_quote(plan: ParsedDocument, scripted: Any) -> None:
    for citation in scripted.ask("十大孔兑").citations:
        html = render_source(find_source(citation, [plan]), plan)

        assert html.count("<mark>") == 1
        assert html.split("<mark>")[1].split("</mark>")[0] == citation.quote


def test_examples_come_from_the_documents_own_tables_and_clauses(plan: ParsedDocument, assistant: Any) -> None:
    questions = propose_questions([plan], limit=6)

    assert len(set(questions)) == 6
    whole = "这个文件主要讲什么？"
    assert whole in questions
    for question in questions:
        assert question == whole or question.split("的")[0][:6] in plan.text
        assert assistant.ask(question).kind in (AnswerKind.LOOKUP, AnswerKind.PASSAGE)
    assert whole not in propose_questions([plan, plan], limit=40)  # of which of the two?


def test_without_documents_there_are_no_examples_and_the_header_says_so() -> None:
    assert propose_questions([]) == ()
    assert "尚未载入文件" in render_header("名", [])


def test_the_page_loses_its_preview_tags_and_becomes_chinese() -> None:
    preview = '<meta\n property="og:image"\n content="https://elsewhere/x.jpg"\n/>'
    page = f'<html\n lang="en"\n>{preview}<script>window.gradio_config = {{}};</script></head>'

    cleaned = clean_page(page)

    assert cleaned.startswith('<html\n lang="zh-CN"\n><script>')
    assert "elsewhere" not in cleaned
    assert 'href="ui/chat.css"' in cleaned
