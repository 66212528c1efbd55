"""Words shared by every layer: the values are what French users and the JSON report read."""

from enum import StrEnum


class Status(StrEnum):
    """Outcome of a requirement on a dossier."""

    CONFORME = "conforme"
    AFFAIBLIE = "affaiblie"
    CONTREDITE = "contredite"
    ABSENTE = "absente"
    SANS_OBJET = "sans_objet"
    NON_CONCLUANT = "non_concluant"


class Severity(StrEnum):
    """How much a gap matters, most serious first."""

    BLOQUANTE = "bloquante"
    MAJEURE = "majeure"
    MINEURE = "mineure"


class Layer(StrEnum):
    """Where a block stands: only BODY proves anything; the rest is kept, apart."""

    BODY = "body"
    FURNITURE = "furniture"
    TOC = "toc"
    NOTE = "note"
    DELETED = "deleted"


class View(StrEnum):
    """How tracked changes are read: accepted, refused, or both shown between marks."""

    FINAL = "finale"
    ORIGINAL = "originale"
    MARKED = "marquee"


MARKS = (("[+", "+]"), ("[−", "−]"))
"""What stands around an insertion, then around a deletion, in the marked view."""


class BlockKind(StrEnum):
    """What a block is, typographically."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"
    FORM_FIELD = "form_field"


class Language(StrEnum):
    """Language of a document or block."""

    FRENCH = "fr"
    ENGLISH = "en"
    OTHER = "autre"


class Actor(StrEnum):
    """Who a sentence binds."""

    HOLDER = "titulaire"
    BUYER = "acheteur"
    BOTH = "parties"
    UNKNOWN = "inconnu"


class Origin(StrEnum):
    """Whose piece it is: what the holder wrote is its offer, secret unless shown otherwise."""

    HOLDER = "titulaire"
    BUYER = "acheteur"
    COMMON = "commun"
    UNKNOWN = "inconnue"


class Diffusion(StrEnum):
    """Who a report is for: the buyer's own services, or anyone entitled to ask for it."""

    INTERNE = "interne"
    COMMUNICABLE = "communicable"
