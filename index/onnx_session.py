"""Opens ONNX graphs: the path of one in, a session of onnxruntime out.

Example: ``open_session(Path("model.onnx")).run(["mean"], {"input_ids": numbers})``.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any


def open_session(path: Path, threads: int = 1) -> Any:
    """Return a session on ``threads`` that never spin; the graph is run as written, which costs no time at loading.

    Raises:
        ValueError: the file is missing or damaged.
    """
    import onnxruntime

    onnxruntime.disable_telemetry_events()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.inter_op_num_threads = 1
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3
    state = onnxruntime.capi.onnxruntime_pybind11_state
    # Its errors share no base but Exception.
    names = ["Fail", "InvalidArgument", "InvalidGraph", "InvalidProtobuf", "NoSuchFile", "NotImplemented"]
    names.append("RuntimeException")
    errors = tuple(getattr(state, name) for name in names)
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except errors as error:
        raise ValueError(str(error)) from error


def processors() -> int:
    """Return how many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
