"""Names of the files that a run writes, by version: who looks for a report does not load what makes it."""

from clausecheck.vocabulary import Diffusion

JSON_REPORT = "rapport.json"
HTML_REPORT = "rapport.html"


def versioned(filename: str, diffusion: Diffusion) -> str:
    """Return «rapport.json», or «rapport-communicable.json»."""
    stem, _, suffix = filename.partition(".")
    return f"{stem}-communicable.{suffix}" if diffusion is Diffusion.COMMUNICABLE else filename
