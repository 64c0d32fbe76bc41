"""Matching by meaning: what a question asks is found in other words, what a text lacks is not, damage is named."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.models import Span
from index.embedder import Embedder, OnnxEmbedder, make_model
from index.errors import IndexBroken
from index.matching import Matcher, Stretch
from index.token_file import TokenFile, write_tokens

CACHE = Path(__file__).resolve().parents[2] / "index" / "store" / "models"
TEXTS = {
    "money": "养护资金由县财政从燃油税返还中统筹安排，不足部分由乡镇自行解决。",
    "duty": "县交通运输局负责农村公路养护的监督检查。",
    "date": "本办法自2025年5月1日起施行，有效期五年。",
}


@pytest.fixture(scope="module")
def model() -> Iterator[OnnxEmbedder]:
    yield OnnxEmbedder(make_model(CACHE))


def matcher_of(model: Embedder, file: Path) -> Matcher:
    write_tokens(file, list(TEXTS), [tokens for _, tokens in model.embed_with_tokens(list(TEXTS.values()))])
    return Matcher(TokenFile(file), model)


@pytest.fixture
def matcher(model: OnnxEmbedder, tmp_path: Path) -> Matcher:
    return matcher_of(model, tmp_path / "tokens.sqlite")


def odds_of(matcher: Matcher, question: str, stretches: list[Stretch]) -> float:
    found = matcher.together(question, stretches)
    assert found is not None
    return float(matcher.odds_of(question, found[None])[0])


def whole(name: str, above: str = "") -> Stretch:
    return Stretch(name, 0, len(TEXTS[name]), above)


@pytest.mark.parametrize(
    ("question", "answering"),
    [("修路养路的钱从哪里出", "money"), ("养路归谁管", "duty"), ("这个办法管到什么时候", "date")],
)
def test_a_question_in_other_words_is_matched_best_by_what_answers_it(
    matcher: Matcher, question: str, answering: str
) -> None:
    odds = {name: odds_of(matcher, question, [whole(name)]) for name in TEXTS}
    assert max(odds, key=lambda name: odds[name]) == answering


def test_what_a_text_does_not_say_is_matched_worse_than_what_it_says(matcher: Matcher) -> None:
    said, unsaid = (
        odds_of(matcher, f"养护监督检查{asked}", [whole("duty")]) for asked in ("由谁负责", "的投诉电话是多少")
    )
    assert unsaid < 0 < said


def test_headings_count_as_said(matcher: Matcher) -> None:
    question = "青洮县农村公路由谁监督检查"
    alone, headed = (odds_of(matcher, question, [whole("duty", above)]) for above in ("", "青洮县农村公路管理养护办法"))
    assert headed > alone


def test_a_word_is_matched_as_well_as_its_worst_token(matcher: Matcher) -> None:
    question = "监督检查的投诉电话"
    held, missing = matcher.of_words(question, [Span(0, 4), Span(5, 9)], [whole("duty")])
    assert held > missing


def test_only_the_stretch_asked_for_matches(matcher: Matcher) -> None:
    end = TEXTS["date"].index("，")
    first, second = Stretch("date", 0, end), Stretch("date", end + 1, len(TEXTS["date"]))
    by_first, by_second = (odds_of(matcher, "有效期几年", [part]) for part in (first, second))
    assert by_second > by_first


def test_of_a_model_without_token_vectors_nothing_is_known(make_embedder: type[Embedder], tmp_path: Path) -> None:
    without = matcher_of(make_embedder(), tmp_path / "tokens.sqlite")
    assert without.together("养路归谁管", [whole("duty")]) is None
    assert without.of_words("养路归谁管", [Span(0, 2)], [whole("duty")]) == [-1.0]


def test_a_damaged_file_is_named_with_what_mends_it(model: OnnxEmbedder, tmp_path: Path) -> None:
    file = tmp_path / "tokens.sqlite"
    matcher_of(model, file)
    file.write_bytes(b"not a database")
    with pytest.raises(IndexBroken, match=r"tokens\.sqlite.*policy-assistant index"):
        Matcher(TokenFile(file), model).together("养路归谁管", [whole("duty")])


@pytest.mark.parametrize("question", ["", "　 \n"])
def test_a_question_of_nothing_is_matched_by_nothing(matcher: Matcher, question: str) -> None:
    assert matcher.of_words(question, [], [whole("duty")]) == []


def test_a_text_longer_than_a_window_keeps_the_places_of_its_tokens(model: OnnxEmbedder, tmp_path: Path) -> None:
    long = TEXTS["duty"] * 60 + TEXTS["date"]
    write_tokens(tmp_path / "tokens.sqlite", ["long"], [model.embed_with_tokens([long])[0][1]])
    matcher = Matcher(TokenFile(tmp_path / "tokens.sqlite"), model)
    end = len(long)
    first, last = Stretch("long", 0, 60), Stretch("long", end - len(TEXTS["date"]), end)
    assert odds_of(matcher, "本办法有效期几年", [last]) > odds_of(matcher, "本办法有效期几年", [first])


def test_a_token_file_that_is_not_there_is_named_with_what_mends_it(tmp_path: Path) -> None:
    with pytest.raises(IndexBroken, match="policy-assistant index"):
        TokenFile(tmp_path / "tokens.sqlite")


def test_a_blob_cut_short_is_named_with_what_mends_it(model: OnnxEmbedder, tmp_path: Path) -> None:
    write_tokens(tmp_path / "tokens.sqlite", ["duty"], [model.embed_with_tokens([TEXTS["duty"]])[0][1][:-1]])
    with pytest.raises(IndexBroken, match="policy-assistant index"):
        Matcher(TokenFile(tmp_path / "tokens.sqlite"), model).together("养路归谁管", [whole("duty")])
