"""What every HTML page of clausecheck shares: its style inline, and a content policy that lets in nothing but its own words."""

import base64
import hashlib
from typing import IO

from clausecheck.reporting.templating import asset, fill, pour


def page(template: str, sheet: str = "rapport.css", /, *, script: str | None = None, **values: object) -> str:
    """Render ``template`` with the palette, its style ``sheet`` and script inline; their hashes are all that its content policy admits."""
    return fill(template, **_inline(sheet, script), **values)


def write_page(stream: IO[bytes], template: str, sheet: str, /, *, script: str | None = None, **values: object) -> None:
    """Write the same to ``stream``, a part in memory at a time."""
    pour(stream, template, **_inline(sheet, script), **values)


def _inline(sheet: str, script: str | None) -> dict[str, object]:
    from markupsafe import Markup

    style, code = asset("couleurs.css") + asset(sheet), asset(script) if script else ""
    policy = f"default-src 'none'; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    policy += f"; script-src {_hash(code)}" if code else ""
    return {"style": Markup(style), "script": Markup(code), "policy": policy}  # noqa: S704  (files of the package, not of the dossier)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
