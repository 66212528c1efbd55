"""The contract on paper: PDF by reportlab, and scans of it as an office machine makes them."""

import difflib
import io
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from PIL import Image, ImageFilter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

from contract import Contract, Item

WIDTH, HEIGHT = 595.3, 841.9
_DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
_SIZES = {"title": 18, "annex": 16, "subannex": 14, "article": 14, "sub": 13}


def pdf(contract: Contract) -> bytes:
    """Return the contract as a PDF with a text layer: 12 points, ruled tables, notes at the foot of the page that calls them."""
    buffer = io.BytesIO()
    document = _Document(buffer, contract)
    document.build([flowable for kind, items in contract.groups() for flowable in _flowables(kind, items)])
    return buffer.getvalue()


class _Document(BaseDocTemplate):
    def __init__(self, buffer: io.BytesIO, contract: Contract) -> None:
        super().__init__(buffer, pagesize=(WIDTH, HEIGHT), invariant=1, title="CCP", author="clausecheck")
        self._contract = contract
        self._notes: list[tuple[int, str]] = []
        frame = Frame(72, 110, WIDTH - 144, HEIGHT - 200, leftPadding=0, rightPadding=0)
        self.addPageTemplates([PageTemplate("page", [frame], onPageEnd=self._foot)])

    def afterFlowable(self, flowable: Any) -> None:  # noqa: N802 - reportlab's own name
        """Remember the notes called on this page."""
        self._notes += getattr(flowable, "notes", ())

    def _foot(self, canvas: Any, document: Any) -> None:
        canvas.setFont("Helvetica", 9)
        canvas.drawString(72, HEIGHT - 50, self._contract.header)
        canvas.drawString(72, 36, f"{self._contract.footer} — page {document.page}")
        bottom = 92.0
        for number, words in self._notes:
            note = Paragraph(f"{number} {escape(words)}", ParagraphStyle("note", fontName="Times-Roman", fontSize=9, leading=11))
            bottom -= note.wrap(WIDTH - 144, 100)[1]
            note.drawOn(canvas, 72, bottom)
        self._notes = []


def _style(kind: str) -> ParagraphStyle:
    size = _SIZES.get(kind, 12)
    font = "Times-Bold" if kind in _SIZES else "Times-Roman"
    left = 18 if kind in ("dash", "letter", "box") else 0
    return ParagraphStyle(kind, fontName=font, fontSize=size, leading=1.4 * size, spaceBefore=6, spaceAfter=8, leftIndent=left)


def _flowables(kind: str, items: list[Item]) -> list[Any]:
    if kind == "row":
        rows = [[Paragraph(escape(cell), _style("cell")) for cell in item.cells] for item in items]
        return [Table(rows, style=[("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")])]
    return [_paragraph(item) for item in items]


def _paragraph(item: Item) -> Any:
    calls = [f"<super>{number}</super>" for number, _ in item.notes]
    words = "".join(escape(chunk) + call for chunk, call in zip(item.chunks, [*calls, ""], strict=True))
    lead = f'<font name="{_box_font()}">{item.lead}</font>' if item.kind == "box" else item.lead
    paragraph = Paragraph(lead + words, _style(item.kind))
    paragraph.notes = item.notes
    return paragraph


@cache
def _box_font() -> str:
    """A font that draws ☐ and ☒; without one the boxes are printed blank, and the tests that need them skip."""
    if not has_boxes():
        return "Times-Roman"
    pdfmetrics.registerFont(TTFont("DejaVu", str(_DEJAVU)))
    return "DejaVu"


def has_boxes() -> bool:
    """Tell whether this machine has the font of the boxes."""
    return _DEJAVU.is_file()


def scan(data: bytes, *, dpi: int, noisy: bool = False, pages: int | None = None) -> bytes:
    """Print a PDF and scan it: pictures only. ``noisy``: speckles, grey paper, a soft lens and a skew of one degree."""
    import pypdfium2

    source = pypdfium2.PdfDocument(data)
    try:
        count = len(source) if pages is None else min(pages, len(source))
        images = [source[index].render(scale=dpi / 72).to_pil().convert("L") for index in range(count)]
    finally:
        source.close()
    return as_pdf([_worn(image, rank) if noisy else image for rank, image in enumerate(images)], dpi)


def pages(data: bytes, first: int, last: int) -> bytes:
    """Return the pages ``first`` to ``last`` of a PDF, from 1."""
    import pypdfium2

    source, cut, buffer = pypdfium2.PdfDocument(data), pypdfium2.PdfDocument.new(), io.BytesIO()
    try:
        cut.import_pages(source, list(range(first - 1, last)))
        cut.save(buffer)
    finally:
        cut.close()
        source.close()
    return buffer.getvalue()


def character_error(expected: str, found: str) -> float:
    """Return the share of wrong characters: words are aligned first, then the letters of those that differ."""
    before, after = expected.split(), found.split()
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    changes = ((before[a:b], after[c:d]) for kind, a, b, c, d in matcher.get_opcodes() if kind != "equal")
    return sum(_distance(" ".join(one), " ".join(other)) for one, other in changes) / len(expected)


def _distance(expected: str, found: str) -> int:
    row = list(range(len(found) + 1))
    for i, char in enumerate(expected, 1):
        above, row[0] = row[0], i
        for j, other in enumerate(found, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (char != other))
    return row[-1]


def as_pdf(images: list[Image.Image], dpi: int) -> bytes:
    """Bind pictures into a PDF."""
    buffer = io.BytesIO()
    images[0].save(buffer, "PDF", resolution=dpi, save_all=True, append_images=images[1:], quality=80)
    return buffer.getvalue()


def _worn(image: Image.Image, seed: int) -> Image.Image:
    import numpy as np

    turned = image.rotate(1.0 if seed % 2 else -1.0, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.6))
    chance = np.random.default_rng(seed)
    pixels = np.asarray(turned, dtype=np.float32) * 0.9 + chance.normal(8, 12, (turned.height, turned.width))
    pixels[chance.random(pixels.shape) < 0.001] = 40
    return Image.fromarray(pixels.clip(0, 255).astype(np.uint8))
