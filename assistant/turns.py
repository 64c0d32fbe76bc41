"""Askers in, each let through in the order of asking out: a few questions are answered at a time, none overtakes.

Example: eight ask at once → two are answered, the third begins when one of them is done.

Python runs one thread at a time. Were all answered at once, each would wait for the others at every step that lets go
of the interpreter (a query, a vector), and one hard question would take as long as all of them together.
"""

from __future__ import annotations

import threading
from collections import deque
from types import TracebackType

AT_ONCE = 2
"""One question can compute while another waits for a store or for its vector."""


class Turns:
    """Lets ``most`` threads through at a time, first come first served; used as a context manager."""

    def __init__(self, most: int = AT_ONCE) -> None:
        self._lock = threading.Lock()
        self._free = most
        self._waiting: deque[threading.Event] = deque()

    def __enter__(self) -> None:
        turn = threading.Event()
        with self._lock:
            if self._free:
                self._free -= 1
                return
            self._waiting.append(turn)
        try:
            turn.wait()
        except BaseException:
            self._leave(turn)
            raise

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._lock:
            self._pass_on()

    def _pass_on(self) -> None:
        # Handed over, not set free: a newcomer would take it before the one that waits longest wakes up.
        if self._waiting:
            self._waiting.popleft().set()
        else:
            self._free += 1

    def _leave(self, turn: threading.Event) -> None:
        """Give up a turn that was interrupted while it was waited for (Ctrl-C)."""
        with self._lock:
            if turn.is_set():
                self._pass_on()
            else:
                self._waiting.remove(turn)
