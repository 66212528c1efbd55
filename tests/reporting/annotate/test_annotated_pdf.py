"""Annotated PDF copies: highlights on the exact words, upright or turned, typed or scanned; locked and signed files."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from copies import Seen, letters, pdf_highlights
from PIL import Image

from clausecheck.assessment.model import DossierReport
from clausecheck.cli.gather import gather
from clausecheck.document import Document, Problem, Source, TextSpan
from clausecheck.pipeline import Engine
from clausecheck.readers import ocr, pdf
from clausecheck.reporting.annotate import Copy, annotated_copies
from clausecheck.reporting.annotate.notes import Job, Note, Said
from clausecheck.reporting.annotate.pdf import BOOKMARK, annotate
from clausecheck.reporting.view import ReportView
from clausecheck.vocabulary import Status

QUOTES = ("la qualité de responsable du traitement et le titulaire celle de sous-traitant", "documente ses instructions", "formées")
"""Over two lines, inside one, one word, in the sample's annex."""


@pytest.fixture(scope="module")
def sample(samples: Path) -> bytes:
    return (samples / "presque-conforme" / "annexe-rgpd.pdf").read_bytes()


def highlighted(data: bytes, quotes: tuple[str, ...] = QUOTES) -> tuple[bytes, list[Seen]]:
    document = pdf.read(data, Source("essai.pdf", "", "pdf"))
    notes = tuple(note(document, quote) for quote in quotes)
    copy, unplaced = annotate(data, Job(document, notes, lambda _: (Said("Copie"),), tuple((q, q) for q in quotes)))
    assert unplaced == ()
    return copy, pdf_highlights(copy)


def note(document: Document, quote: str) -> Note:
    start = document.text.index(quote)
    return Note(TextSpan(start, start + len(quote)), quote, (quote,), Status.AFFAIBLIE, (Said(quote),))


def changed(data: bytes, change: Callable[[pikepdf.Pdf], None], **options: object) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        change(opened)
        opened.save(buffer, **options)
    return buffer.getvalue()


TURNED = {90: b"0 1 -1 0 842 0 cm", 180: b"-1 0 0 -1 595 842 cm", 270: b"0 -1 1 0 0 595 cm"}
"""Contents drawn on their side, that the page's own rotation sets upright, as scanners and landscape pages do."""


@pytest.mark.parametrize("angle", [0, 90, 180, 270])
def test_the_words_under_each_highlight_are_the_quote_and_nothing_more(sample: bytes, angle: int) -> None:
    def turn(opened: pikepdf.Pdf) -> None:
        for page in opened.pages:
            page.contents_add(TURNED[angle], prepend=True)
            page.mediabox = pikepdf.Array([0, 0, 842, 595] if angle % 180 else [0, 0, 595, 842])
            page.cropbox = pikepdf.Array([10, 5, *([835, 590] if angle % 180 else [590, 835])])
            page.rotate(angle, relative=False)

    _, seen = highlighted(changed(sample, turn) if angle else sample)
    assert [letters(s.words) for s in seen] == [letters(q) for q in QUOTES]
    assert [s.said for s in seen] == list(QUOTES)


def test_bookmarks_lead_to_the_findings_after_those_of_the_file(sample: bytes) -> None:
    def add(opened: pikepdf.Pdf) -> None:
        with opened.open_outline() as outline:
            outline.root.append(pikepdf.OutlineItem("Annexe", 0))

    copy, _ = highlighted(changed(sample, add))
    with pypdfium2.PdfDocument(copy) as opened:
        titles = [(b.level, b.get_title()) for b in opened.get_toc()]
        pages = [b.get_dest().get_index() for b in opened.get_toc()]
    assert titles == [(0, "Annexe"), (0, BOOKMARK), *((1, quote) for quote in QUOTES)]
    assert pages[2:] == [0, 0, 0]


@pytest.mark.skipif(not ocr.available(), reason="tesseract et son français ne sont pas installés")
@pytest.mark.parametrize("angle", [0, 90])
def test_on_a_scan_the_words_recognised_are_highlighted_where_they_are_printed(sample: bytes, angle: int) -> None:
    with pypdfium2.PdfDocument(sample) as opened:
        image = opened[0].render(scale=200 / 72).to_pil().convert("L")
    buffer = io.BytesIO()
    image.rotate(angle, expand=True).save(buffer, "PDF", resolution=200)
    scan = changed(buffer.getvalue(), lambda opened: opened.pages[0].rotate(angle, relative=False)) if angle else buffer.getvalue()
    copy, _ = highlighted(scan, QUOTES[1:])
    with pikepdf.open(io.BytesIO(copy)) as opened:
        boxes = [[float(v) for v in a.Rect] for a in opened.pages[0].Annots if a.Subtype == "/Highlight"]
        media = [float(v) for v in opened.pages[0].mediabox]
    typed, _ = highlighted(sample, QUOTES[1:])
    with pikepdf.open(io.BytesIO(typed)) as opened:
        wanted = [[float(v) for v in a.Rect] for a in opened.pages[0].Annots if a.Subtype == "/Highlight"]
    for box, expected in zip(boxes, wanted, strict=True):
        middle = ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
        x, y = middle if angle == 0 else (middle[1], media[2] - middle[0])
        assert expected[0] <= x <= expected[2]
        assert expected[1] <= y <= expected[3]
        assert max(box[2] - box[0], box[3] - box[1]) < 1.3 * (expected[2] - expected[0])


def test_a_pdf_locked_against_changes_is_refused_and_the_others_are_not(sample: bytes, engine: Engine, tmp_path: Path) -> None:
    locked = pikepdf.Encryption(owner="secret", user="", allow=pikepdf.Permissions(modify_annotation=False))
    (tmp_path / "a.pdf").write_bytes(changed(sample, lambda _: None, encryption=locked))
    (tmp_path / "b.pdf").write_bytes(sample)
    gathered = gather([tmp_path])
    refused, made = annotated_copies(ReportView.of(engine.assess(gathered.documents, name="lot", only=("RGPD-28-3-A",))))
    assert isinstance(refused, Problem)
    assert "protégé contre la modification" in refused.message
    assert isinstance(made, Copy)


def test_the_copy_of_a_signed_pdf_says_so_and_the_original_is_intact(sample: bytes, engine: Engine, tmp_path: Path) -> None:
    def sign(opened: pikepdf.Pdf) -> None:
        value = pikepdf.Dictionary(Type=pikepdf.Name.Sig, Filter=pikepdf.Name("/Adobe.PPKLite"), ByteRange=[0, 1, 2, 3], Contents=b"x")
        field = pikepdf.Dictionary(Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Sig, T="s", V=value, Rect=[0, 0, 0, 0])
        opened.Root.AcroForm = pikepdf.Dictionary(Fields=[opened.make_indirect(field)], SigFlags=3)

    signed = changed(sample, sign)
    (tmp_path / "annexe.pdf").write_bytes(signed)
    report = engine.assess(gather([tmp_path]).documents, name="lot", only=("RGPD-28-3-A",))
    (made,) = annotated_copies(ReportView.of(report))
    assert isinstance(made, Copy)
    assert (tmp_path / "annexe.pdf").read_bytes() == signed
    assert any("signature" in p.message.lower() for p in report.problems)
    with pikepdf.open(io.BytesIO(made.data)) as opened:
        assert any("la signature ne vaut pas pour cette copie" in str(a.Contents) for a in opened.pages[0].Annots if "/Contents" in a)


def test_broken_metadata_is_left_as_it_is_and_nothing_is_printed_about_it(sample: bytes, caplog: pytest.LogCaptureFixture) -> None:
    def spoil(opened: pikepdf.Pdf) -> None:
        opened.Root.Metadata = opened.make_stream(b"<broken/>", Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)

    spoiled = changed(sample, spoil, fix_metadata_version=False)
    copy, _ = highlighted(spoiled)
    with pikepdf.open(io.BytesIO(copy)) as opened:
        assert opened.Root.Metadata.read_bytes() == b"<broken/>"
    assert caplog.records == []


def test_the_original_text_is_unchanged_and_two_runs_give_the_same_bytes(report_of: Callable[[str], DossierReport]) -> None:
    view = ReportView.of(report_of("cgv-reprend-tout"))
    first, second = ([c for c in annotated_copies(view) if isinstance(c, Copy) and c.name.endswith(".pdf")] for _ in range(2))
    assert first == second
    source = next(d.source.path for d in view.report.segmented.documents if d.source.format == "pdf")
    assert pages(first[0].data) == pages(Path(source).read_bytes())


def pages(data: bytes) -> list[tuple[str, Image.Image]]:
    with pypdfium2.PdfDocument(data) as opened:
        return [page.get_textpage().get_text_bounded() for page in opened]
