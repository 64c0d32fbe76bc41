"""Errors of the assistant room, each with a Chinese message fit for the user's screen.

Example: “请输入问题。”

AssistantError
├── QuestionInvalid    empty, too long, or made of control characters
├── BatchInvalid       a batch file cannot be read or written
├── SettingsInvalid    an unknown or malformed setting
├── CitationStale      a citation does not fit the loaded documents
├── ConversationMissing       a conversation, turn or note is not there, or another user's
├── ConversationsUnavailable  the database of the conversations cannot be used
└── PortBusy           the chosen port is in use
"""

from __future__ import annotations


class AssistantError(Exception):
    """Base of what can go wrong while answering; ``str(error)`` is fit for the user's screen."""


class QuestionInvalid(AssistantError):
    """The question is empty, too long, or holds nothing that can be read."""


class BatchInvalid(AssistantError):
    """A batch file cannot be read or written."""


class SettingsInvalid(AssistantError):
    """A setting is unknown or malformed."""


class PortBusy(AssistantError):
    """The chosen port is in use by another program."""


class CitationStale(AssistantError):
    """A citation does not fit the documents that are loaded now."""


class ConversationMissing(AssistantError):
    """There is no such conversation, turn or note of that user."""


class ConversationsUnavailable(AssistantError):
    """The database of the conversations cannot be used."""
