"""What an office calls the categories and kinds of questions: the words of the spreadsheet in, the schema's words out.

Example: “指标” is the category ``indicator``, “拒答” the kind ``refusal``.
"""

from __future__ import annotations

from assistant.models import AnswerKind
from evals.cases import SUPPORTED, Category

CATEGORY_NAMES = {
    Category.ATTRIBUTE: "项目属性",
    Category.INDICATOR: "指标",
    Category.AGGREGATE: "汇总",
    Category.RANKING: "排序",
    Category.LIST: "清单",
    Category.TEXT: "正文",
    Category.CONFLICT: "不一致",
    Category.ALIAS: "简称错字",
    Category.FOLLOWUP: "追问",
    Category.REFUSAL: "无依据",
    Category.PREMISE: "错误前提",
    Category.CHAT: "寒暄",
}
KIND_NAMES = {
    "回答": SUPPORTED,
    "拒答": (AnswerKind.REFUSAL,),
    "回答或拒答": (*SUPPORTED, AnswerKind.REFUSAL),
    "反问": (AnswerKind.CLARIFY,),
    "寒暄": (AnswerKind.CHAT,),
}
USUAL_KINDS = {
    Category.REFUSAL: (AnswerKind.REFUSAL,),
    Category.PREMISE: (AnswerKind.REFUSAL,),
    Category.CHAT: (AnswerKind.CHAT,),
}
"""The kinds that a question of a category expects where its row names none; a fact for every other category."""
YES, NO = "是", "否"
ALL, ANY = "全部", "任一"
