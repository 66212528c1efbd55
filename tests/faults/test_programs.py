"""Tesseract and LibreOffice may be missing, crash, hang or babble: each has its stated outcome, and the rest of the file is read."""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from clausecheck.document import Document
from clausecheck.errors import EXIT_UNREAD, ReadError
from clausecheck.pipeline import Engine
from clausecheck.readers import ocr, office, read_bytes, tesseract
from clausecheck.vocabulary import Status

canvas = pytest.importorskip("reportlab.pdfgen.canvas")
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="les faux programmes sont des scripts de shell")

NATIVE = "Le titulaire garde le secret sur toutes les données dont il a connaissance pendant le marché."
LISTS = 'case "$*" in *--list-langs*) echo fra; exit 0;; esac\ncat >/dev/null\n'
HEADER = "level\\tpage_num\\tblock_num\\tpar_num\\tline_num\\tword_num\\tleft\\ttop\\twidth\\theight\\tconf\\ttext\\n"
WORD = "5\\t1\\t1\\t1\\t1\\t{rank}\\t{left}\\t300\\t150\\t50\\t{confidence}\\t{text}\\n"


@pytest.fixture
def fake(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str, str], None]]:
    """Put a program of this name and these lines of shell before all others."""
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr("clausecheck.readers.rapid.load", lambda: None)

    def install(name: str, lines: str) -> None:
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
        program.chmod(0o755)
        ocr.engine.cache_clear()

    yield install
    ocr.engine.cache_clear()


@pytest.fixture(scope="module")
def mixed() -> bytes:
    """A PDF of three pages: text, then two pictures."""
    import io

    from PIL import Image
    from reportlab.lib.utils import ImageReader

    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer)
    sheet.drawString(60, 700, NATIVE)
    for _ in range(2):
        sheet.showPage()
        sheet.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, 595, 842)
    sheet.save()
    return buffer.getvalue()


def read(data: bytes) -> Document:
    (document,) = read_bytes(data, "piece.pdf")
    return document


def check_unread(document: Document, words: str) -> None:
    assert NATIVE in document.text
    assert document.coverage.unreadable == (2, 3)
    assert document.coverage.pages_read == 1
    (warning,) = document.warnings
    assert warning.code == "pages_illisibles"
    assert warning.message.startswith("Pages sans texte lisible\u202f: 2 à 3.")
    assert words in warning.message


def test_tesseract_missing(fake: Callable[[str, str], None], mixed: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    ocr.engine.cache_clear()
    check_unread(read(mixed), "Installez tesseract")


def test_tesseract_without_french(fake: Callable[[str, str], None], mixed: bytes) -> None:
    fake("tesseract", "echo eng")
    check_unread(read(mixed), "Installez tesseract avec le français")


def test_tesseract_crashing(fake: Callable[[str, str], None], mixed: bytes) -> None:
    fake("tesseract", LISTS + "echo boum >&2; kill -SEGV $$")
    check_unread(read(mixed), "Tesseract a échoué")


def test_tesseract_hanging_is_tried_once(
    fake: Callable[[str, str], None], mixed: bytes, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tesseract, "TIME_LIMIT", 1)
    fake("tesseract", LISTS + f"echo essai >> {tmp_path}/essais; exec sleep 30")
    check_unread(read(mixed), "ne répond pas")
    assert (tmp_path / "essais").read_text() == "essai\n"


def test_tesseract_babbling(fake: Callable[[str, str], None], mixed: bytes) -> None:
    fake("tesseract", LISTS + r"printf 'n\377importe quoi\n\tencore'")
    check_unread(read(mixed), "forme inconnue")


def test_tesseract_printing_bad_utf8(fake: Callable[[str, str], None], mixed: bytes, engine: Engine) -> None:
    rows = WORD.format(rank=1, left=300, confidence=96, text="donn\\351es") + WORD.format(
        rank=2, left=500, confidence=94, text="priv\\351es"
    )
    fake("tesseract", LISTS + f"printf '{HEADER}{rows}'")
    document = read(mixed)
    assert "donn\ufffdes priv\ufffdes" in document.text
    assert document.coverage.weak == (2, 3)
    assert [w.code for w in document.warnings] == ["ocr", "ocr_faible"]
    findings = engine.assess([document], name="essai").findings
    assert Status.ABSENTE not in {f.status for f in findings}
    assert any("ocr_faible" in f.review for f in findings)


def test_a_broken_row_loses_no_other(fake: Callable[[str, str], None], mixed: bytes) -> None:
    good = WORD.format(rank=1, left=300, confidence=96, text="pénalités")
    fake("tesseract", LISTS + f"printf '{HEADER}5\\tx\\n{good}5\\t1\\t1\\t1\\t1\\t2\\tNaN\\t?\\t1\\t1\\t90\\tperdu\\n'")
    document = read(mixed)
    assert document.coverage.complete
    assert document.text.count("pénalités") == 2


def test_unread_pages_end_in_code_3(fake: Callable[[str, str], None], mixed: bytes, tmp_path: Path, command: Callable[..., object]) -> None:
    fake("tesseract", LISTS + "exit 1")
    path = tmp_path / "piece.pdf"
    path.write_bytes(mixed)
    done = command("check", path, "--fail-on", "never", env={"PATH": f"{tmp_path}:/usr/bin:/bin"})
    assert done.code == EXIT_UNREAD


RTF = rb"{\rtf1 Bonjour}"


def test_libreoffice_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "find_office", lambda: None)
    with pytest.raises(ReadError, match="installez LibreOffice") as caught:
        read_bytes(RTF, "piece.rtf")
    assert (caught.value.code, caught.value.exit_code) == ("libreoffice_absent", EXIT_UNREAD)


@pytest.mark.parametrize("lines", ["exit 1", "kill -SEGV $$", "exit 0"])
def test_libreoffice_that_writes_nothing(lines: str, fake: Callable[[str, str], None]) -> None:
    fake("soffice", lines)
    with pytest.raises(ReadError, match=r"n'a pas pu lire « piece\.rtf »") as caught:
        read_bytes(RTF, "piece.rtf")
    assert caught.value.code == "conversion_impossible"


def test_libreoffice_hanging_leaves_no_process(fake: Callable[[str, str], None], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(office, "TIME_LIMIT", 1)
    fake("soffice", f"( echo $$ > {tmp_path}/pid; sleep 30 ) & wait")
    with pytest.raises(ReadError, match="n'a pas lu") as caught:
        read_bytes(RTF, "piece.rtf")
    assert caught.value.code == "delai_depasse"
    time.sleep(0.1)
    assert not Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}/cmdline").is_file()


def test_libreoffice_that_writes_rubbish(fake: Callable[[str, str], None]) -> None:
    fake("soffice", 'for last; do :; done\nfolder=$(dirname "$last")/sortie\nmkdir -p "$folder"; echo rien > "$folder/piece.docx"')
    with pytest.raises(ReadError) as caught:
        read_bytes(RTF, "piece.rtf")
    assert "piece.rtf" in str(caught.value)
