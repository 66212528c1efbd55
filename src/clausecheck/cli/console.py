"""Consoles: what a human reads goes to stderr when data goes to stdout."""

from functools import cache

from rich.console import Console


@cache
def err() -> Console:
    """Console for messages to the user."""
    return Console(stderr=True, soft_wrap=False, highlight=False)


@cache
def out() -> Console:
    """Console for results."""
    return Console(highlight=False)


def tell(message: str) -> None:
    """Say something to the user, in French typography."""
    from clausecheck.reporting.typography import french

    err().print(french(message), markup=False, soft_wrap=True)
