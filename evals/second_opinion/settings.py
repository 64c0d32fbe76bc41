"""``POLICY_JUDGE_…`` of the environment in, the settings of the judging model out; nothing set: nothing is sent.

Example: ``POLICY_JUDGE_URL=http://10.0.0.8:8000/v1 POLICY_JUDGE_MODEL=qwen policy-assistant eval --judge``
"""

from __future__ import annotations

import os

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.settings import JUDGE_PREFIX
from evals.errors import JudgeUnset

_HOW = "请设置 POLICY_JUDGE_URL（OpenAI 兼容接口的地址，如 http://127.0.0.1:8000/v1）和 POLICY_JUDGE_MODEL（模型名称）"


class JudgeSettings(BaseSettings):
    """Which model judges, and how long it is waited for."""

    model_config = SettingsConfigDict(env_prefix=JUDGE_PREFIX, extra="forbid", frozen=True)

    url: str = Field(default="", description="address of an OpenAI-compatible server, with its /v1")
    model: str = Field(default="", description="name of the model at that server")
    key: SecretStr = Field(default=SecretStr(""), description="key of the server; empty where it asks for none")
    timeout: float = Field(default=60, gt=0, le=3600, description="seconds to wait for one reply")
    parallel: int = Field(default=4, ge=1, le=64, description="questions asked at the same time")

    @field_validator("url")
    @classmethod
    def _is_address(cls, url: str) -> str:
        if url and not url.startswith(("http://", "https://")):
            raise ValueError("应以 http:// 或 https:// 开头")
        return url


def load_judge_settings() -> JudgeSettings:
    """Return the settings of the judging model.

    Raises:
        JudgeUnset: No model is named, a value is malformed, or a key ``POLICY_JUDGE_…`` is not known.
    """
    known = {JUDGE_PREFIX + name.upper() for name in JudgeSettings.model_fields}
    strangers = sorted(key for key in os.environ if key.upper().startswith(JUDGE_PREFIX) and key.upper() not in known)
    if strangers:
        raise JudgeUnset(f"未知的设置：{'、'.join(strangers)}。可用的设置有：{'、'.join(sorted(known))}。")
    try:
        settings = JudgeSettings()
    except ValidationError as error:
        wrong = "、".join(JUDGE_PREFIX + str(fault["loc"][0]).upper() for fault in error.errors())
        raise JudgeUnset(f"评判模型的设置有误：{wrong}。{_HOW}；等待秒数和并行数应为正数。") from error
    if not (settings.url and settings.model):
        raise JudgeUnset(f"--judge 需要一个评判模型，现在没有设置，没有向任何地方发送内容。{_HOW}。")
    return settings
