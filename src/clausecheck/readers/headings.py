"""Numbers and headings as contracts print them: «ARTICLE 12.3 – Titre», «4.2 Titre», «IV.2», «A.», «§ 5»."""

import re
from dataclasses import dataclass
from functools import lru_cache

MAX_TITLE = 160
"""Longest heading, in characters."""

_DASH = r"[-–—−:]"
_ROMAN = r"[IVX]{1,5}"
_PARTS = r"(?:[.\-]\d{1,3})*"
_WORDS = "1er|1ER|(?i:premier|unique|liminaire)"
_VALUE = rf"(?:\d{{1,3}}{_PARTS}|{_ROMAN}{_PARTS}|[A-Z](?:[.\-]?\d{{1,3}})*|{_WORDS})"
_KEYWORD = re.compile(
    rf"^(?P<word>(?i:article|art\.|titre|chapitre|section|partie|annexe|appendice|clause))"
    rf"(?:\s+|(?=\d))(?:(?i:n)\s?[°o]\s*)?(?P<number>{_VALUE})(?![\w’'])\.?\)?\s*(?:{_DASH}\s*)*"
)
_OPENING = re.compile(r"[\d§A-Z]|(?i:art|tit|cha|sec|par|ann|app|cla)")
"""How every number opens: most texts are told to have none by it alone."""

_SECTION_SIGN = re.compile(rf"^§\s*(?P<number>\d{{1,3}}(?:\.\d{{1,3}})*)\.?\s*(?:{_DASH}\s*)?")
_DOTTED = re.compile(rf"^(?P<number>\d{{1,3}}(?:[.\-]\d{{1,3}}){{1,5}})(?:[.)]|\s?[°])?(?:\s*{_DASH}\s*|\s+|(?=[A-ZÀ-Ý]))")
_SINGLE = re.compile(rf"^(?P<number>\d{{1,3}})(?:\s*[.)/](?!\d)\s*(?:{_DASH}\s*)?|\s*[°º]\s*|\s*[-–—:]\s+|\s+(?=[A-ZÀ-Ý«]))")
_ROMAN_NUMBER = re.compile(rf"^(?P<number>{_ROMAN}(?:[.\-]\d{{1,3}}){{0,4}})(?:\s*[.)/]\s*(?:{_DASH}\s*)?|\s*[-–—:]\s+|(?<=\d)\s+)")
_LETTER = re.compile(rf"^(?P<number>[A-Z](?:[.\-]?\d{{1,3}}){{0,4}})(?:\s*[.)/]\s+(?:{_DASH}\s*)?|\s*[-–—]\s+|(?<=\d)\s+)")
_MARKER = re.compile(
    r"^(?:[-–—−•▪■□◼◦●○►▶➢➤✓✔➔→⇒❖♦*·‣⁃]+\s*|o\s+(?=\S)|[a-z]\s?[.)]\s+"
    r"|[ivx]{1,5}\s?[.)]\s+|\([a-z0-9]{1,3}\)\s+|\d{1,2}\s?[°)]\s*|☐\s*|☒\s*)"
)
_UNIT = r"jours?|mois|ans?|années?|heures?|minutes?|semaines?|euros?|exemplaires?|fois"
_MONTH_OR_UNIT = re.compile(
    r"^(?:janvier|février|fevrier|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre|decembre|"
    rf"{_UNIT}|€|%|et|ou|à|du|de|des|km|m2|m²)\b",
    re.IGNORECASE,
)
_IN_FIGURES = re.compile(rf"\(\d{{1,3}}\)\s+(?:{_UNIT})\b", re.IGNORECASE)
"""«(3) mois»: the figures of «trois (3) mois», cut from their words by the end of a line."""

_ADDRESS = re.compile(
    r"^(?:bis |ter )?(?:rue|avenue|av\.?|allées?|place|route|boulevard|bd|chemin|impasse|cours|quai|square|zone)\b",
    re.IGNORECASE,
)
_BASE_LEVEL = {"section": 2}


@dataclass(frozen=True, slots=True)
class Numbered:
    """A number that opens a text: ``number`` as printed, without trailing punctuation, ``level`` from 1, ``title``."""

    number: str
    level: int
    title: str
    keyword: bool = False


@lru_cache(maxsize=4096)
def parse_number(text: str) -> Numbered | None:
    """Read the number that opens ``text``: «ARTICLE 12.3 – Titre» → («12.3», 2, «Titre»); None when there is none."""
    text = text.strip()
    if not _OPENING.match(text):
        return None
    if match := _KEYWORD.match(text):
        return _keyword_number(match, text)
    for pattern in (_SECTION_SIGN, _DOTTED, _SINGLE, _ROMAN_NUMBER, _LETTER):
        match = pattern.match(text)
        if match and not _is_quantity(match.group(), text[match.end() :]):
            number = match["number"]
            return Numbered(number, _depth(number, letter=pattern is _LETTER), text[match.end() :].strip())
    return None


def _is_quantity(head: str, rest: str) -> bool:
    """«12 mois», «18 avenue»: a number that counts or locates, not a heading's."""
    bare = head.strip().isdigit()
    return bool(_MONTH_OR_UNIT.match(rest)) or (bare and (bool(_ADDRESS.match(rest)) or len(head.strip()) > 2))


def _keyword_number(match: re.Match[str], text: str) -> Numbered:
    number = match["number"]
    level = _BASE_LEVEL.get(match["word"].lower(), 1) + len(re.split(r"[.\-]", number)) - 1
    return Numbered(number, level, text[match.end() :].strip(), keyword=True)


def _depth(number: str, *, letter: bool) -> int:
    return len([part for part in re.split(r"[.\-]", number) if part]) + int(letter)


def list_marker(text: str) -> str | None:
    """Return the list marker that opens ``text`` («- », «a) », «1° », «• »), None when there is none."""
    match = _MARKER.match(text)
    return match.group() if match and match.end() < len(text) and not _IN_FIGURES.match(text) else None


def marker_number(marker: str) -> str | None:
    """Return the number inside a list marker: «a) » → «a», «1° » → «1», «- » → None."""
    core = re.sub(r"[^0-9a-z]", "", marker)
    return core if core and marker.strip() != "o" else None


def heading_number(text: str) -> str | None:
    """Return the number that opens a heading, small letters included: «b. Restrictions» → «b»."""
    if marker := list_marker(text):
        return marker_number(marker)
    numbered = parse_number(text)
    return numbered.number if numbered else None


def is_capitals(text: str) -> bool:
    """Tell whether every letter is a capital, with at least four letters."""
    return not any(map(str.islower, text)) and sum(map(str.isalpha, text)) >= 4


def is_title_shaped(text: str) -> bool:
    """Tell whether ``text`` may be a title: short, not cut, not ended like a sentence."""
    text = text.strip()
    return bool(text) and len(text) <= MAX_TITLE and not text.endswith((".", ";", ",", "…"))


def guess_heading(text: str) -> Numbered | None:
    """Recognise a heading in text without fonts: «Article n», a numbered short title, or short capitals."""
    text = text.strip()
    numbered = parse_number(text)
    if numbered and _plausible(numbered):
        return numbered
    if numbered is None and len(text) <= 80 and is_capitals(text) and is_title_shaped(text) and not list_marker(text):
        return Numbered("", 1, text)
    return None


def _plausible(numbered: Numbered) -> bool:
    title = numbered.title
    if not title:
        return numbered.keyword
    if not is_title_shaped(title) or (title.endswith(":") and len(title) > 90):
        return False
    if numbered.keyword:
        return len(title) <= MAX_TITLE and not title[0].islower()
    return title[0].isupper() and len(title) <= 110
