"""Shape of the catalogue files (strict: an unknown key is an error)."""

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from clausecheck.vocabulary import Language, Severity

Identifier = Annotated[str, StringConstraints(pattern=r"^[A-Z]+(-[A-Z0-9]+)*$")]
Scope = Literal["phrase", "fenetre", "article"]
Debtor = Literal["titulaire", "acheteur", "tous"]


class Strict(BaseModel):
    """A model that refuses what it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class FrameSpec(Strict):
    """How a criterion or a weakening is worded.

    ``act``: the action, whose debtor and modality are checked. ``all``: families that must stand too, in any order, within ``scope``
    («phrase»: the unit; «fenetre»: two units either side, same article; «article»: the whole article). ``none``: what rules it out, in the
    units found. ``topic``: at least one of these in the unit, its article or its headings. ``delay``: condition on the delay nearest
    the action («présent», «<= 48 heures», «> 12 mois», «ouvré», «absent»). ``debtor``: whom the action may bind («titulaire»
    also accepts what names nobody). ``force``: «any» accepts options and efforts. ``negated``: the wording is a prohibition.
    ``language``: the text it reads (any when None).
    """

    act: str | None = None
    all: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    scope: Scope = "phrase"
    debtor: Debtor = "titulaire"
    force: Literal["duty", "any"] = "duty"
    negated: bool = False
    delay: str | None = None
    language: Language | None = None


class Criterion(Strict):
    """An atomic element that the text must stipulate.

    ``language``: judged only where the dossier holds a piece in it; agreements in English are told apart more finely than French ones.
    """

    id: str
    text: str
    required: bool = False
    only_if: str | None = None
    language: Language | None = None
    frames: tuple[FrameSpec, ...] = ()


class Weakening(Strict):
    """A pattern that spoils a stipulation.

    ``defeats``: criteria it leaves unmet. ``contradicts``: it says the opposite. ``anywhere``: its frames need not stand near the
    evidence. ``generic``: the lexicon's cues of its kind, on an evidence unit, activate it too.
    """

    id: str
    kind: str
    text: str
    cues: tuple[str, ...] = ()
    frames: tuple[FrameSpec, ...] = ()
    defeats: tuple[str, ...] = ()
    contradicts: bool = False
    anywhere: bool = False
    generic: bool = False


class Threshold(Strict):
    """A figure and what it means for the status."""

    metric: str
    op: str
    value: str
    reading: Literal["conforme", "affaiblie", "information"]
    source: str
    basis: str


class ByReference(Strict):
    """What an incorporated instrument supplies; ``articles``: those of the instrument it rests on, lost when derogated from."""

    instrument: str
    effect: Literal["full", "partial", "none"]
    covers: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    note: str = ""


class LegalSource(Strict):
    """A text of law or guidance; ``verified``: whether it was read («from-knowledge» otherwise)."""

    text: str
    article: str = ""
    verified: bool | str = False
    corroborated: str = ""
    note: str = ""


class AppliesWhen(Strict):
    """Applicability: ``all`` and ``any`` add up when both are there."""

    all: tuple[str, ...] = ()
    any: tuple[str, ...] = ()
    contract_types: tuple[str, ...] = ()
    note: str = ""


class NotApplicable(Strict):
    """A case in which the requirement is pointless although it applies.

    It holds when one of ``frames`` is found, or when ``unless`` is given and none of it is («no cap on liability anywhere»).
    """

    id: str
    text: str
    cues: tuple[str, ...] = ()
    frames: tuple[FrameSpec, ...] = ()
    unless: tuple[FrameSpec, ...] = ()


class SeverityOverride(Strict):
    """Another severity, ``if`` a flag is true or ``unless`` one is."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    severity: Severity
    if_: tuple[str, ...] = Field(default=(), alias="if")
    unless: tuple[str, ...] = ()


class Example(Strict):
    """A clause written for the project, run as a test.

    ``marks``: criterion or weakening → the words that carry it; ``gap``: the status found today, where it is not yet the one expected.
    """

    id: str
    expect: Literal["conforme", "affaiblie", "absente"]
    style: str
    text: str
    criteria: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    marks: dict[str, str] = {}
    gap: str | None = None


class Requirement(Strict):
    """One entry of the catalogue."""

    id: Identifier
    title: str
    family: str
    severity: Severity
    aliases: tuple[str, ...] = ()
    applies_when: AppliesWhen
    sans_objet_when: tuple[NotApplicable, ...] = ()
    severity_overrides: tuple[SeverityOverride, ...] = ()
    criteria: tuple[Criterion, ...]
    families: dict[str, tuple[str, ...]] = {}
    presence: tuple[FrameSpec, ...] = ()
    weakened_when: tuple[Weakening, ...] = ()
    thresholds: tuple[Threshold, ...] = ()
    by_reference: tuple[ByReference, ...] = ()
    legal_sources: tuple[LegalSource, ...]
    consequence: str
    remediation: str
    decidable_by: Literal["acheteur", "juriste", "dpo", "rssi"]
    charter: tuple[str, ...] = ()


class Wording(Strict):
    """How a requirement is worded in another language: the same criteria and weakenings, other frames.

    In text of ``language``, the frames given here for a criterion or a weakening replace those of the requirement's own file.
    """

    requirement: Identifier
    language: Language
    families: dict[str, tuple[str, ...]] = {}
    presence: tuple[FrameSpec, ...] = ()
    criteria: dict[str, tuple[FrameSpec, ...]] = {}
    weakened_when: dict[str, tuple[FrameSpec, ...]] = {}


class ExampleFile(Strict):
    """The examples of one requirement."""

    requirement: Identifier
    examples: tuple[Example, ...]


class ContextRule(Strict):
    """A way to see that a flag holds: ``min`` units of ``zone`` match one of ``patterns`` and none of ``none``.

    ``zone``: «texte» (everywhere), «objet» (titles, first words, articles on the object of the contract), «titres» (headings only).
    ``sure``: False where the sign is only probable (rule R15). ``outweighed_by``: in ``unless``, how many units that show the flag make the
    exclusion incoherent with the contract, so that it is not believed.
    """

    patterns: tuple[str, ...]
    none: tuple[str, ...] = ()
    min: int = 1
    zone: Literal["texte", "objet", "titres"] = "texte"
    sure: bool = True
    outweighed_by: int | None = None


class ContextFlag(Strict):
    """A condition of applicability, read from the dossier.

    ``implied_by``: flags that suffice; ``presumed_by``: flags that make it probable; ``unless`` and ``unless_flags``: signs and flags that
    rule it out.
    """

    id: str
    text: str
    note: str = ""
    rules: tuple[ContextRule, ...] = ()
    implied_by: tuple[str, ...] = ()
    presumed_by: tuple[str, ...] = ()
    unless: tuple[ContextRule, ...] = ()
    unless_flags: tuple[str, ...] = ()


class ContextFile(Strict):
    """All the flags, in order of evaluation."""

    flags: tuple[ContextFlag, ...]


class InstrumentSubject(Strict):
    """What some articles of an instrument deal with: a derogation on it that cites another number is misnumbered (rule R28)."""

    articles: tuple[str, ...]
    words: tuple[str, ...]


class Instrument(Strict):
    """A document that clauses incorporate by name (rules R07, R08, R20).

    ``names``: how it is cited; ``versions``: what names its version, needed when not empty; ``incorporates``: words that make it apply;
    ``annexes``: how the annexes that it needs filled in are named. ``short``: its name in a chain of references; ``precedence``: kinds of
    pieces in the order that its ``precedence_article`` sets where the contract sets none.
    """

    id: str
    name: str
    names: tuple[str, ...]
    versions: tuple[str, ...] = ()
    incorporates: tuple[str, ...] = ()
    none: tuple[str, ...] = ()
    annexes: tuple[str, ...] = ()
    obsolete: bool = False
    reading: str = ""
    short: str = ""
    precedence: tuple[str, ...] = ()
    precedence_article: str = ""
    subjects: tuple[InstrumentSubject, ...] = ()


class Condition(Strict):
    """A condition cited by ``only_if``, with the frames that show it."""

    id: str
    text: str
    frames: tuple[FrameSpec, ...]


class CitedPieceSpec(Strict):
    """How a contract names one of its pieces in its own text.

    ``supplied_by``: other kinds that stand for it; ``reference``: to report when cited; ``acronyms``: read in capitals only;
    ``families`` and ``instrument``: requirements it deals with, by family, or by the instrument of their ``by_reference``.
    """

    kind: str
    name: str
    patterns: tuple[str, ...]
    acronyms: tuple[str, ...] = ()
    supplied_by: tuple[str, ...] = ()
    reference: bool = False
    families: tuple[str, ...] = ()
    instrument: str | None = None


class DossierFile(Strict):
    """The vocabulary of the rules that read the pieces together: pieces as cited, and named lists of phrases."""

    pieces: tuple[CitedPieceSpec, ...]
    motifs: dict[str, tuple[str, ...]]


class ConfidentialMark(Strict):
    """A mark that makes a passage secret. ``name``: as the report says it; ``forms``: how it is written, whatever the case and accents."""

    name: str
    forms: tuple[str, ...]


class ReserveFile(Strict):
    """How a clause takes back what it grants, by weakening kind, and the turns in which these words weaken nothing."""

    reserves: dict[str, tuple[str, ...]]
    nettes: dict[str, tuple[str, ...]] = {}
    sans_effet: dict[str, tuple[str, ...]] = {}


class PersonWords(Strict):
    """What tells the name of a person.

    ``civilities`` come before it; ``labels`` announce it with a colon; ``introductions`` without one; ``not_names``: offices and services.
    """

    civilities: tuple[str, ...] = ("M.", "Mme")
    labels: tuple[str, ...] = ("signataire",)
    introductions: tuple[str, ...] = ("représentée par",)
    not_names: tuple[str, ...] = ()


class DiffusionFile(Strict):
    """What the communicable version hides: marked passages, persons, and addresses but those whose first part is of a ``service``."""

    marks: tuple[ConfidentialMark, ...] = ()
    services: tuple[str, ...] = ()
    persons: PersonWords = PersonWords()


class InstrumentFile(Strict):
    """All the instruments."""

    instruments: tuple[Instrument, ...]


class ConditionFile(Strict):
    """All the conditions."""

    conditions: tuple[Condition, ...]
