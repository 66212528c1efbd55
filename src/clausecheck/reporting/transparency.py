"""The transparency sheet: what the tool decides and does not, its rules, quality and limits, what it keeps and costs, whom to ask.

Data in, sections out; no clock, no file but the measured figures. Every report that people read carries it as an annex.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from clausecheck import __version__
from clausecheck.assessment.model import DossierReport
from clausecheck.catalogue.loader import Catalogue
from clausecheck.reporting.cost import METHOD, RunNote, cost_line
from clausecheck.reporting.payload import Report
from clausecheck.reporting.quality import MeasuredQuality, load_quality
from clausecheck.reporting.typography import french
from clausecheck.reporting.view import FAMILY_LABELS, STATUS_LABELS


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header; the first cell of a row names it."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the sheet. ``key``: its anchor in a page."""

    key: str
    title: str
    paragraphs: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """What the sheet says of the rules used. ``families``: (name, requirements, criteria)."""

    catalogue_version: str
    catalogue_sha256: str
    model_name: str | None
    model_sha256: str | None
    families: tuple[tuple[str, int, int], ...]

    @classmethod
    def of_report(cls, report: DossierReport) -> "Facts":
        """Those of a report: the catalogue and model that judged it."""
        families = _families((f.requirement.family, len(f.requirement.criteria)) for f in report.findings)
        return cls(report.catalogue_version, report.catalogue_sha256, report.model_name, report.model_sha256, families)

    @classmethod
    def of_record(cls, report: Report) -> "Facts":
        """Those of a report read back."""
        families = _families((f.family, len(f.criteria)) for f in report.findings)
        model = report.model
        return cls(
            report.catalogue.version,
            report.catalogue.sha256 or "",
            model.name if model else None,
            model.sha256 if model else None,
            families,
        )

    @classmethod
    def of_catalogue(cls, catalogue: Catalogue, model_name: str | None, model_sha256: str | None) -> "Facts":
        """Those of a catalogue and of the model installed beside it."""
        families = _families((r.family, len(r.criteria)) for r in catalogue.requirements)
        return cls(catalogue.version, catalogue.sha256, model_name, model_sha256, families)


def sections(facts: Facts, run: RunNote | None = None) -> tuple[Section, ...]:
    """Return the sheet. ``run``: the analysis it goes with, whose time and energy it then tells."""
    measured = _quality(load_quality())
    return (_DECIDES, _DOES_NOT, _rules(facts), measured, _LIMITS, _KEPT, _cost(run), _ASK)


def _families(requirements: Iterable[tuple[str, int]]) -> tuple[tuple[str, int, int], ...]:
    """Count requirements and criteria by family. ``requirements``: the family of each and its number of criteria."""
    count: Counter[str] = Counter()
    criteria: Counter[str] = Counter()
    for family, number in requirements:
        count[family] += 1
        criteria[family] += number
    return tuple((name, count[name], criteria[name]) for name in count)


def _cost(run: RunNote | None) -> Section:
    """Tell time and energy; the line of a run stands alone, so that two reports can be compared without it."""
    told = (cost_line(run),) if run else ()
    return Section("tr-cout", "Temps et énergie", items=(*told, _WHOLE, METHOD))


_WHOLE = (
    "Le total, écriture des rapports comprise, est dans le manifeste.json de l’analyse : « clausecheck transparence ANALYSE » le montre."
)


_DECIDES = Section(
    "tr-decide",
    "Ce que l’outil décide",
    items=(
        "Pour chaque exigence du catalogue, il cherche dans les pièces fournies les mots qui la stipulent.",
        "Il propose un statut : conforme, affaiblie, contredite, absente, sans objet ou non concluant.",
        "Il motive chaque statut par une phrase et par les mots exacts du contrat, avec leur article et leur page.",
        "Ses règles sont explicites : éléments nécessaires, affaiblissements, pièces qui obligent le titulaire, renvois à un CCAG.",
        "À dossier, catalogue et modèle identiques, le résultat est identique.",
    ),
)
_DOES_NOT = Section(
    "tr-ne-decide-pas",
    "Ce qu’il ne décide pas",
    items=(
        "Il ne classe, ne note et n’écarte aucune offre ni aucun candidat.",
        "Il ne dit pas si le contrat est légal : il n’est pas une consultation juridique. Un juriste valide chaque constat.",
        "Il ne juge que les pièces fournies : une pièce citée et non fournie est signalée, son contenu n’est pas supposé.",
        "Il ne conclut rien de ce qu’il n’a pas pu lire : ce qui n’a pas été lu n’est jamais « conforme ».",
    ),
)
_LIMITS = Section(
    "tr-limites",
    "Limites connues",
    items=(
        "Une rédaction libre, éloignée des formules des administrations, est moins bien comprise : un critère présent peut être manqué.",
        "Un « conforme » est à relire avec soin : c’est le statut le plus souvent démenti sur les contrats jamais lus.",
        "Le français est la langue des règles ; les tournures anglaises des exigences RGPD ne sont pas mesurées.",
        "Un scan dépend de la reconnaissance de caractères ; une page illisible rend le constat non concluant.",
        "Les dérogations sont lues quand elles nomment les articles d’un CCAG.",
    ),
)
_KEPT = Section(
    "tr-donnees",
    "Données conservées et sobriété",
    items=(
        "Tout se passe sur l’ordinateur de l’utilisateur, sans réseau : aucune pièce, aucun extrait, aucune statistique n’en sort.",
        "L’outil n’écrit que les rapports demandés, à l’endroit demandé. Ils citent le contrat : les ranger comme le contrat.",
        "Le modèle a été entraîné sur des textes écrits pour le projet ; il n’apprend rien des dossiers analysés.",
        "Aucun processeur graphique, aucun service distant : un CCTP de 69 pages demande environ six secondes sur deux cœurs partagés.",
    ),
)
_ASK = Section(
    "tr-qui",
    "À qui s’adresser",
    items=(
        "Sur un constat : la personne qui a conduit l’analyse, puis celle que le constat désigne (acheteur, juriste, DPO, RSSI).",
        "Sur une règle : « clausecheck explain » et l’identifiant de l’exigence montrent ce qu’elle demande et sur quel fondement.",
        "Sur l’emploi de l’outil dans une décision publique : le service juridique de l’acheteur. La décision reste humaine.",
        "Sur une erreur de l’outil : le dépôt du projet, sans y joindre de pièce confidentielle.",
    ),
)


def _rules(facts: Facts) -> Section:
    rows = [(FAMILY_LABELS.get(name, name), str(count), str(criteria)) for name, count, criteria in facts.families]
    total = ("Ensemble", str(sum(f[1] for f in facts.families)), str(sum(f[2] for f in facts.families)))
    model = "Modèle : aucun, les règles ont jugé seules."
    if facts.model_name:
        model = f"Modèle {facts.model_name}, empreinte SHA-256 {facts.model_sha256}. Il propose, les règles gardent le dernier mot."
    return Section(
        "tr-regles",
        "Règles et versions",
        items=(
            f"clausecheck {__version__}, logiciel libre (EUPL-1.2).",
            f"Catalogue {facts.catalogue_version}, empreinte SHA-256 {facts.catalogue_sha256}. Chaque règle porte ses sources.",
            model,
        ),
        tables=(Table("Exigences examinées", ("Famille", "Exigences", "Critères"), (*rows, total)),),
    )


def _quality(quality: MeasuredQuality) -> Section:
    return Section(
        "tr-qualite",
        "Qualité mesurée",
        paragraphs=(
            f"Version {quality.version}, mesures du {quality.measured} par « {quality.command} » ; 1 est parfait, 0 nul.",
            "La colonne à regarder : les contrats « jamais lus », que personne n’avait ouverts en écrivant les règles.",
            "Elle est un peu optimiste : trois seuils généraux ont été choisis avec ses chiffres d’ensemble en vue.",
        ),
        tables=(_contracts(quality), _bank(quality), _confidence(quality)),
    )


def _contracts(quality: MeasuredQuality) -> Table:
    header = ("Mesure", "Objectif", "Contrats lus", "Contrats jamais lus", "Lus, règles seules", "Jamais lus, règles seules")
    rows = ((f.label, *map(_number, (f.aim, f.read, f.unread, f.rules_read, f.rules_unread))) for f in quality.contracts)
    return Table("Sur de vrais contrats", header, tuple(rows))


def _bank(quality: MeasuredQuality) -> Table:
    rows = ((f.label, *map(_number, (f.aim, f.model, f.rules))) for f in quality.bank)
    return Table(
        "Sur des contrats composés de clauses librement rédigées", ("Mesure", "Objectif", "Règles et modèle", "Règles seules"), tuple(rows)
    )


def _confidence(quality: MeasuredQuality) -> Table:
    rows = ((STATUS_LABELS[f.status], f"{f.right} sur {f.total}", _number(f.right / f.total)) for f in quality.confidence)
    return Table("Statuts confirmés, contrats jamais lus", ("Statut annoncé", "Confirmés", "Part"), tuple(rows))


def _number(value: float) -> str:
    return f"{value:.2f}".replace(".", ",")


def as_markdown(sheet: Iterable[Section]) -> str:
    """Return the sheet as Markdown, tables in the GitHub manner."""
    lines = ["# Transparence", ""]
    for section in sheet:
        lines += [f"## {section.title}", ""]
        lines += [line for text in section.paragraphs for line in (text, "")]
        lines += [*(f"- {text}" for text in section.items), ""] if section.items else []
        for table in section.tables:
            lines += [f"**{table.caption}**", "", _row(table.header), _row("---" for _ in table.header), *map(_row, table.rows), ""]
    return french("\n".join(lines).rstrip()) + "\n"


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
