"""What would have changed a finding: for the better where it is open, for the worse where it is conforme."""

from collections.abc import Iterator, Mapping

from clausecheck.assessment.model import CriterionResult, Finding, WeakeningResult
from clausecheck.vocabulary import Status


def what_would_change(finding: Finding, passages: Mapping[str, str]) -> Iterator[str]:
    """Yield, one a line, what separates ``finding`` from another status. ``passages``: weakening → where it shows, «[2]»."""
    if finding.status is Status.SANS_OBJET:
        yield "Constat inverse si le contexte change : précisez-le avec --context."
    elif finding.status is Status.NON_CONCLUANT:
        yield "Fournissez les pages ou pièces qui n’ont pas pu être lues."
    elif finding.status is Status.CONFORME:
        yield from _fragile(finding)
    else:
        yield from _repairs(finding, passages)


def _repairs(finding: Finding, passages: Mapping[str, str]) -> Iterator[str]:
    """What to stipulate, what to take out, what to supply."""
    missing = [c for c in finding.criteria if c.required and not c.met]
    defeats = {w.id: w.defeats for w in finding.requirement.weakened_when}
    defeated = {c: w.id for w in finding.weakenings for c in defeats[w.id]}
    yield from (f"Stipuler {c.id} : {_sentence(c.text)}" for c in missing if c.id not in defeated)
    yield from (f"{_rewrite(w, passages)}{_frees(w.id, missing, defeated)}" for w in finding.weakenings)
    if "champ_a_completer" in finding.review:
        yield "Remplir les champs laissés vides."
    if "piece_citee_absente" in finding.review:
        yield "Fournir la pièce citée : elle peut contenir ce qui manque."
    if "contradiction" in finding.review and finding.weakenings:
        yield "Fixer l’ordre des pièces, ou retirer l’une des deux stipulations contraires."
    if finding.derogation is not None:
        yield f"Renoncer à la dérogation à l’article {finding.derogation.article} du {finding.derogation.instrument}."
    yield "Avec tout cela, le constat serait « conforme »."


def _rewrite(weakening: WeakeningResult, passages: Mapping[str, str]) -> str:
    where = passages.get(weakening.id) or "la stipulation"
    return f"Réécrire {where} ({weakening.id}) : {_sentence(weakening.text)}"


def _frees(identifier: str, missing: list[CriterionResult], defeated: Mapping[str, str]) -> str:
    """Say which missing criteria the removal of a weakening may restore."""
    freed = [c.id for c in missing if defeated.get(c.id) == identifier]
    return f" Il empêche {', '.join(freed)} d’être rempli." if freed else ""


def _fragile(finding: Finding) -> Iterator[str]:
    """What a finding hangs on: criteria met by one passage only, or by reference."""
    required = [c for c in finding.criteria if c.required]
    single = [c.id for c in required if len(c.evidence) == 1 and not c.by_reference]
    if single:
        yield f"Un seul passage remplit {', '.join(single)} : sans lui, le constat serait « affaiblie » ou « absente »."
    referred = [c.id for c in required if c.by_reference]
    if referred:
        yield f"Une dérogation à l’instrument visé ferait perdre {', '.join(referred)}."
    if "contradiction" in finding.review:
        yield "Un autre ordre des pièces ferait prévaloir la stipulation contraire."
    yield "Une faculté au lieu d’un devoir, un champ vide ou une exception plus large dans ces passages l’affaiblirait."


def _sentence(text: str) -> str:
    return text.rstrip(". ") + "."
