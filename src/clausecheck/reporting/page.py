"""What every HTML page of clausecheck shares: its style inline, and a content policy that lets in nothing but its own words."""

import base64
import hashlib

from clausecheck.reporting.templating import asset, fill


def page(template: str, sheet: str = "rapport.css", /, *, script: str | None = None, **values: object) -> str:
    """Render ``template`` with the palette, its style ``sheet`` and script inline; their hashes are all that its content policy admits."""
    from markupsafe import Markup

    style, code = asset("couleurs.css") + asset(sheet), asset(script) if script else ""
    policy = f"default-src 'none'; style-src {_hash(style)}; base-uri 'none'; form-action 'none'"
    policy += f"; script-src {_hash(code)}" if code else ""
    marked = {"style": Markup(style), "script": Markup(code)}  # noqa: S704  (files of the package, not of the dossier)
    return fill(template, **marked, policy=policy, **values)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
