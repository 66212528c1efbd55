"""What a lawyer sees of PDFs made here: order, paragraphs, headings, furniture, tables, forms, and refusals."""

import io
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausecheck.document import Document, PageLocator, Source
from clausecheck.errors import ReadError
from clausecheck.readers import ocr, pdf, read_bytes, read_path, tesseract
from clausecheck.readers.pdf_chars import PageChars, without_surrogates
from clausecheck.readers.pdf_words import LineJoiner, clean
from clausecheck.vocabulary import BlockKind, Layer

canvas = pytest.importorskip("reportlab.pdfgen.canvas")

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "dev"
WIDTH, HEIGHT = 595, 842
Draw = Callable[["canvas.Canvas"], None]


def make(*pages: Draw, **options: object) -> bytes:
    buffer = io.BytesIO()
    sheet = canvas.Canvas(buffer, pagesize=(WIDTH, HEIGHT), **options)
    for draw in pages:
        draw(sheet)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def lines(texts: list[str], top: float = 100, left: float = 60, size: float = 11, bold: bool = False) -> Draw:
    def draw(sheet: "canvas.Canvas") -> None:
        sheet.setFont("Helvetica-Bold" if bold else "Helvetica", size)
        for rank, text in enumerate(texts):
            sheet.drawString(left, HEIGHT - top - rank * size * 1.25, text)

    return draw


def both(*draws: Draw) -> Draw:
    def draw(sheet: "canvas.Canvas") -> None:
        for one in draws:
            one(sheet)

    return draw


def read(data: bytes) -> Document:
    return pdf.read(data, Source("piece.pdf", "", "pdf"))


def texts(document: Document, layer: Layer = Layer.BODY, kind: BlockKind | None = None) -> list[str]:
    return [document.quote(b.span) for b in document.blocks if b.layer is layer and kind in (None, b.kind)]


LONG = [
    "Le titulaire traite les données à caractère personnel sur la seule instruction documentée",
    "de l'acheteur, y compris pour les transferts vers un pays tiers, et informe celui-ci de toute",
    "instruction qui lui paraîtrait contraire au règlement.",
]


def test_a_paragraph_is_whole_and_its_heading_is_numbered() -> None:
    document = read(make(both(lines(["4.2 Confidentialité"], 80, bold=True), lines(LONG, 110))))
    heading, paragraph = document.blocks
    assert (heading.kind, heading.number, heading.level) == (BlockKind.HEADING, "4.2", 2)
    assert document.quote(paragraph.span) == " ".join(LONG)
    assert paragraph.parent == 0


def test_every_line_keeps_its_page_and_box() -> None:
    document = read(make(lines(LONG)))
    anchors = document.locate(document.blocks[0].span)
    assert len(anchors) == 3
    assert all(isinstance(a.locator, PageLocator) and a.locator.page == 1 for a in anchors)
    left, top, _right, bottom = anchors[0].locator.bbox
    assert left == pytest.approx(60, abs=2)
    assert 85 < top < 100 < bottom < 106


def test_running_lines_and_page_numbers_are_furniture_and_cut_no_sentence() -> None:
    def page(number: int, words: list[str], top: float) -> Draw:
        return both(lines(["Marché n° 12 - CCAP"], 30), lines(words, top), lines([f"Page {number} sur 3"], 800))

    third = ["Les pénalités sont plafonnées."]
    document = read(make(page(1, LONG[:2], 730), page(2, LONG[2:], 90), page(3, third, 90)))
    assert texts(document) == [" ".join(LONG), "Les pénalités sont plafonnées."]
    assert len(texts(document, Layer.FURNITURE)) == 6
    assert [a.locator.page for a in document.locate(document.blocks[1].span)] == [1, 1, 2]


def test_two_columns_are_read_one_after_the_other() -> None:
    left = [f"la colonne de gauche, ligne {rank} du texte, suit" for rank in range(12)]
    right = [f"la colonne de droite, ligne {rank} du texte, suit" for rank in range(12)]

    def rows(sheet: "canvas.Canvas") -> None:
        sheet.setFont("Helvetica", 10)
        for rank, (one, other) in enumerate(zip(left, right, strict=True)):
            sheet.drawString(50, HEIGHT - 150 - 12 * rank, one)
            sheet.drawString(320, HEIGHT - 150 - 12 * rank, other)

    document = read(make(both(lines(["CONDITIONS GENERALES DE VENTE DU SERVICE EN LIGNE"], 90, 120), rows)))
    assert " ".join(left) + " " + " ".join(right) in " ".join(texts(document))


def test_contents_are_set_apart() -> None:
    entries = ["Sommaire", "1. Objet ..................... 2", "2. Prix ..................... 3"]
    document = read(make(lines(entries), both(lines(["1. Objet"], 90, bold=True), lines(LONG, 120))))
    assert texts(document, Layer.TOC) == entries
    assert texts(document)[0] == "1. Objet"


def test_list_items_hang_from_their_lead_in() -> None:
    items = ["Le titulaire :", "- notifie toute violation ;", "- tient un registre."]
    document = read(make(lines(items)))
    assert [b.kind for b in document.blocks] == [BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.LIST_ITEM]
    assert [b.parent for b in document.blocks] == [None, 0, 0]


def test_the_drawn_dots_of_a_list_open_its_items() -> None:
    items = ["de communiquer les données à des tiers,", "de garder copie des fichiers,", "d'en changer l'usage."]

    def dots(sheet: "canvas.Canvas") -> None:
        for rank in range(len(items)):
            sheet.circle(64, HEIGHT - 116 - rank * 13.75, 1.9, stroke=0, fill=1)

    document = read(make(both(lines(["Il est interdit :"], 100), lines(items, 120, left=78), dots)))
    assert [b.kind for b in document.blocks] == [BlockKind.PARAGRAPH, *[BlockKind.LIST_ITEM] * 3]
    assert texts(document)[1:] == [f"• {item}" for item in items]


def test_half_a_character_is_an_unknown_glyph(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = PageChars._read_codes

    def broken(chars: PageChars) -> object:
        codes = whole(chars).copy()
        codes[0] = 0xD83D
        return without_surrogates(codes)

    monkeypatch.setattr(PageChars, "_read_codes", broken)
    document = read(make(lines(LONG)))
    assert document.text.startswith("\ufffde titulaire")
    assert 0 < document.coverage.unknown_glyphs < 0.05
    document.text.encode()


def test_half_a_character_in_a_title_stops_nothing() -> None:
    with pikepdf.open(io.BytesIO(make(lines(LONG)))) as file:
        file.docinfo["/Title"] = pikepdf.String(b"\xfe\xff\xd8\x3d\x00A")
        buffer = io.BytesIO()
        file.save(buffer)
    assert ("titre", "\ufffdA") in read(buffer.getvalue()).metadata


def test_a_numbered_sentence_is_no_heading() -> None:
    document = read(make(lines(["4.2 Le titulaire notifie toute violation à l'acheteur sans délai."])))
    assert document.blocks[0].kind is BlockKind.PARAGRAPH
    assert document.blocks[0].number == "4.2"


def test_figures_and_run_in_enumerations_at_a_line_start_open_nothing() -> None:
    words = ["Le titulaire garde les journaux, sur ses propres serveurs, pendant une période de trois", "(3) mois après la fin du marché."]
    run_in = ["Sont interdits (i) la copie des données personnelles hors des serveurs désignés ici et", "(ii) leur revente à des tiers."]
    document = read(make(both(lines(words, top=100), lines(run_in, top=160))))
    assert texts(document) == [" ".join(words), " ".join(run_in)]


def test_ruled_tables_give_rows() -> None:
    def grid(sheet: "canvas.Canvas") -> None:
        sheet.grid([60, 200, 400], [HEIGHT - y for y in (100, 130, 160)])
        sheet.setFont("Helvetica", 10)
        for x, y, text in [(65, 118, "Retard"), (205, 112, "100 euros"), (205, 125, "par jour"), (65, 148, "Fuite")]:
            sheet.drawString(x, HEIGHT - y, text)
        sheet.drawString(205, HEIGHT - 148, "500 euros")

    document = read(make(both(lines(["Pénalités :"], 60), grid)))
    assert texts(document, kind=BlockKind.TABLE_ROW) == ["Retard | 100 euros par jour", "Fuite | 500 euros"]


def test_words_cut_at_line_ends_are_joined() -> None:
    joiner = LineJoiner(["le sous-traitant et la confidentialité du service"])
    assert joiner.end("la confiden-", "tialité") == ("la confiden", "")
    assert joiner.end("un sous-", "traitant") == ("un sous-", "")
    assert joiner.end("la Seine-", "Maritime") == ("la Seine-", "")
    assert joiner.end("la sécu\u00ad", "rité") == ("la sécu", "")
    assert joiner.end("un mot", "entier") == ("un mot", " ")
    assert clean("dé\u00adﬁni") == "défini"


def test_form_fields_show_their_values() -> None:
    def form(sheet: "canvas.Canvas") -> None:
        sheet.drawString(60, 760, "Acte d'engagement à compléter par le candidat")
        sheet.acroForm.textfield(name="siret", tooltip="SIRET", value="12345", x=60, y=700, width=200, height=20)
        sheet.acroForm.checkbox(name="option", tooltip="Option A", checked=True, x=60, y=650)

    document = read(make(form))
    assert texts(document, kind=BlockKind.FORM_FIELD) == ["SIRET\u202f: 12345", "☒ Option A"]


def test_a_page_without_text_is_told_unreadable(monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import Image
    from reportlab.lib.utils import ImageReader

    def picture(sheet: "canvas.Canvas") -> None:
        sheet.drawImage(ImageReader(Image.new("L", (60, 80), 200)), 0, 0, WIDTH, HEIGHT)

    monkeypatch.setattr(ocr, "engine", lambda: None)
    document = read(make(lines(LONG), picture))
    assert document.coverage.unreadable == (2,)
    assert not document.coverage.complete
    assert "tesseract" in document.warnings[0].message


def test_a_blank_page_is_read() -> None:
    assert read(make(lines(LONG), lambda _: None)).coverage.complete


def test_recognised_words_carry_their_confidence() -> None:
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    rows = ["5\t1\t1\t1\t1\t1\t300\t300\t150\t50\t90\tLe", "5\t1\t1\t1\t1\t2\t500\t300\t150\t50\t70\ttitulaire"]
    (line,) = tesseract.parse_tsv("\n".join([head, *rows]), 3, 72 / 300)
    assert (line.text, line.page, line.confidence) == ("Le titulaire", 3, 80)
    assert line.box == pytest.approx((72, 72, 156, 84))


def test_passwords_and_damage_are_explained() -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    locked = make(lines(LONG), encrypt=StandardEncryption("secret", ownerPassword="maître"))
    with pytest.raises(ReadError, match="mot de passe"):
        read(locked)
    open_to_all = make(lines(LONG), encrypt=StandardEncryption("", ownerPassword="maître"))
    assert texts(read(open_to_all)) == [" ".join(LONG)]
    with pytest.raises(ReadError, match="endommagé"):
        read(b"%PDF-1.4 rien de bon")


def test_a_rotated_page_reads_the_same() -> None:
    def turned(sheet: "canvas.Canvas") -> None:
        sheet.setPageRotation(90)
        sheet.translate(WIDTH, 0)
        sheet.rotate(90)
        sheet.setFont("Helvetica", 11)
        for rank, text in enumerate(LONG):
            sheet.drawString(60, 500 - 14 * rank, text)

    assert texts(read(make(turned))) == [" ".join(LONG)]


def check_offsets(document: Document) -> None:
    previous = 0
    for block in document.blocks:
        assert previous <= block.span.start < block.span.end <= len(document.text)
        assert block.parent is None or document.blocks[block.parent].span.end < block.span.start
        previous = block.span.end + 1
    starts = [anchor.span.start for anchor in document.anchors]
    assert starts == sorted(starts)
    assert all(anchor.span.end <= len(document.text) for anchor in document.anchors)


WORDS = st.text(alphabet="abé -.:;1)AE•\u00a0", min_size=1, max_size=60)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=12), min_size=1, max_size=3))
def test_offsets_hold_whatever_the_content(pages: list[list[str]]) -> None:
    check_offsets(read(make(*(lines(page) for page in pages))))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="corpus absent")
@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.pdf")), ids=lambda path: path.stem)
def test_every_real_pdf_reads(path: Path) -> None:
    (document,) = read_path(path)
    check_offsets(document)
    assert document.coverage.complete
    assert len(texts(document)) > 10


def test_read_bytes_tells_pdf_by_content() -> None:
    (document,) = read_bytes(make(lines(LONG)), "piece.doc")
    assert document.source.format == "pdf"
    assert document.language == "fr"


@pytest.mark.parametrize("angle", [90, 180, 270])
def test_text_that_runs_sideways_is_read_and_found_where_it_stands(angle: int) -> None:
    def sideways(sheet: "canvas.Canvas") -> None:
        sheet.translate(300, 400)
        sheet.rotate(angle)
        sheet.setFont("Helvetica", 11)
        sheet.drawString(0, 0, LONG[0])

    document = read(make(sideways))
    assert texts(document) == [LONG[0]]
    left, top, right, bottom = document.anchors[0].locator.bbox
    x, y = 300, HEIGHT - 400  # where the text starts, from the top left corner
    corner = {90: (right, bottom), 180: (right, top), 270: (left, top)}[angle]
    assert corner == pytest.approx((x, y), abs=6)
    assert (right - left > bottom - top) == (angle == 180)
