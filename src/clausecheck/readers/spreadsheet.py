"""Workbooks (xlsx, ods): each sheet a heading, each row a table row, values as stored."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from clausecheck.document import Document, DocumentBuilder, Source
from clausecheck.errors import ReadError
from clausecheck.readers.outline import Outline

MAX_PART = 300_000_000
"""Largest part of a workbook, uncompressed, in bytes."""

_MAX_REPEAT = 50
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"

_Rows = Iterator[list[str]]


def read(data: bytes, source: Source) -> Document:
    """Read a workbook. Raises ``ReadError`` when it is damaged."""
    from lxml import etree

    builder = DocumentBuilder(source)
    outline = Outline(builder)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name, rows in _ods(archive) if source.format == "ods" else _xlsx(archive):
                outline.heading(name, 1)
                for row in rows:
                    _add_row(outline, row)
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, etree.XMLSyntaxError) as error:
        raise ReadError(
            f"« {source.path} » est un classeur endommagé\u202f: demandez-en une nouvelle copie.", "fichier_endommage"
        ) from error
    return builder.build()


def _add_row(outline: Outline, row: list[str]) -> None:
    cells = [re.sub(r"\s+", " ", cell).strip() for cell in row]
    if any(cells):
        outline.row(" | ".join(cell for cell in cells if cell))


def _parse(archive: zipfile.ZipFile, name: str) -> Any:
    from lxml import etree

    if archive.getinfo(name).file_size > MAX_PART:
        raise ValueError(name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    return etree.fromstring(archive.read(name), parser)


def _xlsx(archive: zipfile.ZipFile) -> Iterator[tuple[str, _Rows]]:
    shared = _shared_strings(archive)
    links = _parse(archive, "xl/_rels/workbook.xml.rels")
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in _parse(archive, "xl/workbook.xml").iter(f"{_MAIN}sheet"):
        target = targets[sheet.get(_RELATION)]
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        yield sheet.get("name", ""), _xlsx_rows(_parse(archive, part), shared)


def _shared_strings(archive: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in archive.namelist():
        return []
    return [_rich_text(item) for item in _parse(archive, "xl/sharedStrings.xml")]


def _rich_text(item: Any) -> str:
    """Text of an item, without the phonetic reading."""
    return "".join(node.text or "" for node in item.iter(f"{_MAIN}t") if node.getparent().tag != f"{_MAIN}rPh")


def _xlsx_rows(sheet: Any, shared: list[str]) -> _Rows:
    for row in sheet.iter(f"{_MAIN}row"):
        yield [_xlsx_value(cell, shared) for cell in row.iter(f"{_MAIN}c")]


def _xlsx_value(cell: Any, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _rich_text(cell)
    value = cell.findtext(f"{_MAIN}v") or ""
    if cell.get("t") == "s" and value:
        return shared[int(value)]
    if cell.get("t") == "b":
        return "oui" if value == "1" else "non"
    return value


def _ods(archive: zipfile.ZipFile) -> Iterator[tuple[str, _Rows]]:
    for table in _parse(archive, "content.xml").iter(f"{_TABLE}table"):
        yield table.get(f"{_TABLE}name", ""), _ods_rows(table)


def _ods_rows(table: Any) -> _Rows:
    for row in table.iter(f"{_TABLE}table-row"):
        cells = [cell for cell in row if cell.tag == f"{_TABLE}table-cell"]
        values = [value for cell in cells for value in [_ods_value(cell)] * _repeat(cell, "number-columns-repeated")]
        for _ in range(_repeat(row, "number-rows-repeated") if any(values) else 0):
            yield values


def _ods_value(cell: Any) -> str:
    return " ".join("".join(paragraph.itertext()) for paragraph in cell.iter(f"{_TEXT}p"))


def _repeat(element: Any, name: str) -> int:
    """Repetitions fill a sheet to its edge: those of empty cells are dropped by the caller, others are capped."""
    return min(int(element.get(f"{_TABLE}{name}", "1")), _MAX_REPEAT)
