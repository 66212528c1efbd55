"""Numbers as word processors print them: 4, iv, IV, d, D, 4e."""

import re
from collections.abc import Callable

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def _roman(value: int) -> str:
    """Return ``value`` (≥ 1) in small roman numerals; empty below 1."""
    digits = []
    for worth, letters in _ROMAN + _ROMAN_SMALL:
        count, value = divmod(max(value, 0), worth)
        digits.append(letters * count)
    return "".join(digits)


def _letters(value: int) -> str:
    """Return ``value`` (≥ 1) as Word and LibreOffice print it: a to z, then aa, bb and so on; empty below 1."""
    if value < 1:
        return ""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def _ordinal(value: int) -> str:
    """Return the French ordinal: 1er, then 2e, 3e and so on."""
    return "1er" if value == 1 else f"{value}e"


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "upperRoman": lambda value: _roman(value).upper(),
    "lowerRoman": _roman,
    "upperLetter": lambda value: _letters(value).upper(),
    "lowerLetter": _letters,
    "ordinal": _ordinal,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalEnclosedParen": lambda value: f"({value})",
    "decimalEnclosedFullstop": lambda value: f"{value}.",
    "numberInDash": lambda value: f"- {value} -",
    "none": lambda _value: "",
}


def format_number(value: int, style: str) -> str:
    """Print ``value`` in the OOXML format ``style``; formats that French contracts never use fall back to decimal."""
    return _FORMATS.get(style, str)(value)


def bare_number(pattern: str, placeholder: re.Pattern[str], fill: Callable[[str], str]) -> str | None:
    """Return the number that a list prints with ``pattern``, without what stands around it: «Article %1 –» → «4».

    ``placeholder`` finds the counters in ``pattern``; ``fill`` prints them. None when the pattern shows no number.
    """
    places = list(placeholder.finditer(pattern))
    core = pattern[places[0].start() : places[-1].end()] if places else ""
    return "".join(fill(core).split()).strip(".)(-") or None


def spaced(printed: str, suffix: str) -> str:
    """Return a printed number and the space that follows it, one only."""
    return printed.rstrip() + suffix if suffix else printed


RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Turns digits into their raised forms: the call of a footnote, an exponent."""
