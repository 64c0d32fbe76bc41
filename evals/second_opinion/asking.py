"""Judged answers and a chat model in, its opinion of each out; whatever it says, no verdict changes.

Example: 1,200 answers are asked about four at a time; where four in a row get no reply the rest is not asked.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tqdm import tqdm

from evals.judge import Verdict
from evals.second_opinion.chat_model import open_chat_model
from evals.second_opinion.material import can_be_judged, describe_answer
from evals.second_opinion.opinions import Fate, Opinion, Opinions
from evals.second_opinion.reply import ReplyUnreadable, read_reply
from evals.second_opinion.settings import JudgeSettings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

PROMPT = Path(__file__).parent / "prompt.md"


def ask_opinions(verdicts: Sequence[Verdict], settings: JudgeSettings) -> Opinions:
    """Return the model's opinion of each verdict, in order; one that cannot be had says why.

    A group of questions, as many as are asked at the same time, that gets no reply at all ends the asking.
    """
    ask = partial(_ask_one, open_chat_model(settings), PROMPT.read_text(encoding="utf-8"))
    asked = [verdict for verdict in verdicts if can_be_judged(verdict)]
    found: dict[str, Opinion] = {}
    stopped = ""
    bar = tqdm(total=len(asked), desc="模型评判", unit="题", file=sys.stderr, disable=None)
    with bar, ThreadPoolExecutor(settings.parallel) as pool:
        for group in _groups(asked, settings.parallel):
            opinions = list(pool.map(ask, group))
            bar.update(len(group))
            found |= {opinion.verdict.case.id: opinion for opinion in opinions}
            if all(opinion.fate is Fate.UNANSWERED for opinion in opinions):
                stopped = opinions[0].fault
                break
    rest = {verdict.case.id: Opinion(verdict, Fate.UNASKED) for verdict in verdicts}
    return Opinions(settings.model, tuple((rest | found).values()), stopped)


def _groups(verdicts: Sequence[Verdict], size: int) -> Iterator[Sequence[Verdict]]:
    for start in range(0, len(verdicts), size):
        yield verdicts[start : start + size]


def _ask_one(model: BaseChatModel, prompt: str, verdict: Verdict) -> Opinion:
    """Return the opinion on one answer; a reply of another form is asked for once more, with what is wrong."""
    from openai import OpenAIError

    # What is no answer of such a server raises anything: a page instead of JSON, no choices, a null message.
    failures = (OpenAIError, ValueError, TypeError, LookupError, AttributeError)
    said = [("system", prompt), ("human", describe_answer(verdict))]
    fault = ""
    for _ in range(2):
        try:
            text = str(model.invoke(said).text)
        except failures as error:
            return Opinion(verdict, Fate.UNANSWERED, fault=_describe(error))
        try:
            return Opinion(verdict, Fate.READ, read_reply(text))
        except ReplyUnreadable as error:
            fault = str(error)
            said += [("ai", text), ("human", f"答复无法读取（{fault}）。请只回答一个符合格式的 JSON 对象。")]
    return Opinion(verdict, Fate.UNREADABLE, fault=fault)


def _describe(error: Exception) -> str:
    from openai import APIConnectionError, APIStatusError, APITimeoutError, AuthenticationError, NotFoundError

    known = (
        (APITimeoutError, "等待超时"),
        (APIConnectionError, "连接不上"),
        (AuthenticationError, "密钥不被接受"),
        (NotFoundError, "地址或模型名称不存在"),
    )
    for kind, told in known:
        if isinstance(error, kind):
            return told
    if isinstance(error, APIStatusError):
        return f"服务器返回 {error.status_code}"
    return f"服务器的答复不是 OpenAI 格式：{type(error).__name__}"
