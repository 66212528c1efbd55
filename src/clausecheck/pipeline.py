"""The whole road for one dossier: documents in, report out. No printing, no clock, no network."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from clausecheck.assessment.context import ContextReader
from clausecheck.assessment.deletions import Deletions
from clausecheck.assessment.dossier import read_dossier
from clausecheck.assessment.judge import Judge
from clausecheck.assessment.legibility import weigh
from clausecheck.assessment.model import DossierReport
from clausecheck.assessment.vendor import Vendor
from clausecheck.catalogue.loader import Catalogue
from clausecheck.detection.compiled import CompiledRequirement, Frame, compile_condition, compile_requirement
from clausecheck.detection.detector import Detector
from clausecheck.detection.proposals import Speaker, load_speaker
from clausecheck.document.model import Document, Problem
from clausecheck.errors import NothingToAnalyseError
from clausecheck.segmentation.parties import parties
from clausecheck.segmentation.pieces import Piece, outside, recognise
from clausecheck.segmentation.units import segment
from clausecheck.vocabulary import Language


@dataclass(frozen=True)
class Engine:
    """A catalogue and a model ready to judge; build it once, use it on many dossiers.

    ``with_model``: False for the rules alone; ``model``: folder of the model, the one that ships when None.
    """

    catalogue: Catalogue
    with_model: bool = True
    model: Path | None = None

    @cached_property
    def compiled(self) -> tuple[CompiledRequirement, ...]:
        """Every requirement with its frames compiled."""
        catalogue = self.catalogue
        return tuple(compile_requirement(r, catalogue.lexicon, catalogue.wordings.get(r.id, ())) for r in catalogue.requirements)

    @cached_property
    def conditions(self) -> Mapping[str, tuple[Frame, ...]]:
        """Frames of the conditions cited by ``only_if``."""
        return {c.id: compile_condition(c, self.catalogue.lexicon) for c in self.catalogue.conditions}

    @cached_property
    def speaker(self) -> Speaker | None:
        """The trained model, None where it is not installed."""
        return load_speaker(self.model) if self.with_model else None

    def _missing_model(self) -> list[Problem]:
        """Say that the rules judged alone: what they did not see may be worded otherwise, so nothing is then «absente»."""
        if self.speaker is not None or not self.with_model:
            return []
        text = "Modèle non installé : les règles ont jugé seules, ce qu’elles n’ont pas vu reste non concluant. Réinstallez clausecheck."
        return [Problem("modele_absent", text)]

    def assess(
        self,
        documents: Sequence[Document],
        *,
        name: str,
        given: Mapping[str, bool] | None = None,
        problems: Sequence[Problem] = (),
        only: Collection[str] = (),
        vendor: Vendor | None = None,
        lot: str | None = None,
    ) -> DossierReport:
        """Judge ``documents`` together. Raises NothingToAnalyseError when there is none.

        ``given``: context set by the user; ``problems``: what could not be read; ``only``: requirements to judge (all when empty);
        ``vendor`` and ``lot``: whose dossier it is, as a consultation tells.
        """
        if not documents:
            raise NothingToAnalyseError("Aucun document lisible : rien à analyser. Vérifiez les fichiers signalés ci-dessus.")
        pieces = tuple(recognise(d, self.catalogue.lexicon.pieces) for d in documents)
        segmented = segment(documents, self.catalogue.lexicon, outside(pieces))
        named = parties(segmented, self.catalogue.lexicon)
        missing = self._missing_model()
        detector = Detector(segmented, self.catalogue.lexicon, self.speaker, named)
        context = ContextReader(segmented, detector.index, self.catalogue.lexicon).read(self.catalogue.flags, given or {})
        read = read_dossier(segmented, pieces, detector, self.catalogue)
        conditions = {c: any(h.binding for h in detector.matcher.hits(frames)) for c, frames in self.conditions.items()}
        readable = not problems and all(d.coverage.complete and d.language is not Language.OTHER for d in documents)
        understood = any(d.language is not Language.OTHER for d in documents)
        judge = Judge(detector, context, read.instruments, conditions, read.rules, readable=not missing and readable, understood=understood)
        deletions = Deletions(segmented, self.catalogue.lexicon)
        chosen = [c for c in self.compiled if not only or c.requirement.id in only]
        return DossierReport(
            name=name,
            segmented=segmented,
            pieces=pieces,
            context=tuple(context.values()),
            parties=named,
            findings=tuple(weigh(deletions.tell(judge.judge(c), c), documents) for c in chosen),
            references=read.references,
            problems=(
                *problems,
                *missing,
                *read.problems,
                *_piece_problems(documents, pieces),
            ),
            catalogue_version=self.catalogue.version,
            catalogue_sha256=self.catalogue.sha256,
            model_name=self.speaker.voice.name if self.speaker else None,
            model_sha256=self.speaker.voice.sha256 if self.speaker else None,
            precedence=read.precedence,
            derogations=read.derogations,
            recap=read.recap,
            vendor=vendor,
            lot=lot,
        )


def _piece_problems(documents: Sequence[Document], pieces: Sequence[Piece]) -> list[Problem]:
    found: list[Problem] = []
    for document, piece in zip(documents, pieces, strict=True):
        found.extend(document.warnings)
        if piece.kind is not None and not piece.kind.binds:
            found.append(
                Problem(
                    "hors_contrat",
                    f"« {piece.kind.name} » : cette pièce n’oblige pas le titulaire envers l’acheteur, "
                    "elle n’est pas retenue comme preuve.",
                    document.source.path,
                )
            )
        if document.language is Language.OTHER:
            found.append(
                Problem(
                    "langue",
                    "Langue non prise en charge (ni français ni anglais) : la pièce n’a pas pu être jugée. "
                    "Faites-la traduire, ou relisez-la.",
                    document.source.path,
                )
            )
    return found
