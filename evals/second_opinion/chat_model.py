"""The settings of the judging model in, whoever answers for it out: a LangChain chat model of an OpenAI server.

Example: ``open_chat_model(JudgeSettings(url="http://127.0.0.1:8000/v1", model="qwen"))``
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from evals.second_opinion.settings import JudgeSettings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_RETRIES = 2
"""How often a lost connection, a busy server (429) or a failing one (5xx) is tried again."""


def open_chat_model(settings: JudgeSettings) -> BaseChatModel:
    """Return the model, at temperature 0; nothing is sent yet.

    Only the address of ``settings`` is ever called: no redirect is followed, and no ``OPENAI_…`` of the environment
    gives another address or a key.
    """
    from langchain_openai import ChatOpenAI
    from openai import DefaultHttpxClient
    from pydantic import SecretStr

    return ChatOpenAI(
        base_url=settings.url,
        model=settings.model,
        api_key=settings.key if settings.key.get_secret_value() else SecretStr("none"),
        temperature=0,
        timeout=settings.timeout,
        max_retries=_RETRIES,
        http_client=DefaultHttpxClient(follow_redirects=False),
    )
