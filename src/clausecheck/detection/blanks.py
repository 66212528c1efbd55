"""Fields left to fill: brackets, dotted lines, placeholders, unticked boxes (rule R04)."""

import re
from functools import lru_cache

_BLANK = re.compile(
    r"\[[^\]\n]{0,80}?(?:compl[ée]ter|pr[ée]ciser|d[ée]finir|indiquer|ins[ée]rer|renseigner|pr[ée]voir|choisir|…|\.\.\.|●|•|x{2,}|_{2,})[^\]\n]{0,80}\]"
    r"|\[[^\]\n]{0,60}(?:annexer|lister|liste)[^\]\n]{0,60}\]|\.{4,}\s*€|\[\s*\]|…{2,}|\.{5,}|(?:…\s*){2,}|(?:\.\s){4,}|_{3,}|\bX{3,}\b|\{\{[^}]*\}\}|<[^<>\n]{0,40}(?:compléter|préciser)[^<>\n]{0,40}>"
    r"|(?:…|\.{3})\s*(?:€|%|euros?|heures?|jours?|mois)|:\s*(?:…|\.{3})\s*$"
    r"|\((?:à|a) (?:compléter|completer|préciser|preciser|définir|renseigner)[^)]{0,60}\)"
    r"|[:|]\s*(?:à|a) (?:compléter|completer|préciser|preciser|définir|definir|renseigner|déterminer)\b",
    re.IGNORECASE,
)
_UNTICKED = re.compile(r"^\s*(?:[-–•]\s*)?[☐□❏]")


@lru_cache(maxsize=4096)
def blanks(text: str) -> tuple[tuple[int, int], ...]:
    """Return the spans of the fields that nobody filled; all of ``text`` where it is an option that nobody ticked."""
    if _UNTICKED.match(text):
        return ((0, len(text)),)
    return tuple(m.span() for m in _BLANK.finditer(text))
