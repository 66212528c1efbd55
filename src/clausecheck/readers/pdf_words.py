"""Characters and line ends of PDF text: ligatures, soft hyphens, words cut at the end of a line."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from clausecheck.readers.pdf_layout import HYPHEN_MARK

_FOLD = str.maketrans(
    {
        "ﬀ": "ff",
        "ﬁ": "fi",
        "ﬂ": "fl",
        "ﬃ": "ffi",
        "ﬄ": "ffl",
        "ﬅ": "st",
        "ﬆ": "st",
        "\u200b": None,
        "\ufeff": None,
        "\u2060": None,
        "\x02": HYPHEN_MARK,  # another mark of pdfium's for the same thing
    }
)
_SPECIAL = re.compile(f"[{''.join(map(chr, _FOLD))}\u00ad{HYPHEN_MARK}]")
_HYPHENS = ("-", "‐", "\u00ad", HYPHEN_MARK)
_CUT = re.compile(rf"([^\W\d_]+)[{''.join(_HYPHENS)}]$")
_FIRST_WORD = re.compile(r"^[^\W\d_]+")
_LAST_COMPOUND = re.compile(r"[\w’'-]+$")
_KEPT_BEFORE = frozenset(
    [
        *("celui", "celle", "ceux", "celles", "lui", "elle", "eux", "elles", "soi", "nous", "vous", "ci", "là", "tiers"),
        *("avant", "après", "arrière", "sous", "sus", "sans", "contre", "par", "au", "non", "plus", "moins", "vis", "haut", "bas"),
        *("quasi", "semi", "demi", "mi", "ex", "grand", "dit", "peut", "rendez", "procès", "savoir"),
    ]
)
_KEPT_AFTER = frozenset(["ci", "là", "même", "mêmes", "il", "elle", "ils", "elles", "on", "t", "il", "vous", "nous", "je"])
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def clean(text: str) -> str:
    """Expand ligatures, drop invisible characters and soft hyphens inside the line."""
    if not _SPECIAL.search(text):
        return text
    text = text.translate(_FOLD)
    body, last = text[:-1], text[-1:]
    return body.replace("\u00ad", "").replace(HYPHEN_MARK, "-") + last


class LineJoiner:
    """Joins the lines of one paragraph, knowing the words seen elsewhere in the document."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = texts

    @cached_property
    def _words(self) -> set[str]:
        """The words that no line end cuts; most documents cut none, and never ask."""
        return {word for text in self._texts for word in _WORD.findall(text.lower())[:-1]}

    def end(self, text: str, following: str | None) -> tuple[str, str]:
        """Return ``text`` as it should end, and what comes before ``following``: a space, or nothing in a cut word."""
        cut = _CUT.search(text) if text.endswith(_HYPHENS) else None
        if not cut:
            return text, " " if following else ""
        first = _FIRST_WORD.match(following or "")
        if not first or not following:
            return text[:-1] + "-", "" if following and following[0].isalnum() else " " if following else ""
        keep = self._keeps_hyphen(cut[1].lower(), first.group(), text)
        return text[:-1] + ("-" if keep else ""), ""

    def join(self, lines: Sequence[str]) -> str:
        """Return ``lines`` as one."""
        ends = [self.end(line, following) for line, following in zip(lines, [*lines[1:], None], strict=False)]
        return "".join(text + glue for text, glue in ends)

    def _keeps_hyphen(self, before: str, following: str, text: str) -> bool:
        after = following.lower()
        if text.endswith("\u00ad"):
            return False
        if f"{before}-{after}" in self._words or following[0].isupper():
            return True
        if before + after in self._words:
            return False
        compound = _LAST_COMPOUND.search(text[:-1])
        already = bool(compound and "-" in compound.group())
        return already or before in _KEPT_BEFORE or after in _KEPT_AFTER
