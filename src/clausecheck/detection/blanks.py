"""Fields left to fill: brackets, dotted lines, placeholders, unticked boxes (rule R04)."""

import re

_BLANK = re.compile(
    r"\[[^\]\n]{0,80}?(?:compl[ée]ter|pr[ée]ciser|d[ée]finir|indiquer|ins[ée]rer|renseigner|pr[ée]voir|choisir|…|\.\.\.|●|•|x{2,}|_{2,})[^\]\n]{0,80}\]"
    r"|\[\s*\]|…{2,}|\.{5,}|(?:…\s*){2,}|(?:\.\s){4,}|_{3,}|\bX{3,}\b|\{\{[^}]*\}\}|<[^<>\n]{0,40}(?:compléter|préciser)[^<>\n]{0,40}>|:\s*…\s*$"
    r"|\((?:à|a) (?:compléter|completer|préciser|preciser|définir|renseigner)[^)]{0,60}\)",
    re.IGNORECASE,
)
_UNTICKED = re.compile(r"^\s*(?:[-–•]\s*)?[☐□❏]")


def has_blank(text: str) -> bool:
    """Tell whether ``text`` holds a field that nobody filled, or is an option that nobody ticked."""
    return _BLANK.search(text) is not None or _UNTICKED.match(text) is not None
