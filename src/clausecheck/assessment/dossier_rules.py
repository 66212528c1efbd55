"""The rules that read the pieces of a dossier together, applied to each finding: contradictions, missing pieces, derogations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from clausecheck.assessment.contradictions import Clash, Dossier, settle
from clausecheck.assessment.derogations import Derogation, Misnumbered
from clausecheck.assessment.evidence import make_evidence
from clausecheck.assessment.instruments import Incorporated
from clausecheck.assessment.model import Evidence, Finding, FindingDerogation, Reference, RuleApplied
from clausecheck.assessment.places import Places, enumerated, of_articles
from clausecheck.assessment.precedence import Precedence
from clausecheck.catalogue.schema import ByReference, CitedPieceSpec, Requirement
from clausecheck.detection.detector import RequirementEvidence
from clausecheck.vocabulary import Status

NNBSP = "\u202f"
CONTRADICTION = "contradiction"
MISSING = "piece_citee_absente"
SHOWN = 3
"""Contradictions told in the reason of one finding."""


@dataclass(frozen=True, slots=True)
class DossierRules:
    """What the dossier says of itself.

    ``instruments``: incorporated, by id; ``citing``: units that cite a piece as existing; ``incomplete``: instruments whose annexes were
    not found; ``misnumbered``: derogations under the number of another vintage.
    """

    settling: Dossier
    places: Places
    precedence: Precedence
    references: Sequence[Reference]
    instruments: Mapping[str, Incorporated]
    citing: frozenset[int]
    incomplete: frozenset[str]
    misnumbered: Sequence[Misnumbered]

    def settle(self, requirement: Requirement, found: RequirementEvidence) -> tuple[RequirementEvidence, tuple[Clash, ...]]:
        """Leave out what a higher piece deprives of effect (rule R01)."""
        return settle(requirement, found, self.settling)

    def annotate(self, finding: Finding, found: RequirementEvidence, clashes: Sequence[Clash]) -> Finding:
        """Add to ``finding`` the flags, the sentences and the chains that the rules give."""
        if finding.status is Status.SANS_OBJET:
            return finding
        missing = self._missing(finding, found)
        derogation = self._derogation(finding)
        told = list(dict.fromkeys(map(self._clash, clashes)))[:SHOWN]
        via = self._via(finding)
        misnumbered = [m for m in self.misnumbered if self._touches(m, finding.requirement, found)]
        rules = [
            *map(_reference_rule, via),
            *told,
            *self._missing_rule(missing, found),
            *([self._lost(derogation)] if derogation else []),
            *map(self._misnumbered_rule, misnumbered),
        ]
        contradicted = bool(misnumbered) or any(not c.settled or c.delays is not None for c in clashes)
        flags = [CONTRADICTION] * contradicted + [MISSING] * (bool(missing) or self._rests_on_incomplete(finding))
        return replace(
            finding,
            review=tuple(dict.fromkeys([*finding.review, *flags])),
            reason=" ".join([finding.reason, *(r.text for r in rules)]),
            rules=tuple(rules),
            via=via,
            derogation=derogation,
        )

    # Contradictions

    def _clash(self, clash: Clash) -> RuleApplied:
        """Say which two passages contradict each other, and which one the finding is judged on."""
        upper, lower = (self.places.unit(u) for u in (clash.upper, clash.lower))
        if clash.vague:
            return RuleApplied("R05", f"Le délai chiffré de {upper} l’emporte sur les termes vagues de {lower}, pièce de rang inférieur.")
        if clash.delays is not None:
            first, second = (self._delay(u, i, clash) for i, u in enumerate((clash.upper, clash.lower)))
            said = f"Deux délais se contredisent{NNBSP}: {first} ({upper}) et {second} ({lower})"
        else:
            said = f"Deux stipulations se contredisent{NNBSP}: {upper} et {lower}"
        if not clash.settled:
            return RuleApplied("R01", f"{said}{NNBSP}; le texte ne les départage pas.")
        document = self.places.segmented.units[clash.upper].document
        return RuleApplied("R01", f"{said}{NNBSP}; la pièce de rang supérieur prévaut ({self.places.document(document)}).")

    def _delay(self, unit: int, which: int, clash: Clash) -> str:
        duration = clash.delays[which] if clash.delays else None
        document = self.places.segmented.documents[self.places.segmented.units[unit].document]
        return f"« {document.text[duration.start : duration.end]} »" if duration else ""

    # Pieces cited and not supplied

    def _missing(self, finding: Finding, found: RequirementEvidence) -> list[Reference]:
        """Pieces not supplied that the passages of an open finding cite, or that deal with its subject."""
        if finding.status not in {Status.AFFAIBLIE, Status.ABSENTE}:
            return []
        units = {u for u in _units(found) & self.citing if not self._lists_pieces(u)}
        absent = (r for r in self.references if not r.found)
        return [
            r for r in absent if units & set(r.units) or (r.piece is not None and self._cites(r) and _treats(r.piece, finding.requirement))
        ]

    def _lists_pieces(self, unit: int) -> bool:
        """The article that ranks the pieces cites them all, and refers to none."""
        units = self.places.segmented.units
        listing = [*self.precedence.units, *(p.unit for p in self.precedence.pieces if p.unit is not None)]
        return units[unit].article in {units[u].article for u in listing}

    def _cites(self, reference: Reference) -> bool:
        """Tell whether the piece is cited as one that exists, not as one still to be written."""
        return reference.kind == "annexe" or bool(self.citing & set(reference.units))

    def _missing_rule(self, missing: Sequence[Reference], found: RequirementEvidence) -> Iterator[RuleApplied]:
        """One sentence for all the missing pieces, each with the passage that cites it."""
        if missing:
            head = "Pièce citée et non fournie" if len(missing) == 1 else "Pièces citées et non fournies"
            cited = ", ".join(f"{r.label} ({self.places.unit(self._citing(r, found))})" for r in missing)
            yield RuleApplied("R04", f"{head}{NNBSP}: {cited}{NNBSP}; le constat est jugé sur les seules pièces fournies.")

    def _citing(self, reference: Reference, found: RequirementEvidence) -> int:
        """The unit to show: one that speaks of the requirement, else one that cites the piece as existing."""
        about = _units(found)
        return min(reference.units, key=lambda u: (u not in about, u not in self.citing, u))

    # References and derogations

    def _via(self, finding: Finding) -> tuple[str, ...]:
        """Chains «CCAP art. 2 → CCAG-TIC art. 43» of the criteria met by reference."""
        met = {c.id for c in finding.criteria if c.by_reference}
        rules = [r for r in finding.requirement.by_reference if r.instrument in self.instruments and met & set(r.covers)]
        return tuple(self._chain(self.instruments[r.instrument], r) for r in rules if self.instruments[r.instrument].supplies(r))

    def _rests_on_incomplete(self, finding: Finding) -> bool:
        """Tell whether a criterion is met by an instrument whose annexes were not supplied (rule R07, 3)."""
        met = {c.id for c in finding.criteria if c.by_reference}
        return any(r.instrument in self.incomplete and met & set(r.covers) for r in finding.requirement.by_reference)

    def _chain(self, incorporated: Incorporated, rule: ByReference) -> str:
        instrument = incorporated.instrument
        articles = f" art. {enumerated(rule.articles)}" if rule.articles else ""
        return f"{self.places.unit(incorporated.units[0])} → {instrument.short or instrument.name}{articles}"

    def _derogation(self, finding: Finding) -> FindingDerogation | None:
        """The derogation without which an incorporated instrument would have met a criterion that is not."""
        unmet = {c.id for c in finding.criteria if not c.met}
        for rule in finding.requirement.by_reference:
            incorporated = self.instruments.get(rule.instrument)
            lost = incorporated.lost(rule) if incorporated else None
            if incorporated and lost and unmet & set(rule.covers):
                instrument = incorporated.instrument
                return FindingDerogation(instrument.short, lost.article, self.places.unit(lost.unit), self._evidence(lost))
        return None

    def _lost(self, derogation: FindingDerogation) -> RuleApplied:
        text = f"{derogation.source} déroge à l’article {derogation.article} du {derogation.instrument}, qui n’y supplée donc pas."
        return RuleApplied("R08", text)

    @staticmethod
    def _touches(misnumbered: Misnumbered, requirement: Requirement, found: RequirementEvidence) -> bool:
        """Tell whether the requirement rests on the articles that the derogation meant, or is stipulated where it stands."""
        rules = (r for r in requirement.by_reference if r.instrument == misnumbered.instrument.id)
        return misnumbered.derogation.unit in _units(found) or any(set(r.articles) & set(misnumbered.treating) for r in rules)

    def _misnumbered_rule(self, misnumbered: Misnumbered) -> RuleApplied:
        derogation, short = misnumbered.derogation, misnumbered.instrument.short
        where = self.places.unit(derogation.unit)
        cited = f"{where} déroge à l’article {derogation.article} du {short}"
        return RuleApplied("R28", f"{cited}, mais l’objet y relève {of_articles(misnumbered.treating)}{NNBSP}: dérogation à vérifier.")

    def _evidence(self, derogation: Derogation) -> Evidence:
        return make_evidence(self.places.segmented, self.places.segmented.units[derogation.unit])


def _reference_rule(chain: str) -> RuleApplied:
    return RuleApplied("R20", f"Renvoi{NNBSP}: {chain}.")


def _units(found: RequirementEvidence) -> set[int]:
    """Units that speak of the requirement."""
    groups: Iterable[Iterable[int]] = (
        h.units for hits in (*found.criteria.values(), *found.weakenings.values(), found.presence) for h in hits
    )
    return {u for units in groups for u in units}


def _treats(piece: CitedPieceSpec, requirement: Requirement) -> bool:
    """Tell whether the piece deals with ``requirement``: by family, or by what the catalogue says it supplies."""
    return requirement.family in piece.families or piece.instrument in {r.instrument for r in requirement.by_reference}
