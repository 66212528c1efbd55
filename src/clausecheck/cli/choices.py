"""The values that options of the command line take."""

from enum import StrEnum


class Format(StrEnum):
    """Output formats of ``check``."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    XLSX = "xlsx"
    ODS = "ods"
    SARIF = "sarif"
    JUNIT = "junit"
    MD = "md"
    DOCX = "docx"
    ODT = "odt"
    PDF = "pdf"


class MatrixFormat(StrEnum):
    """Output formats of ``matrix``."""

    XLSX = "xlsx"
    ODS = "ods"
    CSV = "csv"
    HTML = "html"
    PARQUET = "parquet"


class SheetFormat(StrEnum):
    """Forms of the transparency sheet."""

    TEXT = "text"
    HTML = "html"
    MD = "md"


class Threshold(StrEnum):
    """From which severity open findings make the command fail."""

    BLOQUANTE = "bloquante"
    MAJEURE = "majeure"
    MINEURE = "mineure"
    NEVER = "never"


class Group(StrEnum):
    """By what ``evaluate`` tells its figures apart."""

    FAMILLE = "famille"
    DOSSIER = "dossier"
    EXIGENCE = "exigence"


class Form(StrEnum):
    """Forms of what ``evaluate`` prints."""

    TEXT = "text"
    JSON = "json"
