"""One long contract in every format an office produces: the same text, the same articles, the same judgement."""

import subprocess
from collections.abc import Callable
from functools import cache
from pathlib import Path

import light
import opendocument
import paper
import pytest
import word

from clausecheck.document import Document
from clausecheck.document.normalized import words
from clausecheck.pipeline import Engine
from clausecheck.readers import ocr, office, read_bytes
from clausecheck.vocabulary import BlockKind, Layer
from contract import Contract, contract

WRITERS: dict[str, Callable[[Contract], bytes]] = {
    "docx": word.docx,
    "odt": opendocument.odt,
    "pdf": paper.pdf,
    "md": light.markdown,
    "html": light.html,
}
CONVERTED = ("doc", "rtf", "pdf")
FILES = (*WRITERS, *(f"LibreOffice {suffix}" for suffix in CONVERTED))
CLEAN, NOISY = 0.02, 0.05
"""Largest share of wrong characters: what lawyers still read without effort."""


def tokens(text: str) -> list[str]:
    return [word for word, _, _ in words(text, keep_all=True)]


def body(document: Document) -> str:
    blocks = (b for b in document.blocks if b.layer is Layer.BODY and b.kind is not BlockKind.FOOTNOTE)
    return " ".join(word for b in blocks for word in tokens(document.quote(b.span)))


def of_kind(document: Document, kind: BlockKind) -> list[str]:
    return [" ".join(tokens(document.quote(b.span))) for b in document.blocks if b.kind is kind and b.layer is Layer.BODY]


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Document]:
    folder = tmp_path_factory.mktemp("contrat")

    @cache
    def one(name: str) -> Document:
        suffix = name.rpartition(" ")[2]
        data = converted(folder, suffix) if name != suffix else WRITERS[suffix](contract())
        (document,) = read_bytes(data, f"ccp.{suffix}")
        return document

    return one


def converted(folder: Path, suffix: str) -> bytes:
    program = office.find_office()
    if program is None:
        pytest.skip("LibreOffice absent : les formats qu'il écrit ne sont pas essayés")
    source = folder / "ccp.docx"
    source.write_bytes(word.docx(contract()))
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profil').as_uri()}",
        "--headless",
        "--convert-to",
        suffix,
        "--outdir",
        str(folder / "lo"),
    ]
    subprocess.run([*command, str(source)], check=True, capture_output=True, timeout=120)
    return (folder / "lo" / f"ccp.{suffix}").read_bytes()


@pytest.fixture(scope="module")
def statuses(engine: Engine, read: Callable[[str], Document]) -> Callable[[str], dict[str, str]]:
    @cache
    def judge(name: str) -> dict[str, str]:
        return {f.requirement.id: f.status.value for f in engine.assess([read(name)], name="essai").findings}

    return judge


@pytest.fixture(autouse=True)
def _font() -> None:
    if not paper.has_boxes():
        pytest.skip("police DejaVu absente : les cases ☐ et ☒ ne s'impriment pas")


@pytest.mark.parametrize("name", FILES)
def test_nothing_is_lost_nor_added(name: str, read: Callable[[str], Document]) -> None:
    document = read(name)
    assert body(document).split() == [word for item in contract().items for word in tokens(item.lead + item.plain)]
    assert of_kind(document, BlockKind.FOOTNOTE) == [" ".join(tokens(f"{number} {text}")) for number, text in contract().notes]
    assert document.coverage.complete
    assert document.warnings == ()


@pytest.mark.parametrize("name", FILES)
def test_articles_and_boxes_are_the_same(name: str, read: Callable[[str], Document]) -> None:
    document = read(name)
    headings = [b for b in document.blocks if b.kind is BlockKind.HEADING and b.layer is Layer.BODY]
    found = [(b.number, document.quote(b.span)) for b in headings]
    assert found == [(item.number or None, item.lead + item.plain) for item in contract().items if item.level]
    boxes = [
        document.quote(b.span).removeprefix("- ")[:10] for b in document.blocks if document.quote(b.span).removeprefix("- ")[:1] in "☐☒"
    ]
    assert boxes == ["☒ Option 1", "☐ Option 2", "☒ Option 3"]
    rows = [b for b in document.blocks if b.kind is BlockKind.TABLE_ROW]
    assert len(rows) == sum(item.kind == "row" for item in contract().items)


@pytest.mark.parametrize("name", FILES[1:])
def test_statuses_are_the_same(name: str, statuses: Callable[[str], dict[str, str]]) -> None:
    reference = statuses("docx")
    assert {key: status for key, status in statuses(name).items() if status != reference[key]} == {}


def test_the_contract_is_long() -> None:
    document = read_bytes(paper.pdf(contract()), "ccp.pdf").documents[0]
    assert document.coverage.pages_total >= 20


@pytest.mark.skipif(not ocr.available(), reason="tesseract absent : aucun scan n'est lu")
@pytest.mark.parametrize(("dpi", "noisy"), [(300, False), (200, True)])
def test_a_scan_reads_almost_the_same(dpi: int, noisy: bool) -> None:
    printed = paper.pages(paper.pdf(contract()), 8, 8)
    (reference,) = read_bytes(printed, "ccp.pdf")
    (document,) = read_bytes(paper.scan(printed, dpi=dpi, noisy=noisy), "scan.pdf")
    assert paper.character_error(body(reference), body(document)) <= (NOISY if noisy else CLEAN)
    assert document.coverage.mean_ocr_confidence > 80
