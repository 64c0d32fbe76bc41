"""A greeting, a request for help or for a poem in, the short reply out.

Example: 你能做什么 → what can be asked, with the documents at hand.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.models import Answer, AnswerKind
from assistant.respond.refusal import refuse
from assistant.understand.understood import Understood
from corpus.models import ParsedDocument


def chat(understood: Understood) -> Answer:
    """Return the reply to what asks nothing of the documents; what is to be made up is refused."""
    if understood.chat == "creation":
        return refuse(understood.asked, understood.asked, (understood.asked,), (), understood.documents)
    if understood.chat == "help":
        return _help(understood.asked, understood.documents)
    return _greeting(understood.asked)


def _greeting(question: str) -> Answer:
    """Return the short reply to a greeting."""
    text = "您好！我可以回答已收录政策文件中的问题，并给出条款或表格出处。请直接输入问题。"
    return Answer(question, question, AnswerKind.CHAT, text)


def _help(question: str, documents: Sequence[ParsedDocument]) -> Answer:
    """Return what can be asked, with the documents at hand."""
    titles = "、".join(f"《{document.info.title}》" for document in documents[:3])
    text = (
        "我根据已收录的文件回答问题，每个事实都注明出处；文件没有写的，我会说明缺什么。"
        f"目前收录{len(documents)}个文件：{titles}{'等' if len(documents) > 3 else ''}。"
        "可以问：某个项目由谁牵头、投资多少、何时建设，某项指标的目标值，某项工作怎么做。"
    )
    return Answer(question, question, AnswerKind.CHAT, text)
