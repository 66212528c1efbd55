"""The Jinja templates of every form: everything printed is escaped, and its invisible characters shown."""

from functools import cache
from importlib.resources import files
from typing import IO, TYPE_CHECKING, Any

from clausecheck.reporting.typography import french
from clausecheck.reporting.unseen import visible

if TYPE_CHECKING:
    from jinja2 import Environment

_PARTS_AT_ONCE = 1000


def fill(template: str, **values: Any) -> str:
    """Return the template of that file name, filled in."""
    return _environment().get_template(template).render(**values)


def pour(stream: IO[bytes], template: str, **values: Any) -> None:
    """Write the template, filled in, as UTF-8: what it loops over is drawn as it is written."""
    filled = _environment().get_template(template).stream(**values)
    filled.enable_buffering(_PARTS_AT_ONCE)
    filled.dump(stream, encoding="utf-8")


def asset(name: str) -> str:
    """Return a file of the templates' folder."""
    return (files("clausecheck.reporting") / "templates" / name).read_text(encoding="utf-8")


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    loader = FunctionLoader(asset)
    made = Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_shown)
    made.filters["french"] = french
    made.tests["block"] = lambda block, name: type(block).__name__ == name
    return made


def _shown(value: object) -> object:
    return visible(value) if type(value) is str else value
