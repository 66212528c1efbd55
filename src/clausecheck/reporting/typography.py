"""French typography for what users read: narrow no-break spaces, guillemets, plurals."""

import re
from datetime import datetime
from functools import lru_cache

NNBSP = "\u202f"
NBSP = "\u00a0"
"""Between a number and what it counts, where a narrow space would join the two."""
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre")


@lru_cache(maxsize=8192)
def french(text: str) -> str:
    """Set the no-break spaces of ``text``, narrow before ; : ! ? % » and after «, plain after n°, and its apostrophes."""
    text = re.sub(r"[ \u00a0\u202f]*([;!?%»])(?!\w)", rf"{NNBSP}\1", text)
    text = re.sub(r"[ \u00a0\u202f]+:(?=\s|$)", f"{NNBSP}:", text)
    text = re.sub(r"\b([nN]°)[ \u00a0\u202f]*(?=\d)", rf"\1{NBSP}", text)
    text = re.sub(r"«[ \u00a0\u202f]*", f"«{NNBSP}", text)
    return re.sub(r"(?<=\w)'(?=\w)", "’", text)


def plural(count: int, singular: str, several: str | None = None) -> str:
    """Return «0 clause», «1 clause», «2 clauses»."""
    word = singular if count < 2 else (several or f"{singular}s")
    return f"{count}{NBSP}{word}"


def french_date(moment: datetime) -> str:
    """Return «24 novembre 2026 à 9 h 05»."""
    day = "1er" if moment.day == 1 else str(moment.day)
    return f"{day} {MONTHS[moment.month - 1]} {moment.year} à {moment.hour}{NBSP}h{NBSP}{moment.minute:02}"
