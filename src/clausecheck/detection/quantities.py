"""Delays and durations, in digits and in words, French and English.

All durations are converted to hours: a day is 24, a week 168, a month 730, a year 8,760. «Ouvré» and «ouvrable» are kept as a flag,
since a working delay is not a calendar one (rule R06).
"""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from clausecheck.document.normalized import words
from clausecheck.errors import CatalogueError

HOURS = {
    "minute": 1 / 60,
    "heure": 1.0,
    "jour": 24.0,
    "semaine": 168.0,
    "mois": 730.0,
    "trimestre": 2190.0,
    "semestre": 4380.0,
    "an": 8760.0,
}

_UNITS = (
    ("minute", r"minutes?|mn|min"),
    ("heure", r"heures?|h|hours?|hrs?"),
    ("jour", r"jours?|journees?|j|days?"),
    ("semaine", r"semaines?|weeks?"),
    ("mois", r"mois|months?"),
    ("trimestre", r"trimestres?|quarters?"),
    ("semestre", r"semestres?"),
    ("an", r"ans?|annees?|years?"),
)
_SMALL = [
    *("zero", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    *("onze", "douze", "treize", "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf", "vingt"),
]
_TENS = {"vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "quatre-vingts": 80, "cent": 100}
_ENGLISH_SMALL = [
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
    *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
]
_ENGLISH_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


@cache
def _numbers() -> dict[str, int]:
    """Words (hyphens as spaces) → value, from 0 to 199 in French, from 1 to 99 and the usual hundreds in English."""
    table = {word: i for i, word in enumerate(_SMALL)}
    table["une"] = 1
    for tens, value in _TENS.items():
        table[tens] = value
        upto = 20 if value in {60, 80} else 10
        for unit in range(1, upto):
            small = _SMALL[unit] if unit < 20 else ""
            table[f"{tens.removesuffix('s') if value == 80 else tens}-{small}"] = value + unit
            if unit in {1, 11} and value < 80:
                table[f"{tens}-et-{small}"] = value + unit
                if unit == 1:
                    table[f"{tens}-et-une"] = value + unit
    table["cent-vingt"] = 120
    table["cent-quatre-vingts"] = 180
    table.update(_english())
    return {word.replace("-", " "): value for word, value in table.items()}


def _english() -> dict[str, int]:
    table = {word: i for i, word in enumerate(_ENGLISH_SMALL, 1)}
    for tens, word in enumerate(_ENGLISH_TENS, 2):
        table[word] = 10 * tens
        table.update({f"{word}-{unit}": 10 * tens + i for i, unit in enumerate(_ENGLISH_SMALL[:9], 1)})
    return table | {"one hundred": 100, "one hundred twenty": 120, "one hundred eighty": 180}


@cache
def _pattern() -> re.Pattern[str]:
    spelled = "|".join(sorted(_numbers(), key=len, reverse=True))
    units = "|".join(f"(?P<{name}>{regex})" for name, regex in _UNITS)
    return re.compile(
        rf"(?<![\w.,])(?:(?P<words>{spelled})\s+(?:(?P<both>\d+)\s+)?|(?P<digits>\d{{1,4}})\s*)"
        rf"(?:calendar\s+)?(?:{units})\b(?!\s+(?:article|alinea))(?P<working>\s+(?:ouvre\w*|ouvrable\w*|working|business))?"
        rf"|(?P<business>\b(?P<bn>\d+|\w+)\s+(?:business|working)\s+(?P<bunit>hours?|days?)\b)"
        rf"|(?P<huitaine>\bhuitaine\b)|(?P<quinzaine>\bquinzaine\b)|\bj (?P<jplus>\d+)\b|(?P<jour_meme>\b(?:jour meme|lendemain)\b)"
    )


@dataclass(frozen=True, slots=True)
class Duration:
    """``hours`` in calendar hours; ``start``/``end``: offsets in the text given; ``working``: said in working hours or days."""

    hours: float
    start: int
    end: int
    working: bool = False


def durations(text: str) -> list[Duration]:
    """Find the durations of ``text``, in reading order, offsets in ``text``."""
    tokens = words(text, keep_all=True)
    starts: list[int] = []
    folded = ""
    for word, _, _ in tokens:
        starts.append(len(folded))
        folded += word + " "
    found = []
    for match in _pattern().finditer(folded):
        first = max(i for i, s in enumerate(starts) if s <= match.start())
        last = max(i for i, s in enumerate(starts) if s < match.end())
        hours = _hours(match)
        if hours is not None:
            working = match.group("working") is not None or match.group("business") is not None
            found.append(Duration(hours, tokens[first][1], tokens[last][2], working))
    return found


def _hours(match: re.Match[str]) -> float | None:
    if match.group("huitaine"):
        return 8 * 24.0
    if match.group("quinzaine"):
        return 15 * 24.0
    if match.group("jplus"):
        return int(match.group("jplus")) * 24.0
    if match.group("jour_meme"):
        return 24.0
    if match.group("business"):
        count = match.group("bn")
        value = int(count) if count.isdigit() else _numbers().get(count)
        return None if value is None else value * (1.0 if match.group("bunit").startswith("hour") else 24.0)
    number = match.group("both") or match.group("digits")
    value = int(number) if number else _numbers()[match.group("words")]
    unit = next(name for name, _ in _UNITS if match.group(name))
    return value * HOURS[unit]


DelayTest = Callable[[Duration | None], bool]
_OPERATORS: dict[str, Callable[[float, float], bool]] = {"<=": operator.le, "<": operator.lt, ">=": operator.ge, ">": operator.gt}


@cache
def delay_test(condition: str) -> DelayTest:
    """Compile a condition of the catalogue («présent», «absent», «ouvré», «<= 48 heures», «> 12 mois»). Raises CatalogueError."""
    condition = condition.strip()
    if condition == "présent":
        return lambda d: d is not None
    if condition == "absent":
        return lambda d: d is None
    if condition == "ouvré":
        return lambda d: d is not None and d.working
    for symbol, compare in _OPERATORS.items():
        if condition.startswith(symbol):
            limit = durations(condition.removeprefix(symbol))
            if len(limit) == 1:
                hours = limit[0].hours
                return lambda d: d is not None and compare(round(d.hours, 3), round(hours, 3))
    raise CatalogueError(f"délai «{condition}» : écrivez «présent», «absent», «ouvré» ou une borne comme «<= 48 heures».")
