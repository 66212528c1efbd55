"""The findings as one flat table, a line for each dossier and requirement: CSV for a spreadsheet, Parquet for analysis."""

import csv
import io
from typing import Any

from clausecheck.errors import UsageError
from clausecheck.reporting.comparison import Comparison, Judged
from clausecheck.reporting.payload import FindingRecord
from clausecheck.reporting.tables.model import looks_like_formula
from clausecheck.reporting.tables.sheets import missing_words, weakening_words

FIELDS: dict[str, type] = {
    "consultation": str,
    "lot": str,
    "candidat": str,
    "siret": str,
    "dossier": str,
    "exigence": str,
    "intitule": str,
    "famille": str,
    "gravite": str,
    "statut": str,
    "par_renvoi": bool,
    "confiance": float,
    "motif": str,
    "citation": str,
    "ou": str,
    "criteres_manquants": str,
    "affaiblissements": str,
    "a_relire": str,
    "decision": str,
    "derogation": str,
    "catalogue": str,
}
"""Columns and their types; statuses, severities and families by the words of the JSON report."""


def records(comparison: Comparison) -> list[dict[str, Any]]:
    """One record for each dossier and requirement, dossier by dossier."""
    return [_record(comparison.name, d, f) for d in comparison.dossiers for f in sorted(d.report.findings, key=lambda f: f.rank)]


def _record(consultation: str, dossier: Judged, f: FindingRecord) -> dict[str, Any]:
    report, quote = dossier.report, f.telling
    values = (
        *(consultation, dossier.lot, dossier.vendor, report.dossier.vendor.siret or "", report.dossier.name),
        *(f.requirement, f.title, f.family, f.severity.value, f.status.value, f.par_renvoi, f.confidence, f.reason),
        *(quote.quote if quote else "", quote.place if quote else "", missing_words(f), weakening_words(f)),
        *(" ".join(f.review), f.decidable_by, f.derogation.words if f.derogation else "", report.catalogue.sha256 or ""),
    )
    return dict(zip(FIELDS, values, strict=True))


def to_csv(comparison: Comparison) -> bytes:
    """Return CSV as French spreadsheets read it: «;», UTF-8 with its mark, decimal comma, nothing that a spreadsheet would run."""
    return csv_bytes(list(FIELDS), [list(record.values()) for record in records(comparison)])


def csv_bytes(header: list[str], rows: list[list[Any]]) -> bytes:
    """Write a table as CSV."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_plain(value) for value in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig")


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return str(value).replace(".", ",")
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and looks_like_formula(text) else text


def to_parquet(comparison: Comparison) -> bytes:
    """Return Parquet, texts as they are. Raises UsageError where pyarrow is not installed."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        message = "Le format Parquet demande pyarrow : pip install 'clausecheck[analyse]'."
        raise UsageError(message, "extra_manquant") from error
    types = {str: pa.string(), bool: pa.bool_(), float: pa.float64()}
    schema = pa.schema([(name, types[kind]) for name, kind in FIELDS.items()])
    buffer = io.BytesIO()
    parquet.write_table(pa.Table.from_pylist(records(comparison), schema=schema), buffer, compression="zstd")
    return buffer.getvalue()
