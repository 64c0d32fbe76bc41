"""Errors of the evals room, each with a Chinese message that says which file, line and field to mend.

Example: “题库 plan.jsonl 第 3 行：字段 expected.phrase 不认识。”

EvalsError
├── QuestionsInvalid   a question file cannot be read or a row breaks the schema
├── EvidenceUnknown    a gold quote, clause or table cell is not in the corpus
├── SheetUnreadable    a spreadsheet is not one, is too large, or may not be read
├── OutputUnwritable   a report, a baseline, a template, a set or an export cannot be written where it should be
├── DocumentUnknown    questions are to be proposed from a document that is not there
├── BaselineInvalid    the committed scores cannot be read
├── DataUnknown        a folder holds no public set that is known
├── PlaceUnusable      the indexes of public sets cannot be kept where they should be
└── JudgeUnset         a language model is to judge, and none is set, or not rightly
"""

from __future__ import annotations


class EvalsError(Exception):
    """Base of what can go wrong while answers are scored; ``str(error)`` is fit for the user's screen."""


class QuestionsInvalid(EvalsError):
    """A question file cannot be read or a row breaks the schema."""


class EvidenceUnknown(EvalsError):
    """A gold quote, clause or table cell is not in the corpus."""


class SheetUnreadable(EvalsError):
    """A spreadsheet is not one, is too large, or may not be read."""


class OutputUnwritable(EvalsError):
    """A report, a baseline, a template, a generated set or an export cannot be written where it should be."""


class DocumentUnknown(EvalsError):
    """Questions are to be proposed from a document that is not there."""


class BaselineInvalid(EvalsError):
    """The committed scores cannot be read."""


class DataUnknown(EvalsError):
    """A folder holds no public set that is known."""


class PlaceUnusable(EvalsError):
    """The folder where indexes of public sets are kept cannot be written."""


class JudgeUnset(EvalsError):
    """A language model is to give its opinion, and no model is set, or a setting of it is wrong."""
