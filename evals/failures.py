"""What a defect raises while one question is answered: such a question is wrong, and the run goes on.

Example: a ``KeyError`` in one answer is an “error” row of the report, not the end of it.
"""

from __future__ import annotations

from assistant.errors import AssistantError
from corpus.errors import CorpusError
from index.errors import IndexRoomError

_DEFECTS = (AssistantError, CorpusError, IndexRoomError, LookupError, ValueError, TypeError, AttributeError)
FAILURES = (*_DEFECTS, ArithmeticError, AssertionError, OSError, RuntimeError)
"""The errors that make one answer wrong; any other ends the run."""
