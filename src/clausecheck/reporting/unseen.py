"""Characters that no reader sees, written out: a contract could use them to show other words than it holds."""

import re

_PDF_HYPHEN = re.compile("\x02 ?")
"""How pdfium writes the hyphen at the end of a printed line."""
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"  # illegal in XML, or without a shape
    "\u061c\u200b\u200e\u200f\u2028-\u202e\u2060\u2066-\u2069\ufeff\U000e0000-\U000e007f]"  # turn the words around them, or hide some
)


def visible(text: str) -> str:
    """Return ``text`` with bidirectional and zero-width marks, controls and what no XML can hold written out: «⟨U+202E⟩»."""
    return _UNSEEN.sub(lambda found: f"⟨U+{ord(found.group()):04X}⟩", _PDF_HYPHEN.sub("-", text))
