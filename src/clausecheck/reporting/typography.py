"""French typography for what users read: narrow no-break spaces, guillemets, plurals."""

import re

NNBSP = "\u202f"


def french(text: str) -> str:
    """Set the narrow no-break spaces of ``text`` before ; : ! ? % » and after «, and its apostrophes."""
    text = re.sub(r"[ \u00a0\u202f]*([;!?%»])(?!\w)", rf"{NNBSP}\1", text)
    text = re.sub(r"[ \u00a0\u202f]+:(?=\s|$)", f"{NNBSP}:", text)
    text = re.sub(r"«[ \u00a0\u202f]*", f"«{NNBSP}", text)
    return re.sub(r"(?<=\w)'(?=\w)", "’", text)


def plural(count: int, singular: str, several: str | None = None) -> str:
    """Return «0 clause», «1 clause», «2 clauses»."""
    word = singular if count < 2 else (several or f"{singular}s")
    return f"{count}{NNBSP}{word}"
