"""Question sets on few documents in, how many of each are answered and cited rightly out.

Command: ``python -m evals.training.ask_sets [--index DIR] [--learned]``: the sets that nothing was learned from, or the
others.

Example: “town-15 可答 59/100，所引 63/100；应拒 50，未拒 8”.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from evals.answerers import AssistantAnswerer
from evals.judge import Verdict
from evals.run import ask_with_bar, run_eval
from evals.summary import RunStamp
from evals.training.few_examples import HELD, LEARNED, open_sets


def main(argv: Sequence[str] | None = None) -> int:
    """Ask every question of the sets and print one line a set and one for all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--index", type=Path, help="folder where the sets' indexes are kept")
    parser.add_argument("--learned", action="store_true", help="the sets that are learned from")
    arguments = parser.parse_args(argv)
    every: list[Verdict] = []
    for one in open_sets(LEARNED if arguments.learned else HELD, arguments.index):
        documents = one.assistant.documents
        run = run_eval(AssistantAnswerer(one.assistant), one.cases, documents, RunStamp(one.name), ask_with_bar)
        print(_line(one.name, run.verdicts), flush=True)
        every += run.verdicts
    print(_line("合计", every))
    return 0


def _line(name: str, verdicts: Sequence[Verdict]) -> str:
    asked = [one for one in verdicts if not one.case.must_refuse]
    refused = [one for one in verdicts if one.case.must_refuse]
    answers, cited = sum(one.answer_right for one in asked), sum(one.citations_right for one in asked)
    told = sum(not one.answer_right for one in refused)
    return f"{name} 可答 {answers}/{len(asked)}，所引 {cited}/{len(asked)}；应拒 {len(refused)}，未拒 {told}"


if __name__ == "__main__":
    sys.exit(main())
