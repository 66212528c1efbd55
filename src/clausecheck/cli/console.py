"""Consoles: what a human reads goes to stderr when data goes to stdout; UTF-8 whatever the console's code page."""

import sys
from functools import cache

from rich.console import Console


def use_utf8() -> None:
    """Make stdout and stderr write UTF-8; on a console that cannot show a character, replace it rather than crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


@cache
def err() -> Console:
    """Console for messages to the user."""
    return Console(stderr=True, soft_wrap=False, highlight=False)


@cache
def out() -> Console:
    """Console for results."""
    return Console(highlight=False)
