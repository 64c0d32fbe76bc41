"""Nothing in, the environment out under which no library reaches for another host.

Example: ``go_offline()`` 之后导入的库不上报、不下载。
"""

from __future__ import annotations

import os

QUIET = {
    "ANONYMIZED_TELEMETRY": "False",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "LANGSMITH_TRACING": "false",
    "DO_NOT_TRACK": "1",
}


def go_offline() -> None:
    """Set what libraries read when they are first imported: nothing may leave the host."""
    os.environ.update(QUIET)
