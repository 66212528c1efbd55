"""Checks the catalogue beyond its shape: patterns compile, every criterion can be found, examples cover what they must."""

from collections import Counter
from collections.abc import Iterator

from clausecheck.catalogue.loader import Catalogue
from clausecheck.catalogue.schema import Requirement
from clausecheck.detection.compiled import compile_requirement
from clausecheck.errors import CatalogueError

EXAMPLES = {"conforme": 3, "affaiblie": 4, "absente": 2}
"""Examples each requirement must carry, by expected status."""


def lint_catalogue(catalogue: Catalogue) -> list[str]:
    """Return the faults of the catalogue, in French, each naming its requirement."""
    return [fault for requirement in catalogue.requirements for fault in _lint(catalogue, requirement)]


def _lint(catalogue: Catalogue, requirement: Requirement) -> Iterator[str]:
    try:
        compile_requirement(requirement, catalogue.lexicon, catalogue.wordings.get(requirement.id, ()))
    except CatalogueError as error:
        yield str(error)
    yield from _identifiers(catalogue, requirement)
    yield from _wordings(catalogue, requirement)
    for criterion in requirement.criteria:
        if not criterion.frames:
            yield f"{requirement.id}.{criterion.id} : aucun cadre de détection"
    for weakening in requirement.weakened_when:
        if not weakening.frames and not weakening.generic:
            yield f"{requirement.id}.{weakening.id} : ni cadre, ni indice général"
    yield from _examples(catalogue, requirement)


def _wordings(catalogue: Catalogue, requirement: Requirement) -> Iterator[str]:
    """What a wording in another language names must exist in the requirement."""
    known = {"critère": {c.id for c in requirement.criteria}, "motif d’affaiblissement": {w.id for w in requirement.weakened_when}}
    for wording in catalogue.wordings.get(requirement.id, ()):
        for what, names in (("critère", wording.criteria), ("motif d’affaiblissement", wording.weakened_when)):
            for name in names:
                if name not in known[what]:
                    yield f"{requirement.id} ({wording.language.value}) : {what} « {name} » inconnu"


def _identifiers(catalogue: Catalogue, requirement: Requirement) -> Iterator[str]:
    """Every name cited must exist: criteria, flags, conditions, instruments, weakening kinds."""
    criteria = {c.id for c in requirement.criteria}
    flags = {f.id for f in catalogue.flags}
    kinds = {k["id"] for k in catalogue.reference["weakening_kinds"]}
    instruments = {i["id"] for i in catalogue.reference["instruments"]}
    conditions = {c.id for c in catalogue.conditions}
    cited = [
        ("critère", criteria, (c for w in requirement.weakened_when for c in w.defeats)),
        ("critère", criteria, (c for b in requirement.by_reference for c in b.covers)),
        ("indicateur", flags, (*requirement.applies_when.all, *requirement.applies_when.any)),
        ("condition", conditions, (c.only_if for c in requirement.criteria if c.only_if)),
        ("instrument", instruments, (b.instrument for b in requirement.by_reference)),
        ("motif d’affaiblissement", kinds, (w.kind for w in requirement.weakened_when)),
    ]
    for what, known, names in cited:
        for name in names:
            if name not in known:
                yield f"{requirement.id} : {what} « {name} » inconnu"


def _examples(catalogue: Catalogue, requirement: Requirement) -> Iterator[str]:
    examples = catalogue.examples(requirement)
    counts: Counter[str] = Counter(e.expect for e in examples)
    for expect, wanted in EXAMPLES.items():
        if counts[expect] < wanted:
            yield f"{requirement.id} : {counts[expect]} exemple(s) « {expect} », il en faut {wanted}"
    shown = {c for e in examples for c in e.criteria}
    for criterion in requirement.criteria:
        if criterion.required and criterion.id not in shown:
            yield f"{requirement.id}.{criterion.id} : aucun exemple ne le remplit"
    for example in examples:
        for target, words in example.marks.items():
            if words not in example.text:
                yield f"{requirement.id}/{example.id} : les mots marqués pour {target} ne sont pas dans le texte"
