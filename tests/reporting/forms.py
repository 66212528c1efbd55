"""Reads the office forms of a report back, each with another library than the one that wrote it."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
from lxml import etree
from markdown_it import MarkdownIt
from odf import teletype
from odf.opendocument import load

from clausecheck.errors import UsageError
from clausecheck.reporting.exports import EXPORTS
from clausecheck.reporting.view import ReportView, kind_words

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
LABELS = {
    "conforme": "✔ Conforme",
    "affaiblie": "◐ Affaiblie",
    "contredite": "✖ Contredite",
    "absente": "○ Absente",
    "sans_objet": "– Sans objet",
    "non_concluant": "? Non concluant",
}
SEVERITIES = ("bloquante", "majeure", "mineure")
STATUSES = ("contredite", "absente", "affaiblie")


def make(form: str, view: ReportView) -> bytes:
    """Render a form; a PDF is not asked of a machine that cannot make one."""
    try:
        EXPORTS[form].ready()
    except UsageError as error:
        pytest.skip(str(error))
    return EXPORTS[form].render(view)


def part(data: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def docx_text(data: bytes) -> str:
    paragraphs = part(data, "word/document.xml").iter(f"{WORD}p")
    return "\n".join("".join(t.text or "" for t in p.iter(f"{WORD}t")) for p in paragraphs)


def odt_text(data: bytes) -> str:
    def lines(element: Any) -> list[str]:
        if getattr(element, "tagName", "") in {"text:p", "text:h"}:
            return [teletype.extractText(element)]
        return [line for child in element.childNodes for line in lines(child)]

    return "\n".join(lines(load(io.BytesIO(data)).text))


def pdf_text(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    pages = [page.get_textpage().get_text_range() for page in document]
    document.close()
    furniture = re.compile(r"^(.* – page \d+ sur \d+|•)\s*$", re.MULTILINE)
    return "\n".join(furniture.sub("", page.replace("\ufffe", "-")) for page in pages)  # PDFium: a hyphen at the end of a line


def markdown_text(data: bytes) -> str:
    tokens = MarkdownIt("commonmark").enable("table").parse(data.decode("utf-8"))
    inline = [child for token in tokens for child in token.children or []]
    assert {t.type for t in (*tokens, *inline)}.isdisjoint({"html_block", "html_inline", "link_open", "image", "code_inline", "fence"})
    texts = ["".join(c.content or ("\n" if "break" in c.type else "") for c in token.children) for token in tokens if token.children]
    return "\n".join(texts)


TEXT_OF: dict[str, Callable[[bytes], str]] = {"docx": docx_text, "odt": odt_text, "pdf": pdf_text, "md": markdown_text}


def squeezed(text: str) -> str:
    """Without white space: where lines break is each form's own business."""
    return "".join(text.split())


def in_reading_order(report: dict[str, Any]) -> list[dict[str, Any]]:
    """The findings of the JSON report as the office forms must order them, those without object left out."""

    def rank(finding: dict[str, Any]) -> tuple[int, int, int, int, str]:
        status, severity = finding["status"], SEVERITIES.index(finding["severity"])
        missing = sum(c["required"] and not c["met"] for c in finding["criteria"])
        group = severity if status in STATUSES else 3 if status == "non_concluant" else 4
        return (group, severity, STATUSES.index(status) if status in STATUSES else 0, -missing, finding["requirement"])

    return sorted((f for f in report["findings"] if f["status"] != "sans_objet"), key=rank)


def sections(text: str, findings: list[dict[str, Any]]) -> list[str]:
    """The text of each finding, from its title (its last mention: summaries come before) to the next one's."""
    whole = squeezed(text)
    starts = [whole.rindex(squeezed(f"{f['title']} ({f['requirement']})")) for f in findings]
    assert starts == sorted(starts), "les constats ne sont pas dans l’ordre de décision"
    return [whole[start:end] for start, end in zip(starts, [*starts[1:], len(whole)], strict=True)]


def facts(finding: dict[str, Any]) -> list[str]:
    """What a form must say of a finding."""
    told = [
        f"{LABELS[finding['status']]}{' par renvoi' if finding['par_renvoi'] else ''} · gravité : {finding['severity']}",
        f"indice de confiance : {finding['confidence']:.2f}".replace(".", ","),
        finding["reason"],
        *(f"« {e['quote'].strip()} »" for e in finding["evidence"]),
        *(f"{'☑ Rempli' if c['met'] else '☐ Non rempli'} : {c['text']}" for c in finding["criteria"]),
        *(f"⚠ {w['text']} ({kind_words(w['kind'])}" for w in finding["weakenings"]),
        *finding["legal_sources"],
    ]
    return [*told, finding["consequence"], finding["remediation"]] if finding["status"] in STATUSES else told
