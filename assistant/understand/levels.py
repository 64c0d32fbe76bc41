"""A question and a text in, the levels of government that the question names and the text does not speak of out.

Example: 县级部门由谁负责, against 市级部门… → “县级”.
"""

from __future__ import annotations

import re

from corpus.models import Span

LEVEL = re.compile(r"(?<![城超全内])(?P<of>国家|自治区|省|市|州|盟|旗县?|县区?|旗?区县?|乡镇?|镇|村|部|厅)级(?!别)")


def other_levels(key: str, context: str) -> list[Span]:
    """Return where a folded question names a level that the folded ``context`` does not.

    A 国家重点实验室 is one of 国家级.
    """
    found = []
    for match in LEVEL.finditer(key):
        bare = match["of"] + key[match.end() : match.end() + 2]
        stands = match.group() in context or (len(match["of"]) > 1 and bare in context)
        found += [] if stands else [Span(*match.span())]
    return found
