"""The findings as one flat table, a line for each dossier and requirement: CSV for a spreadsheet, Parquet for analysis."""

import csv
import io
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import IO, Any

from clausecheck.errors import UsageError
from clausecheck.reporting.comparison import Comparison, Judged
from clausecheck.reporting.payload import FindingRecord
from clausecheck.reporting.tables.model import in_memory, looks_like_formula
from clausecheck.reporting.tables.sheets import missing_words, weakening_words

_DOSSIERS_AT_ONCE = 100
"""In a row group of Parquet."""

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


def records(comparison: Comparison) -> Iterator[list[dict[str, Any]]]:
    """Yield those of each dossier: one for each requirement."""
    for dossier in comparison.dossiers:
        yield [_record(comparison.name, dossier, finding) for finding in dossier.report.ranked]


def _record(consultation: str, dossier: Judged, f: FindingRecord) -> dict[str, Any]:
    head, quote = dossier.head, f.telling
    values = (
        *(consultation, dossier.lot, dossier.vendor, head.dossier.vendor.siret or "", head.dossier.name),
        *(f.requirement, f.title, f.family, f.severity.value, f.status.value, f.par_renvoi, f.confidence, f.reason),
        *(quote.quote if quote else "", quote.place if quote else "", missing_words(f), weakening_words(f)),
        *(" ".join(f.review), f.decidable_by, f.derogation.words if f.derogation else "", head.catalogue.sha256 or ""),
    )
    return dict(zip(FIELDS, values, strict=True))


def write_csv(comparison: Comparison, stream: IO[bytes]) -> None:
    """Write CSV as French spreadsheets read it: «;», UTF-8 with its mark, decimal comma, nothing that a spreadsheet would run."""
    rows = ([*record.values()] for some in records(comparison) for record in some)
    _write_table(list(FIELDS), rows, stream)


def csv_bytes(header: list[str], rows: Iterable[list[Any]]) -> bytes:
    """Return a table as CSV."""
    return in_memory(lambda lines, stream: _write_table(header, lines, stream), rows)


def _write_table(header: list[str], rows: Iterable[list[Any]], stream: IO[bytes]) -> None:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_plain(value) for value in row] for row in rows)
    text.detach()  # written out, and the stream left open to whoever opened it


def _plain(value: object) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, float):
        return str(value).replace(".", ",")
    text = "" if value is None else str(value)
    return f"'{text}" if isinstance(value, str) and looks_like_formula(text) else text


def write_parquet(comparison: Comparison, stream: IO[bytes]) -> None:
    """Write Parquet, texts as they are. Raises UsageError where pyarrow is not installed."""
    try:
        import pyarrow as pa
        from pyarrow import parquet
    except ImportError as error:
        message = "Le format Parquet demande pyarrow : pip install 'clausecheck[analyse]'."
        raise UsageError(message, "extra_manquant") from error
    types = {str: pa.string(), bool: pa.bool_(), float: pa.float64()}
    schema = pa.schema([(name, types[kind]) for name, kind in FIELDS.items()])
    several = records(comparison)
    with parquet.ParquetWriter(stream, schema, compression="zstd") as writer:
        while some := list(chain.from_iterable(islice(several, _DOSSIERS_AT_ONCE))):
            writer.write_table(pa.Table.from_pylist(some, schema=schema))
