"""Reads what the pieces of a dossier say of one another: their order, their references, the instruments, the derogations."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from clausecheck.assessment.contradictions import dossier_of
from clausecheck.assessment.derogations import Derogation, DerogationReader, Misnumbered, Recap
from clausecheck.assessment.dossier_rules import DossierRules
from clausecheck.assessment.instruments import Incorporated, InstrumentReader
from clausecheck.assessment.model import Reference
from clausecheck.assessment.order_reader import OrderReader
from clausecheck.assessment.places import Places, of_articles
from clausecheck.assessment.precedence import Precedence
from clausecheck.assessment.references import read_references
from clausecheck.catalogue.loader import Catalogue
from clausecheck.catalogue.schema import Instrument
from clausecheck.detection.detector import Detector
from clausecheck.document.model import Problem
from clausecheck.segmentation.model import Segmented
from clausecheck.segmentation.pieces import Piece


@dataclass(frozen=True, slots=True)
class DossierReading:
    """What the dossier says of itself, before any requirement is judged."""

    precedence: Precedence
    references: tuple[Reference, ...]
    instruments: Mapping[str, Incorporated]
    derogations: tuple[Derogation, ...]
    recap: Recap
    problems: tuple[Problem, ...]
    rules: DossierRules


def read_dossier(segmented: Segmented, pieces: Sequence[Piece], detector: Detector, catalogue: Catalogue) -> DossierReading:
    """Read the pieces together."""
    index, lexicon, places = detector.index, catalogue.lexicon, Places(segmented, pieces)
    derogation_reader = DerogationReader(segmented, index, lexicon)
    derogations = derogation_reader.read()
    recap = derogation_reader.recap(derogations)
    reader = InstrumentReader(segmented, index, lexicon)
    instruments = reader.read(catalogue.instruments, derogations)
    precedence = OrderReader(segmented, index, lexicon, pieces).read(instruments)
    references = read_references(segmented, pieces, lexicon.cited)
    cited = index.units(lexicon.dossier["citee"])
    misnumbered = [m for i in instruments.values() for m in derogation_reader.misnumbered(derogations, i.instrument)]
    problems = (
        *_vintages(reader, catalogue.instruments, places),
        *_recap_problems(recap, places),
        *_misnumbered(misnumbered, places),
        *_order_problems(precedence, places),
    )
    incomplete = frozenset(i.id for i, _ in reader.incomplete(catalogue.instruments))
    settling = dossier_of(segmented, precedence, detector.matcher.durations)
    rules = DossierRules(settling, places, precedence, references, instruments, cited, incomplete, misnumbered)
    return DossierReading(precedence, references, instruments, derogations, recap, problems, rules)


def _vintages(reader: InstrumentReader, instruments: Iterable[Instrument], places: Places) -> Iterator[Problem]:
    """A CCAG repealed on 1 October 2021, or named without its year, is an anomaly the lawyer must see (rule R07)."""
    known = tuple(instruments)
    for instrument, unit in reader.obsolete(known):
        text = f"Le dossier vise un instrument abrogé : {instrument.name} ({places.unit(unit)}). {instrument.reading}"
        yield Problem("instrument_abroge", text)
    for instrument, unit in reader.incomplete(known):
        text = (
            f"Les {instrument.short} sont visées ({places.unit(unit)}), mais leurs annexes ne se trouvent pas dans les pièces fournies : "
            "si elles ne sont pas remplies, le renvoi ne vaut pas."
        )
        yield Problem("clauses_types_incompletes", text)
    undated = reader.undated(known)
    if undated is not None:
        instrument, unit = undated
        where = places.unit(unit)
        text = f"Le {instrument.short} est visé sans son millésime ({where}) : le renvoi ne vaut pas. Citez l’arrêté qui l’approuve."
        yield Problem("instrument_sans_millesime", text)


def _recap_problems(recap: Recap, places: Places) -> Iterator[Problem]:
    """Where the last article of the CCAP does not say what the text does (R. 2112-3 CCP, rule R08)."""
    for derogation in recap.unlisted:
        where = places.unit(derogation.unit)
        said = "l’article récapitulatif ne l’annonce pas" if recap.present else "aucun article ne récapitule les dérogations"
        text = f"{where} déroge à l’article {derogation.article} du CCAG, mais {said} (R. 2112-3 du code de la commande publique)."
        yield Problem("derogation_non_recapitulee", text)
    for derogation in recap.unmade:
        text = (
            f"{places.unit(derogation.unit)} annonce une dérogation à l’article {derogation.article} du CCAG par l’article "
            f"{derogation.source}, qui n’existe pas dans les pièces fournies."
        )
        yield Problem("derogation_annoncee_non_faite", text)


def _misnumbered(misnumbered: Iterable[Misnumbered], places: Places) -> Iterator[Problem]:
    """A derogation that cites the number of another vintage is read by its object (rule R28)."""
    for found in misnumbered:
        derogation = found.derogation
        text = (
            f"{places.unit(derogation.unit)} déroge à l’article {derogation.article} du {found.instrument.short}, mais son objet y relève "
            f"{of_articles(found.treating)} : numéro d’un autre millésime ?"
        )
        yield Problem("derogation_autre_millesime", text)


def _order_problems(precedence: Precedence, places: Places) -> Iterator[Problem]:
    """Pieces that each say they prevail."""
    if precedence.disputed or precedence.conditions == "contradictoires":
        where = ", ".join(places.unit(u) for u in precedence.units)
        yield Problem("ordre_des_pieces_contradictoire", f"L’ordre des pièces se contredit ({where}) : le texte ne les départage pas.")
