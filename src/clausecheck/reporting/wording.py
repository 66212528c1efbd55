"""Model clauses made ready for one dossier, the same in every form: what it says fills their brackets, or they stay to complete.

A remediation of the catalogue may hold brackets: «[acheteur]», «[titulaire]», «[objet du marché]» are read from the dossier; one that
starts with «délai» or «durée» takes the only duration stated where its finding is met; any other is for the drafter.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from clausecheck.assessment.model import DossierReport, Evidence, Finding
from clausecheck.detection.blanks import blanks
from clausecheck.detection.quantities import durations
from clausecheck.reporting.typography import french
from clausecheck.segmentation.purpose import purpose

BUYER, HOLDER, PURPOSE = "acheteur", "titulaire", "objet du marché"
_SLOT = re.compile(r"\[([^\[\]]+)\]")
_DURATIONS = ("délai", "durée")
_ROLES = {BUYER: ("buyer", "controller"), HOLDER: ("holder", "processor")}
_NAME = re.compile(r"\w[^()\[\]{}|@]{2,}")
_LABELS = frozenset({"email", "e-mail", "courriel", "adresse", "nom", "siret", "téléphone", "raison sociale"})
"""What a form prints where a name is expected."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of a clause; ``slot``: the bracket it stands for; ``blank``: nothing in the dossier fills it."""

    text: str
    slot: str | None = None
    blank: bool = False


@dataclass(frozen=True)
class Wording:
    """The words of the model clauses for one dossier."""

    report: DossierReport

    @cached_property
    def facts(self) -> Mapping[str, str]:
        """What the dossier says, by the name of the bracket it fills."""
        found = {slot: name for slot, roles in _ROLES.items() if (name := self._party(roles))}
        stated = purpose(self.report.segmented)
        if stated is not None and not blanks(stated.words):
            found[PURPOSE] = stated.words
        return found

    def _party(self, roles: tuple[str, ...]) -> str | None:
        named = (p.name for role in roles for p in self.report.parties if p.role == role)
        return next((n for n in named if _NAME.fullmatch(n) and n.lower() not in _LABELS and not blanks(n)), None)

    def of(self, finding: Finding) -> tuple[Chunk, ...]:
        """Return the clause to propose for ``finding``."""
        pieces = _SLOT.split(french(finding.requirement.remediation))  # text, slot, text, slot… text
        return tuple(self.fill(p, finding) if i % 2 else Chunk(p) for i, p in enumerate(pieces) if p)

    def text(self, finding: Finding) -> str:
        """Return the clause as plain text."""
        return "".join(chunk.text for chunk in self.of(finding))

    def fill(self, slot: str, finding: Finding | None = None) -> Chunk:
        """Fill one bracket."""
        said = self.facts.get(slot)
        if said is None and finding is not None and slot.startswith(_DURATIONS):
            stated = set(delays(_sound(finding)))
            said = stated.pop() if len(stated) == 1 else None
        return Chunk(said, slot) if said else Chunk(french(f"[À COMPLÉTER : {slot}]"), slot, blank=True)


def delays(passages: Iterable[Evidence]) -> Iterator[str]:
    """Yield the durations that ``passages`` state, as they write them."""
    for passage in passages:
        yield from (" ".join(passage.quote[d.start : d.end].split()) for d in durations(passage.quote))


def _sound(finding: Finding) -> list[Evidence]:
    """The passages that meet a criterion and that no weakening spoils: only their durations may be kept."""
    met = {i for c in finding.criteria if c.met for i in c.evidence}
    return [finding.evidence[i] for i in sorted(met - {i for w in finding.weakenings for i in w.evidence})]
