"""Reads the forms made for machines and browsers back, each with another library than the one that wrote it."""

import io
import json
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
from forms import LABELS, STATUSES
from lxml import html
from odf import teletype
from odf.opendocument import load
from odf.table import Table, TableCell, TableRow

Told = dict[str, str]
"""Requirement → everything that a form says of it."""


def _rows(head: list[str], *body: list[str]) -> Told:
    """Read the sheet «Constats»."""
    return {row[head.index("Exigence")]: " ".join(row) for row in body}


def from_xlsx(data: bytes) -> Told:
    sheet = openpyxl.load_workbook(io.BytesIO(data))["Constats"]
    return _rows(*([str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)))


def from_ods(data: bytes) -> Told:
    sheets = load(io.BytesIO(data)).spreadsheet.getElementsByType(Table)
    sheet = next(s for s in sheets if s.getAttribute("name") == "Constats")
    return _rows(*([teletype.extractText(c) for c in row.getElementsByType(TableCell)] for row in sheet.getElementsByType(TableRow)))


def from_html(data: bytes) -> Told:
    cards = html.fromstring(data.decode("utf-8")).xpath("//article[@id]")
    return {card.get("id"): card.text_content() for card in cards}


def from_sarif(data: bytes) -> Told:
    results = json.loads(data)["runs"][0]["results"]
    return {r["ruleId"]: json.dumps(r, ensure_ascii=False) for r in results}


def from_junit(data: bytes) -> Told:
    cases = ET.fromstring(data).iter("testcase")
    return {str(c.get("name")).split()[0]: " ".join(f"{e.get('message')} {e.text}" for e in c) for c in cases}


DATA: dict[str, Callable[[bytes], Told]] = {"html": from_html, "xlsx": from_xlsx, "ods": from_ods, "sarif": from_sarif, "junit": from_junit}


def check_data(form: str, data: bytes, report: dict[str, Any]) -> None:
    """Every gap is told, with its status, its reason and the words that show it first."""
    told = {name: " ".join(text.split()) for name, text in DATA[form](data).items()}
    gaps = [f for f in report["findings"] if f["status"] in STATUSES]
    assert {f["requirement"] for f in gaps} <= told.keys(), form
    for gap in gaps:
        said = told[gap["requirement"]]
        assert " ".join(gap["reason"].split()) in said, (form, gap["requirement"])
        assert form == "sarif" or LABELS[gap["status"]] in said, (form, gap["requirement"])
        assert not gap["evidence"] or any(" ".join(_escaped(e["quote"], form).split()) in said for e in gap["evidence"]), (form, gap)


def _escaped(quote: str, form: str) -> str:
    return json.dumps(quote, ensure_ascii=False)[1:-1] if form == "sarif" else quote
