"""Numbers as word processors print them: 4, iv, IV, d, D, 4e."""

from collections.abc import Callable

_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
_ROMAN_SMALL = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


def roman(value: int) -> str:
    """Return ``value`` (≥ 1) in small roman numerals; empty below 1."""
    digits = []
    for worth, letters in _ROMAN + _ROMAN_SMALL:
        count, value = divmod(max(value, 0), worth)
        digits.append(letters * count)
    return "".join(digits)


def letters(value: int) -> str:
    """Return ``value`` (≥ 1) as Word and LibreOffice print it: a…z, then aa, bb…"""
    if value < 1:
        return ""
    return chr(ord("a") + (value - 1) % 26) * ((value - 1) // 26 + 1)


def ordinal(value: int) -> str:
    """Return the French ordinal: 1er, 2e…"""
    return "1er" if value == 1 else f"{value}e"


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimal": str,
    "upperRoman": lambda value: roman(value).upper(),
    "lowerRoman": roman,
    "upperLetter": lambda value: letters(value).upper(),
    "lowerLetter": letters,
    "ordinal": ordinal,
    "decimalZero": lambda value: f"{value:02d}",
    "decimalEnclosedParen": lambda value: f"({value})",
    "decimalEnclosedFullstop": lambda value: f"{value}.",
    "numberInDash": lambda value: f"- {value} -",
    "none": lambda value: "",
}


def format_number(value: int, style: str) -> str:
    """Print ``value`` in the OOXML format ``style``; formats that French contracts never use fall back to decimal."""
    return _FORMATS.get(style, str)(value)
