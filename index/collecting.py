"""Work that makes millions of records that stay in, the same work without searching them for garbage out.

Example: reading 4,932 tables takes a third of the time when no collection runs over the cells read so far.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Run the block without garbage collection; what it leaves behind is not searched later either."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if was_enabled:
            gc.enable()
