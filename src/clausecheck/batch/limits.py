"""Bounds put on a worker process, and its end when what started it has gone. The only module with calls that one system lacks."""

import faulthandler
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from clausecheck import process

MEMORY_BYTES = 4 << 30
"""Private memory a worker may take: a file that wants more fails alone, and the machine stays usable."""

_ONE_AT_A_TIME = threading.Lock()
"""A process has one watchdog, and pdfium is not made for threads."""

_NOWHERE: list[IO[str]] = []


def set_up_worker() -> None:
    """Prepare a local worker: Ctrl-C is the parent's to handle, memory is bounded, and it does not outlive its parent."""
    process.set_up()
    with suppress(ValueError):  # not in the main thread: nothing to ignore there
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bound_memory()
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _bound_memory() -> None:
    try:
        import resource
    except ImportError:  # Windows: the system's own limit stays
        return
    with suppress(ValueError, OSError):
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        limit = MEMORY_BYTES if hard == resource.RLIM_INFINITY else min(hard, MEMORY_BYTES)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, hard))


def _end_with_parent() -> None:
    from multiprocessing import parent_process

    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End the process when the block lasts more than ``seconds``.

    A watchdog in C: it ends code that never gives Python its hand back (a regular expression, a damaged PDF), on every system.
    """
    with _ONE_AT_A_TIME:
        faulthandler.dump_traceback_later(seconds, exit=True, file=_nowhere())
        try:
            yield
        finally:
            faulthandler.cancel_dump_traceback_later()


def _nowhere() -> IO[str]:
    if not _NOWHERE:
        _NOWHERE.append(Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  (kept open for the process's life)
    return _NOWHERE[0]
