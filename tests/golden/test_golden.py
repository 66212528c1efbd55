"""Difficult files read as the reviewed JSON beside this test says.

After a wanted change: ``CLAUSECHECK_REGENERER=1 python -m pytest tests/golden`` rewrites the JSON and fails, so that the difference is
read before it is committed; it is refused on a continuous integration machine.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from difficult import FILES

from clausecheck.document import Document
from clausecheck.readers import ReadResult, ocr, read_bytes
from clausecheck.readers.pdf_layout import Line

FOLDER = Path(__file__).parent
REGENERATE = bool(os.environ.get("CLAUSECHECK_REGENERER"))


class FixedEngine:
    """Stands for a recognition program: always the same two lines, one well read, one badly."""

    def read(self, image: object, page: int, dpi: float) -> list[Line]:
        return [
            Line("2. Secret", page, (60.0, 80.0, 120.0, 92.0), 12.0, confidence=96.0),
            Line("Le titulaire garde le secret sur les données du marché.", page, (60.0, 110.0, 400.0, 122.0), 12.0, confidence=62.0),
        ]


@pytest.fixture(autouse=True)
def _engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "engine", FixedEngine)


def described(result: ReadResult) -> dict[str, Any]:
    return {
        "documents": [_document(document) for document in result.documents],
        "problems": [{"code": p.code, "document": p.document, "message": p.message} for p in result.problems],
    }


def _document(document: Document) -> dict[str, Any]:
    coverage = document.coverage
    return {
        "path": document.source.path,
        "format": document.source.format,
        "language": document.language.value,
        "pages": [coverage.pages_read, coverage.pages_total],
        "unreadable": list(coverage.unreadable),
        "weak": list(coverage.weak),
        "ocr_confidence": coverage.mean_ocr_confidence,
        "unknown_glyphs": round(coverage.unknown_glyphs, 3),
        "warnings": [{"code": w.code, "message": w.message} for w in document.warnings],
        "blocks": [_block(document, index) for index in range(len(document.blocks))],
    }


def _block(document: Document, index: int) -> dict[str, Any]:
    block = document.blocks[index]
    facts = {
        "level": block.level,
        "number": block.number,
        "parent": block.parent,
        "style": block.style,
        "page": document.page_of(block.span),
    }
    said = {name: value for name, value in facts.items() if value is not None}
    return {"kind": block.kind.value, "layer": block.layer.value, **said, "text": document.quote(block.span)}


@pytest.mark.parametrize("name", FILES)
def test_the_file_reads_as_reviewed(name: str) -> None:
    found = json.dumps(described(read_bytes(FILES[name](), name)), ensure_ascii=False, indent=1) + "\n"
    path = FOLDER / f"{name}.json"
    if REGENERATE:
        if os.environ.get("CI"):
            pytest.fail("On ne régénère pas les références sur une machine d'intégration.")
        changed = not path.is_file() or path.read_text(encoding="utf-8") != found
        path.write_text(found, encoding="utf-8")
        if changed:
            pytest.fail(f"{path.name} régénéré : relisez la différence, puis relancez sans CLAUSECHECK_REGENERER.")
    assert json.loads(found) == json.loads(path.read_text(encoding="utf-8"))


def test_every_reference_has_its_file() -> None:
    assert {path.name for path in FOLDER.glob("*.json")} == {f"{name}.json" for name in FILES}
