"""A few questions are answered at a time, in the order in which they were asked."""

from __future__ import annotations

import threading
import time

import pytest

from assistant.turns import Turns

_LONG_S = 10.0


def _until(true) -> None:
    end = time.monotonic() + _LONG_S
    while not true():
        assert time.monotonic() < end
        time.sleep(0.001)


def test_no_more_than_the_allowed_number_are_inside_and_the_first_to_wait_is_the_first_to_enter() -> None:
    turns, entered, leave = Turns(1), [], {name: threading.Event() for name in "abcd"}

    def ask(name: str) -> None:
        with turns:
            entered.append(name)
            leave[name].wait(_LONG_S)

    threads = []
    for waiting, name in enumerate("abcd"):
        threads.append(threading.Thread(target=ask, args=(name,)))
        threads[-1].start()
        _until(lambda waiting=waiting: len(entered) + len(turns._waiting) == waiting + 1)
    for number, name in enumerate("abcd", 1):
        _until(lambda number=number: len(entered) == number)
        assert entered == list("abcd"[:number])
        leave[name].set()
    for thread in threads:
        thread.join(_LONG_S)
    assert entered == list("abcd")


def test_a_turn_is_given_back_after_an_error() -> None:
    turns = Turns(1)
    with pytest.raises(ValueError, match="boom"), turns:
        raise ValueError("boom")
    with turns:
        pass


def test_who_stops_waiting_leaves_its_place_to_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    turns = Turns(1)

    def interrupted(_: threading.Event, timeout: float | None = None) -> bool:
        raise KeyboardInterrupt

    with turns:
        monkeypatch.setattr(threading.Event, "wait", interrupted)
        with pytest.raises(KeyboardInterrupt), turns:
            pytest.fail("entered while another was inside")
        monkeypatch.undo()
    with turns:
        pass
