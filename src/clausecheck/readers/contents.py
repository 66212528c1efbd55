"""Shapes of the lines of tables of contents and of page numbers, shared by the readers."""

import re

_TITLE = re.compile(r"\W*(?:sommaire|table\s+des\s+mati[eè]res|table\s+of\s+contents|contents)\W*", re.IGNORECASE)
_LEADER = re.compile(r"(?:[.…_·]\s?){4,}\s*(?:page\s*)?\d{1,3}\s*$|…+\s*\d{1,3}\s*$", re.IGNORECASE)
_ENDS_WITH_PAGE = re.compile(r"\D\s*(\d{1,3})\s*$")
_PAGE_NUMBER = re.compile(r"(?:page|p\.)?\s*[-–—]?\s*\d{1,3}\s*(?:(?:/|sur|de|of|-)\s*\d{1,3})?\s*[-–—]?", re.IGNORECASE)


def is_contents_title(text: str) -> bool:
    """Tell whether ``text`` is «Sommaire», «Table des matières» or the like."""
    return bool(_TITLE.fullmatch(text.strip()))


def has_leader(text: str) -> bool:
    """Tell whether ``text`` ends with dots and a page number: «Objet ..... 4»."""
    return _ends_with_digit(text) and bool(_LEADER.search(text))


def _ends_with_digit(text: str) -> bool:
    """Tell at once that most lines end with no page number: the patterns that look for one try every place of the line."""
    return text.rstrip()[-1:].isdecimal()


def page_at_end(text: str) -> int | None:
    """Return the number that ends ``text``, None when there is none."""
    match = _ENDS_WITH_PAGE.search(text) if _ends_with_digit(text) else None
    return int(match[1]) if match else None


def is_page_number(text: str) -> bool:
    """Tell whether ``text`` is nothing but a page number: «7», «- 7 -», «Page 7 sur 38»."""
    return bool(_PAGE_NUMBER.fullmatch(text.strip()))
