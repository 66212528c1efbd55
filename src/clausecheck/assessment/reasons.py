"""One reasoned, quotable French sentence for each finding: same facts, same words."""

from collections.abc import Sequence

from clausecheck.assessment.model import CriterionResult, WeakeningResult
from clausecheck.vocabulary import Status

NNBSP = "\u202f"


def reason(
    status: Status, criteria: Sequence[CriterionResult], weakenings: Sequence[WeakeningResult], instrument: str | None = None
) -> str:
    """Return the sentence that says why ``status``."""
    missing = [c.text for c in criteria if c.required and not c.met]
    by_reference = f" (par renvoi au {instrument})" if instrument else ""
    if status is Status.CONFORME:
        return f"Tous les éléments nécessaires sont stipulés{by_reference} et aucun motif d’affaiblissement n’a été relevé."
    if status is Status.ABSENTE:
        return "Aucune stipulation des pièces fournies ne traite ce point et aucun renvoi valable n’y supplée."
    if status is Status.CONTREDITE:
        return f"Une stipulation dit l’inverse de l’exigence{NNBSP}: {_list([w.text for w in weakenings])}."
    if status is Status.NON_CONCLUANT:
        return f"Une partie des pièces n’a pas pu être lue{NNBSP}: rien ne permet de conclure à la présence ou à l’absence."
    if status is Status.SANS_OBJET:
        return "Les conditions d’application de cette exigence ne sont pas réunies dans ce dossier."
    parts = []
    if missing:
        parts.append(f"il y manque {'un élément attendu' if len(missing) == 1 else 'des éléments attendus'} ({_quoted(missing)})")
    if weakenings:
        parts.append(f"la stipulation est affaiblie ({_list([w.text for w in weakenings])})")
    return f"Le sujet est traité{by_reference}, mais {' et '.join(parts)}."


def _quoted(texts: Sequence[str]) -> str:
    """List criteria as they are worded: sentences of their own, which only guillemets let into another."""
    return f"{NNBSP}; ".join(f"«{NNBSP}{_lower(t.rstrip('. '))}{NNBSP}»" for t in texts)


def _list(texts: Sequence[str]) -> str:
    return f"{NNBSP}; ".join(_lower(t.rstrip(". ")) for t in texts)


def _lower(text: str) -> str:
    """Lower the first letter of a sentence that goes on another, acronyms and quotes left alone."""
    return text[:1].lower() + text[1:] if len(text) > 1 and (text[1].islower() or text[1] in "'’") else text
