"""Environment and ``[tool.policy-assistant]`` in, one frozen ``Settings`` out; an unknown key is refused.

Example: ``POLICY_PORT=8080`` 改变网页端口。
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from pydantic import Field, SecretStr, ValidationError, ValidationInfo, field_validator
from pydantic_core import ErrorDetails, PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    PyprojectTomlConfigSettingsSource,
    SettingsConfigDict,
)

from assistant.errors import SettingsInvalid
from index.generations import MODELS_FOLDER
from index.remedy import DEFAULT_CORPUS, DEFAULT_STORE

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "POLICY_"
_HEADER = re.compile(r"[A-Za-z0-9-]{1,100}")
_SEPARATORS = re.compile(r"[,，、;；]")
JUDGE_PREFIX = PREFIX + "JUDGE_"
"""Settings of the model that gives a second opinion in the evals; they are read, and checked, there."""


class Settings(BaseSettings):
    """Every setting of the product; environment variables (prefix ``POLICY_``) win over the file."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        extra="forbid",
        frozen=True,
        pyproject_toml_table_header=("tool", "policy-assistant"),
    )

    corpus: Path = Field(default=DEFAULT_CORPUS, description="folder of policy documents")
    index: Path = Field(default=DEFAULT_STORE, description="folder of the built index")
    model: str = Field(default="default", description="embedding model: default, or a sentence-transformers folder")
    models: Path = Field(default=DEFAULT_STORE / MODELS_FOLDER, description="folder where prepared models are kept")
    chroma: str = Field(default="", description="http(s) address of a Chroma server; empty for the embedded store")
    database: SecretStr = Field(default=SecretStr(""), description="SQLAlchemy URL; empty for SQLite in the index")
    host: str = Field(default="127.0.0.1", description="address the chat listens on")
    port: int = Field(default=7860, ge=1, le=65535, description="port the chat listens on")
    conversations: Path = Field(default=ROOT / "conversations", description="folder where the chat's talks are kept")
    admin_password: SecretStr = Field(
        default=SecretStr(""), description="opens the review page; empty: a new one each start"
    )
    user_header: str = Field(
        default="", description="request header in which a trusted proxy names the signed-on user; empty: cookies"
    )
    admin_users: str = Field(default="", description="signed-on users who may review, separated by commas")
    max_question: int = Field(default=2000, ge=1, description="longest question, in characters")

    @property
    def admins(self) -> frozenset[str]:
        """Return the names in ``admin_users``."""
        return frozenset(name for one in _SEPARATORS.split(self.admin_users) if (name := one.strip()))

    @field_validator("user_header")
    @classmethod
    def _is_header(cls, name: str) -> str:
        if name and not _HEADER.fullmatch(name):
            raise PydanticCustomError("user_header", "应为请求头的名称，如 X-Forwarded-User")
        return name

    @field_validator("admin_users")
    @classmethod
    def _has_header(cls, names: str, known: ValidationInfo) -> str:
        # Names that nothing tells would look as if somebody could review by them.
        if names and not known.data.get("user_header"):
            raise PydanticCustomError("admin_users", "须同时设置 POLICY_USER_HEADER，否则无从得知用户是谁")
        return names

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  (pydantic passes it by name)
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments, then the environment, then ``pyproject.toml`` beside the packages."""
        file = PyprojectTomlConfigSettingsSource(settings_cls, ROOT / "pyproject.toml")
        return init_settings, env_settings, file


def load_settings(**overrides: object) -> Settings:
    """Return the settings, with the given values (None: not given) over environment and file.

    Raises:
        SettingsInvalid: A value is malformed, or a key (``POLICY_…`` included) is not known.
    """
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    own = [key for key in os.environ if key.startswith(PREFIX) and not key.startswith(JUDGE_PREFIX)]
    strangers = sorted(key for key in own if key.upper() not in known)
    if strangers:
        raise SettingsInvalid(f"未知的设置：{'、'.join(strangers)}。可用的设置有：{'、'.join(sorted(known))}。")
    try:
        return Settings(**{key: value for key, value in overrides.items() if value is not None})  # type: ignore[arg-type]
    except ValidationError as error:
        faults = "；".join(f"{'.'.join(map(str, fault['loc']))}（{_explain(fault)}）" for fault in error.errors())
        raise SettingsInvalid(f"设置有误：{faults}。") from error


def _explain(fault: ErrorDetails) -> str:
    limits = fault.get("ctx", {})
    known = {
        "int_parsing": "应为整数",
        "greater_than_equal": f"不能小于 {limits.get('ge')}",
        "less_than_equal": f"不能大于 {limits.get('le')}",
        "path_type": "应为路径",
        "string_type": "应为文字",
        "extra_forbidden": "没有这个设置",
    }
    return known.get(fault["type"], fault["msg"])
