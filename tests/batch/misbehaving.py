"""Tasks that do what bad files do to a worker; they are imported by the worker's own process."""

import os
import re
import signal
import time
from typing import NoReturn

from clausecheck.batch.limits import time_limit


def work(what: str, seconds: float) -> str:
    """Do as told, under the time limit of every task."""
    with time_limit(seconds):
        return _ACTIONS.get(what, str)(what)


def _hang(what: str) -> str:
    while True:
        time.sleep(0.1)


def _hold(what: str) -> str:
    """Never give Python its hand back: a regular expression that explodes."""
    return str(re.fullmatch(r"(a+)+b", "a" * 60))


def _die(what: str) -> NoReturn:
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    raise AssertionError(what)


def _swallow(what: str) -> str:
    return str(len(bytearray(64 << 30)))


def _fail(what: str) -> NoReturn:
    raise ValueError(what)


_ACTIONS = {"hang": _hang, "hold": _hold, "die": _die, "swallow": _swallow, "fail": _fail}
