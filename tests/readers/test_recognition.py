"""Scans laid askew, the choice of a program, RapidOCR where nothing else is installed, pictures of several pages, 7z archives."""

import io
import math
import sys
from types import ModuleType, SimpleNamespace

import pytest
from PIL import Image, ImageDraw

from clausecheck.readers import deskew, ocr, rapid, read_bytes, tesseract
from clausecheck.readers.pdf_layout import Line


def ruled(angle: float) -> Image.Image:
    """A page of dark lines, turned by ``angle`` degrees."""
    page = Image.new("L", (1000, 1400), 255)
    drawing = ImageDraw.Draw(page)
    for rank in range(30):
        drawing.rectangle((120, 150 + 36 * rank, 700 + 40 * (rank % 5), 164 + 36 * rank), fill=30)
    return page.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)


@pytest.mark.parametrize("angle", [-2.0, -1.0, 0.0, 1.0, 2.5])
def test_a_page_laid_askew_is_straightened(angle: float) -> None:
    _, turned = deskew.straighten(ruled(angle))
    assert turned == pytest.approx(-angle, abs=0.3)


def test_a_blank_page_is_left_alone() -> None:
    assert deskew.straighten(Image.new("L", (1000, 1400), 255))[1] == 0


def test_boxes_go_back_to_the_page_as_scanned() -> None:
    size, angle = (1000, 1400), 1.0
    line = Line("mot", 1, (690.0, 690.0, 710.0, 710.0), 20.0)
    (placed,) = deskew.placed([line], angle, size, 1.0)
    x, y = (placed.box[0] + placed.box[2]) / 2 - 500, (placed.box[1] + placed.box[3]) / 2 - 700
    # Turning the scan by ``angle`` anticlockwise, as straightening did, must bring the point where the line was found: (200, 0).
    back = math.radians(angle)
    assert (x * math.cos(back) + y * math.sin(back), -x * math.sin(back) + y * math.cos(back)) == pytest.approx((200, 0), abs=0.01)


def test_tesseract_goes_first_and_rapidocr_second(monkeypatch: pytest.MonkeyPatch) -> None:
    for first, second, expected in (("T", "R", "T"), (None, "R", "R"), (None, None, None)):
        monkeypatch.setattr(tesseract, "load", lambda first=first: first)
        monkeypatch.setattr(rapid, "load", lambda second=second: second)
        ocr.engine.cache_clear()
        assert ocr.engine() == expected
    ocr.engine.cache_clear()


def test_rapidocr_gives_lines_in_points(monkeypatch: pytest.MonkeyPatch) -> None:
    found = SimpleNamespace(boxes=[[(30, 60), (90, 60), (90, 75), (30, 75)]], txts=("Le titulaire",), scores=(0.98,))
    module = ModuleType("rapidocr")
    module.RapidOCR = lambda params: lambda picture: found
    monkeypatch.setitem(sys.modules, "rapidocr", module)
    (line,) = rapid.Rapid().read(Image.new("L", (600, 800), 255), 3, 300)
    assert (line.text, line.page, line.confidence) == ("Le titulaire", 3, pytest.approx(98))
    assert line.box == pytest.approx((14.4, 28.8, 43.2, 36))


def test_rapidocr_that_breaks_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("rapidocr")
    monkeypatch.setitem(sys.modules, "rapidocr", module)
    with pytest.raises(ocr.OcrError, match="RapidOCR a échoué"):
        rapid.Rapid().read(Image.new("L", (60, 80), 255), 1, 300)


@pytest.mark.skipif(tesseract.load() is None, reason="tesseract absent")
def test_a_picture_of_two_pages_is_read_page_by_page() -> None:
    from PIL import ImageFont

    pages = []
    for words in ("Le titulaire garde le secret.", "Le marché dure quatre ans."):
        page = Image.new("L", (1200, 400), 255)
        ImageDraw.Draw(page).text((80, 150), words, fill=0, font=ImageFont.load_default(60))
        pages.append(page)
    buffer = io.BytesIO()
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:], dpi=(300, 300))
    (document,) = read_bytes(buffer.getvalue(), "scan.tiff")
    assert document.coverage.pages_total == 2
    assert "titulaire garde le secret" in document.text
    assert document.page_of(document.blocks[-1].span) == 2
    assert document.ocr_confidence(document.blocks[0].span) > 70


def test_a_7z_archive_is_read() -> None:
    py7zr = pytest.importorskip("py7zr")
    buffer = io.BytesIO()
    with py7zr.SevenZipFile(buffer, "w") as archive:
        archive.writestr("Le titulaire garde le secret.".encode(), "lot 1/pièce.txt")
    (document,) = read_bytes(buffer.getvalue(), "a.7z")
    assert document.source.path == "a.7z!lot 1/pièce.txt"


def test_a_picture_where_no_word_is_seen_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "engine", lambda: SimpleNamespace(read=lambda *_: []))
    for picture, read in ((ruled(0), 0), (Image.new("L", (1000, 1400), 235), 1)):
        buffer = io.BytesIO()
        picture.save(buffer, "PNG", dpi=(200, 200))
        (document,) = read_bytes(buffer.getvalue(), "scan.png")
        assert document.coverage.pages_read == read
        assert [w.code for w in document.warnings] == (["ocr"] if read else ["pages_illisibles"])
