"""Tables of scans: ruled or in plain columns, clean or worn and askew, they give the rows of the paper they were printed on."""

import io
from typing import Any

import paper
import pytest
from PIL import Image, ImageDraw
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from clausecheck.readers import ocr, read_bytes, scan_tables
from clausecheck.readers.pdf_layout import Line, union
from clausecheck.vocabulary import BlockKind

DELAYS = [
    ["Gravité", "Délai de prise en compte", "Délai de rétablissement", "Pénalité"],
    ["Bloquante", "Deux heures ouvrées", "Quatre heures ouvrées", "500 € par heure"],
    ["Majeure", "Quatre heures ouvrées", "Deux jours ouvrés", "200 € par jour"],
    ["Mineure", "Deux jours ouvrés", "30 jours calendaires, ou la version suivante si le titulaire le justifie", "50 € par jour"],
]
PROCESSING = [
    ["Traitement", "Finalité", "Durée de conservation"],
    ["Inscription", "Gestion des dossiers", "Deux ans"],
    ["Facturation", "Recouvrement des sommes", "Dix ans"],
    ["Support", "Réponse aux demandes", "Un an"],
    ["Journaux", "Sécurité du service", "Six mois"],
]
BEFORE = "Le titulaire respecte les délais du tableau, qui courent dès le signalement de l’incident, quel que soit le moyen employé."
AFTER = "Aucun autre traitement n’est permis sans l’accord écrit de l’acheteur, donné avant qu’il commence pour la première fois."


def printed() -> bytes:
    """Print both tables between paragraphs: one ruled, its cells wrapped, one in columns without a rule."""
    buffer = io.BytesIO()
    plain = ("FONT", (0, 0), (-1, -1), "Times-Roman", 11)
    ruled = Table([[_text(cell) for cell in row] for row in DELAYS], [80, 110, 140, 110])
    ruled.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    flow = [_text(BEFORE), ruled, _text(AFTER), Table(PROCESSING, [110, 170, 150], style=[plain]), _text(AFTER)]
    spaced: list[Any] = [part for flowable in flow for part in (flowable, Spacer(1, 10))]
    SimpleDocTemplate(buffer, pagesize=(paper.WIDTH, paper.HEIGHT), invariant=1).build(spaced)
    return buffer.getvalue()


def _text(words: str) -> Paragraph:
    return Paragraph(words, ParagraphStyle("text", fontName="Times-Roman", fontSize=11, leading=14))


@pytest.mark.skipif(not ocr.available(), reason="tesseract absent : aucun scan n'est lu")
@pytest.mark.parametrize(("dpi", "noisy"), [(300, False), (200, True)])
def test_tables_of_scans_give_their_rows(dpi: int, noisy: bool) -> None:
    (document,) = read_bytes(paper.scan(printed(), dpi=dpi, noisy=noisy), "scan.pdf")
    rows = [document.quote(b.span).replace("’", "'") for b in document.blocks if b.kind is BlockKind.TABLE_ROW]
    assert rows == [" | ".join(row) for row in (*DELAYS, *PROCESSING)]
    assert sum(b.kind is BlockKind.PARAGRAPH for b in document.blocks) == 3
    assert all(anchor.locator.bbox and anchor.locator.ocr_confidence is not None for anchor in document.anchors)


def ruled(angle: float = 0.0, width: int = 2) -> Image.Image:
    """Draw a table of three rows and two columns, 300 dots an inch, on a page turned by ``angle`` degrees."""
    image = Image.new("L", (2400, 1200), 255)
    draw = ImageDraw.Draw(image)
    for y in (200, 400, 600, 800):
        draw.line((300, y, 2100, y), 0, width)
    for x in (300, 900, 2100):
        draw.line((x, 200, x, 800), 0, width)
    return image.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)


@pytest.mark.parametrize("width", [1, 2, 6, 12])
@pytest.mark.parametrize("angle", [0.0, 0.25])
def test_rules_are_found_thin_or_thick_and_a_little_askew(angle: float, width: int) -> None:
    (grid,) = scan_tables.grids(ruled(angle, width), 300)
    assert [len(row) for row in grid.rows] == [2, 2, 2]
    assert grid.rows[0][1] == pytest.approx((216, 48, 504, 96), abs=4)


def test_pictures_frames_and_text_rule_no_table() -> None:
    image = Image.new("L", (2400, 1200), 255)
    draw = ImageDraw.Draw(image)
    draw.rectangle((300, 200, 1500, 800), 0)
    draw.rectangle((1600, 200, 2200, 800), outline=0, width=3)
    draw.line((300, 1000, 2000, 1000), 0, 3)
    assert scan_tables.grids(image, 300) == []
    text = read_page_of_text()
    assert scan_tables.grids(text, 200) == []


def read_page_of_text() -> Image.Image:
    import pypdfium2

    buffer = io.BytesIO()
    SimpleDocTemplate(buffer).build([_text(BEFORE), _text(AFTER)])
    pdf = pypdfium2.PdfDocument(buffer.getvalue())
    try:
        return pdf[0].render(scale=200 / 72).to_pil()
    finally:
        pdf.close()


def line(*words: tuple[str, float, float]) -> Line:
    parts = tuple(Line(text, 1, (left, 60, right, 70), 10, confidence=90.0) for text, left, right in words)
    return Line(" ".join(w.text for w in parts), 1, union([w.box for w in parts]), 10, confidence=90.0, words=parts)


def test_a_line_read_through_cells_is_cut_and_its_strokes_dropped() -> None:
    found = scan_tables.grids(ruled(), 300)
    whole = line(("Délai", 80, 110), ("fixé", 114, 140), ("|", 214, 217), ("Deux", 222, 250), ("heures", 253, 290))
    assert [piece.text for piece in scan_tables.cut([whole], found)] == ["Délai fixé", "Deux heures"]


def test_a_wide_white_cuts_a_line_but_justified_words_stay() -> None:
    columns = line(("Support", 80, 120), ("Un", 180, 195), ("an", 198, 210))
    justified = line(("Le", 80, 92), ("titulaire", 106, 150), ("livre", 166, 190))
    assert [piece.text for piece in scan_tables.cut([columns, justified], [])] == ["Support", "Un an", "Le titulaire livre"]
