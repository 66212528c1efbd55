"""``clausecheck doctor``: what is installed, what is missing, and what each missing thing costs."""

import importlib.metadata
import shutil
import subprocess
import sys
from dataclasses import dataclass

from rich.table import Table

from clausecheck import __version__
from clausecheck.cli.console import out
from clausecheck.errors import EXIT_CLEAN, UsageError
from clausecheck.reporting.typography import french

_TIMEOUT_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked for. ``found``: its version, or None; ``cost``: what its absence costs; ``remedy``: how to get it."""

    name: str
    found: str | None
    cost: str
    remedy: str


def _health() -> list[Check]:
    """Look for everything clausecheck can use."""
    return [
        Check("Python", sys.version.split()[0], "", ""),
        _package("pypdfium2", "les PDF ne peuvent pas être lus", "pip install clausecheck"),
        _package("lxml", "les DOCX et ODT ne peuvent pas être lus", "pip install clausecheck"),
        _catalogue(),
        _tesseract(),
        _rapid(),
        _program(
            "LibreOffice",
            ("soffice", "libreoffice"),
            "les .doc et .rtf ne peuvent pas être lus",
            "apt install libreoffice-writer",
        ),
        _pdf(),
    ]


def _package(name: str, cost: str, remedy: str) -> Check:
    try:
        return Check(name, importlib.metadata.version(name), cost, remedy)
    except importlib.metadata.PackageNotFoundError:
        return Check(name, None, cost, remedy)


def _program(name: str, commands: tuple[str, ...], cost: str, remedy: str) -> Check:
    found = next((path for c in commands if (path := shutil.which(c))), None)
    return Check(name, found, cost, remedy)


def _tesseract() -> Check:
    cost = "les scans ne peuvent pas être lus : les constats qui en dépendent sont « non concluant »"
    remedy = "apt install tesseract-ocr tesseract-ocr-fra"
    path = shutil.which("tesseract")
    if path is None:
        return Check("Tesseract (fra)", None, cost, remedy)
    listed = subprocess.run([path, "--list-langs"], capture_output=True, text=True, timeout=_TIMEOUT_SECONDS, check=False)
    return Check("Tesseract (fra)", path if "fra" in listed.stdout.split() else None, cost, remedy)


def _rapid() -> Check:
    from clausecheck.readers import rapid

    state = importlib.metadata.version("rapidocr") if rapid.load() else None
    return Check("RapidOCR", state, "sans tesseract, les scans ne peuvent pas être lus", "pip install clausecheck[ocr]")


def _pdf() -> Check:
    from clausecheck.reporting.pdf_report import ready

    cost = "les rapports PDF ne peuvent pas être écrits (DOCX et ODT le peuvent)"
    remedy = 'pip install "clausecheck[pdf]", et la bibliothèque pango : apt install libpango-1.0-0 libpangoft2-1.0-0'
    try:
        ready()
    except UsageError:
        return Check("WeasyPrint et pango", None, cost, remedy)
    return _package("weasyprint", cost, remedy)


def _catalogue() -> Check:
    from clausecheck.catalogue.loader import load_catalogue

    catalogue = load_catalogue()
    return Check("Catalogue", f"{catalogue.version} ({len(catalogue.requirements)} exigences)", "", "")


def print_health() -> int:
    """Print the table. Nothing optional missing is an error."""
    table = Table(title=f"clausecheck {__version__}", title_justify="left")
    for column in ("Élément", "État", "Si absent"):
        table.add_column(column)
    for check in _health():
        state = f"✔ {check.found}" if check.found else "○ absent"
        table.add_row(check.name, state, "" if check.found else french(f"{check.cost}. Pour l’obtenir : {check.remedy}"))
    out().print(table)
    return EXIT_CLEAN
