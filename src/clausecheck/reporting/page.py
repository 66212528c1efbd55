"""What every HTML page of clausecheck shares: templates, escaping, and a content policy that lets in nothing but its own words."""

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from clausecheck.reporting.typography import french

if TYPE_CHECKING:
    from jinja2 import Environment

_PDF_HYPHEN = "\x02"
"""How pdfium writes the hyphen at the end of a line."""
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def visible(text: str) -> str:
    """Show the characters that a contract could use to display other words than it holds (bidirectional and zero-width marks, controls)."""
    return _UNSEEN.sub(lambda found: f"⟨U+{ord(found.group()):04X}⟩", text.replace(_PDF_HYPHEN, "-"))


def page(template: str, sheet: str = "rapport.css", /, *, script: str | None = None, **values: object) -> str:
    """Render ``template`` with the palette, its style ``sheet`` and script inline; their hashes are all that its content policy admits."""
    from markupsafe import Markup

    style, code = asset("couleurs.css") + asset(sheet), asset(script) if script else ""
    policy = f"default-src 'none'; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    policy += f"; script-src {_hash(code)}" if code else ""
    marked = {"style": Markup(style), "script": Markup(code)}  # noqa: S704  (files of the package, not of the dossier)
    return environment().get_template(template).render(**marked, policy=policy, **values)


def asset(name: str) -> str:
    """Return a file of the templates' folder."""
    return (files("clausecheck.reporting") / "templates" / name).read_text(encoding="utf-8")


@cache
def environment() -> "Environment":
    """Everything printed is escaped, and its invisible characters shown."""
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    made = Environment(
        loader=FunctionLoader(asset), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, finalize=_shown
    )
    made.filters["french"] = french
    return made


def _shown(value: object) -> object:
    return visible(value) if type(value) is str else value


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
