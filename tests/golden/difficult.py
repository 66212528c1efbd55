"""Files that readers commonly get wrong, each made here from nothing: name → bytes."""

import io
import zipfile
from collections.abc import Callable
from email.message import EmailMessage

import docx_files as word
import odt_files
from docx_files import cell, deleted, inserted, para, run, table
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

ROY = 'w:id="1" w:author="Anne Roy" w:date="2026-03-01T09:00:00Z"'
PETIT = 'w:id="2" w:author="Luc Petit" w:date="2026-03-02T09:00:00Z"'
WIDTH, HEIGHT = A4


def revisions_docx() -> bytes:
    """Two authors; a sentence changed, a paragraph merged by a deleted mark, a row taken away."""
    row = (
        f"<w:tr><w:trPr><w:del {ROY}/></w:trPr>{cell(para(inner=deleted('Astreinte', ROY)))}{cell(para(inner=deleted('300', ROY)))}</w:tr>"
    )
    kept = f"<w:tr>{cell(para('Maintenance'))}{cell(para('900'))}</w:tr>"
    mark = f"<w:rPr><w:del {PETIT}/></w:rPr>"
    return word.package(
        para("Violations", style="Titre1")
        + para(inner=run("Le titulaire notifie sous ") + deleted("24", ROY) + inserted("72", PETIT) + run(" heures"))
        + f"<w:p><w:pPr>{mark}</w:pPr>{run('La notification est écrite')}</w:p>"
        + para(" et motivée.")
        + f"<w:tbl>{row}{kept}</w:tbl>"
    )


def merged_table_docx() -> bytes:
    """A cell over two columns, a cell over two rows, a table inside a cell."""
    inner = table(cell(para("Fuite")) + cell(para("500 €")))
    return word.package(
        table(
            cell(para("Pénalités"), '<w:gridSpan w:val="2"/>') + cell(para("Plafond")),
            cell(para("Retard"), '<w:vMerge w:val="restart"/>') + cell(para("100 € par jour")) + cell(para("10 %")),
            cell(para(), "<w:vMerge/>") + cell(para("50 € par heure")) + cell(para("Détail :") + inner + para()),
        )
    )


def boxes_docx() -> bytes:
    """A text box drawn twice, once for new readers and once for old ones: it is read once."""
    text = f"<w:txbxContent>{para('Encadré : le titulaire garde le secret.')}</w:txbxContent>"
    box = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{text}</wps:txbx></wps:wsp></w:drawing>'
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{text}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    return word.package(para("Confidentialité", style="Titre1") + para("Voir l'encadré.", inner=box) + para("Suite."))


def controls_docx() -> bytes:
    """Content controls and old form fields: ticked, unticked, chosen in a list, typed."""
    ticked = (
        '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>'
        "☒</w:t></w:r></w:sdtContent></w:sdt>"
    )
    old = '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar></w:r>'
    old += '<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    chosen = f"<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>{run('France')}</w:sdtContent></w:sdt>"
    typed = f"<w:sdt><w:sdtContent>{para('Durée de conservation : six mois.')}</w:sdtContent></w:sdt>"
    return word.package(
        f"<w:p>{ticked}{run(' Hébergement en Union européenne')}</w:p><w:p>{old}{run(' Hébergement hors Union')}</w:p>"
        + para(inner=run("Pays : ") + chosen)
        + typed
    )


def roman_docx() -> bytes:
    """Roman articles, decimal sub-articles that show no roman number, letters, a restart at five."""
    return word.package(
        para("Objet", num=(2, 0), bold=True)
        + para("Périmètre", num=(2, 1), bold=True)
        + para("Prix", num=(2, 0), bold=True)
        + para("Le prix comprend :")
        + para("l'hébergement ;", num=(4, 1))
        + para("la maintenance.", num=(4, 1))
        + para("Sécurité", num=(3, 0), bold=True)
    )


def hidden_docx() -> bytes:
    """Hidden text, a footnote, an endnote, a comment, a header: none is lost, none is taken for a clause in the wrong place."""
    calls = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:endnoteReference w:id="3"/></w:r><w:r><w:commentReference w:id="4"/></w:r>'
    return word.package(
        para(inner=run("Le titulaire répond des dommages") + calls + run(", dans la limite du prix", "<w:vanish/>") + run(".")),
        footnotes=f'<w:footnote w:id="2">{para("Hors cas de force majeure.")}</w:footnote>',
        endnotes=f'<w:endnote w:id="3">{para("Voir le CCAG-TIC.")}</w:endnote>',
        comments=f'<w:comment w:id="4" w:author="Anne Roy">{para("À négocier.")}</w:comment>',
        header1=para("Marché n° 12 – CCAP"),
    )


def fields_docx() -> bytes:
    """A table of contents, a cross reference and a page number, as Word stores them."""

    def field(code: str, result: str) -> str:
        begin, separate, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))
        return f"{begin}<w:r><w:instrText> {code} </w:instrText></w:r>{separate}{run(result)}{end}"

    return word.package(
        para(inner=field("TOC \\o", "Sécurité 2"), style="TM1")
        + para("Sécurité", style="Titre1")
        + para(inner=run("Voir l'article ") + field("REF _Ref1 \\r", "12.3") + run(" du marché."))
    )


def revisions_odt() -> bytes:
    """A deletion of two paragraphs and an insertion, by two authors."""

    def region(identifier: str, kind: str, who: str, day: int, text: str = "") -> str:
        info = f"<office:change-info><dc:creator>{who}</dc:creator><dc:date>2026-03-0{day}T09:00:00</dc:date></office:change-info>"
        return f'<text:changed-region text:id="{identifier}"><text:{kind}>{info}{text}</text:{kind}></text:changed-region>'

    gone = "<text:p>Le titulaire est assuré.</text:p><text:p>Il en justifie.</text:p><text:p/>"
    changes = region("a", "deletion", "Anne Roy", 1, gone) + region("b", "insertion", "Luc Petit", 2)
    return odt_files.package(
        f"<text:tracked-changes>{changes}</text:tracked-changes>"
        '<text:h text:outline-level="1">Assurance</text:h>'
        '<text:p><text:change text:change-id="a"/>Le contrat dure un an<text:change-start text:change-id="b"/>, renouvelable'
        '<text:change-end text:change-id="b"/>.</text:p>'
    )


def notes_odt() -> bytes:
    """A frame, a note, an annotation, a hidden section and a list that goes on after a table."""
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body><text:p>'
        "En jours ouvrés.</text:p></text:note-body></text:note>"
    )
    item = '<text:list{0} text:style-name="Lettres"><text:list-item><text:p>{1}</text:p></text:list-item></text:list>'
    row = (
        "<table:table-row><table:table-cell><text:p>Délai</text:p></table:table-cell><table:table-cell><text:p>"
        "30</text:p></table:table-cell></table:table-row>"
    )
    return odt_files.package(
        f"<text:p>Le délai est de dix jours{note}.</text:p>"
        "<text:p><draw:frame><draw:text-box><text:p>Encadré : paiement à trente jours.</text:p></draw:text-box></draw:frame></text:p>"
        + item.format("", "remettre les clés ;")
        + f"<table:table>{row}</table:table>"
        + item.format(' text:continue-numbering="true"', "effacer les données.")
        + '<text:section text:name="s" text:display="none"><text:p>Clause retirée.</text:p></text:section>'
    )


def _pdf(*draws: Callable[[Canvas], None]) -> bytes:
    buffer = io.BytesIO()
    sheet = Canvas(buffer, pagesize=A4, invariant=1)
    for draw in draws:
        draw(sheet)
        sheet.showPage()
    sheet.save()
    return buffer.getvalue()


def _lines(sheet: Canvas, left: float, top: float, texts: list[str], size: float = 10) -> None:
    sheet.setFont("Helvetica", size)
    for rank, text in enumerate(texts):
        sheet.drawString(left, HEIGHT - top - 1.3 * size * rank, text)


def columns_pdf() -> bytes:
    """Two columns under a title over both, a sentence that goes on from one to the other, headers and page numbers."""
    left = [
        "Le prestataire assure la confidentialité",
        "des données confiées par le client pendant",
        "toute la durée du contrat et cinq ans",
    ]
    right = [
        "après son terme, quelle qu'en soit la cause",
        "ou la forme, sans contrepartie financière",
        "et sans limite de montant prévue ici.",
    ]

    titles = ("ARTICLE 1 – CONFIDENTIALITÉ", "ARTICLE 2 – SÉCURITÉ", "ARTICLE 3 – PRIX")

    def page(sheet: Canvas) -> None:
        _lines(sheet, 50, 40, ["Conditions générales — Société Exemple"], 8)
        _lines(sheet, 50, 90, [titles[sheet.getPageNumber() - 1]], 14)
        for rank, texts in enumerate((left * 4, right * 4)):
            _lines(sheet, 50 + 260 * rank, 130, texts)
        _lines(sheet, 290, 810, [f"{sheet.getPageNumber()}/3"], 8)

    return _pdf(page, page, page)


def form_pdf() -> bytes:
    """Typed and empty fields, a ticked and an unticked box."""

    def page(sheet: Canvas) -> None:
        _lines(sheet, 60, 80, ["Acte d'engagement à compléter par le candidat"], 12)
        form = sheet.acroForm
        form.textfield(name="societe", tooltip="Société", value="Exemple SAS", x=60, y=700, width=200, height=20)
        form.textfield(name="siret", tooltip="SIRET", value="", x=60, y=660, width=200, height=20)
        form.checkbox(name="a", tooltip="Accepte l'avance", checked=True, x=60, y=620)
        form.checkbox(name="b", tooltip="Refuse l'avance", checked=False, x=60, y=580)

    return _pdf(page)


def broken_unicode_pdf() -> bytes:
    """A font whose letters map to private characters, as bad converters write them: the text looks fine and copies as nothing."""
    text = b"BT /F1 12 Tf 60 700 Td (Le titulaire garde le secret sur les donnees du marche) Tj ET"
    cmap = b"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <FF> endcodespacerange\n"
    cmap += b"1 beginbfrange <20> <7E> <E020> endbfrange endcmap end"
    return _raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap),
    )


def signed_pdf() -> bytes:
    """A signature field with its date, beside a text."""
    text = b"BT /F1 12 Tf 60 700 Td (Le titulaire accepte le marche.) Tj ET"
    return _raw_pdf(
        b"<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [6 0 R] /SigFlags 3 >> >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Annots [6 0 R] /Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(text), text),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /FT /Sig /T (Signature) /Type /Annot /Subtype /Widget /Rect [0 0 0 0] /P 3 0 R /V 7 0 R >>",
        b"<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /adbe.pkcs7.detached /M (D:20260105090000Z) "
        b"/ByteRange [0 1 2 1] /Contents <00> >>",
    )


def _raw_pdf(*objects: bytes) -> bytes:
    data, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + rows + trailer


def mixed_pdf() -> bytes:
    """A typed page, then a page that is only a picture."""

    def scan(sheet: Canvas) -> None:
        sheet.drawImage(ImageReader(Image.new("L", (60, 80), 210)), 0, 0, WIDTH, HEIGHT)

    return _pdf(lambda sheet: _lines(sheet, 60, 90, ["1. Objet", "Le marché porte sur un logiciel de gestion."]), scan)


def rotated_pdf() -> bytes:
    """A landscape table on a page turned by ninety degrees, an upright page, then text that runs up the side of its sheet."""

    def turned(sheet: Canvas) -> None:
        sheet.setPageRotation(90)
        sheet.translate(WIDTH, 0)
        sheet.rotate(90)
        sheet.grid([60, 260, 460], [300, 330, 360])
        sheet.setFont("Helvetica", 10)
        for x, y, text in ((65, 340, "Anomalie"), (265, 340, "Délai"), (65, 310, "Bloquante"), (265, 310, "4 heures")):
            sheet.drawString(x, y, text)

    def upright(sheet: Canvas) -> None:
        _lines(sheet, 60, 90, ["Le titulaire corrige les anomalies dans les délais du tableau."])

    def sideways(sheet: Canvas) -> None:
        sheet.setPageRotation(0)
        sheet.translate(WIDTH, 0)
        sheet.rotate(90)
        sheet.setFont("Helvetica", 11)
        sheet.drawString(80, 400, "Le titulaire verse une pénalité de 100 euros par heure de retard.")

    return _pdf(upright, turned, sideways)


def _sheet() -> bytes:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    links = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    rows = (
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c></row><row/><row><c t="inlineStr"><is><t>Hébergement</t></is>'
        "</c><c><v>1200</v></c></row>"
    )
    parts = {
        "xl/workbook.xml": f'<workbook {main} {links}><sheets><sheet name="Annexe 2 BPU" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships><Relationship Id="r1" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/sharedStrings.xml": f"<sst {main}><si><t>Prestation</t></si><si><r><t>Prix </t></r><r><t>en euros</t></r></si></sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet {main}><sheetData>{rows}</sheetData></worksheet>",
    }
    return _zip({name: text.encode() for name, text in parts.items()})


def _zip(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 5, 9, 0, 0)), data)
    return buffer.getvalue()


def nested_zip() -> bytes:
    """An archive in an archive; the outer one names its members in the alphabet of French DOS."""
    inner = _zip({"annexe 1/données.md": "# Annexe 1\n\nLe titulaire chiffre les données.".encode()})
    text = "ARTICLE 1 - OBJET\n\nLe marché porte sur un logiciel.".encode()
    data = _zip({"CCAP sign@.txt": text, "pi@ces.zip": inner, "vide.pdf": b""})
    return data.replace(b"sign@", "signé".encode("cp850")).replace(b"pi@ces", "pièces".encode("cp850"))


def mail_eml() -> bytes:
    """A message with a Word file and a workbook attached."""
    message = EmailMessage()
    message["Subject"], message["From"], message["To"] = "Avenant n° 2", "titulaire@exemple.fr", "acheteur@exemple.fr"
    message["Date"] = "Mon, 05 Jan 2026 09:00:00 +0100"
    message.set_content("Bonjour,\n\nVoici l'avenant et son annexe.\n")
    kinds = {
        "avenant.docx": word.package(para("Avenant", style="Titre1") + para("Le délai est porté à dix jours.")),
        "annexe.xlsx": _sheet(),
    }
    for name, data in kinds.items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


FILES: dict[str, Callable[[], bytes]] = {
    "revisions.docx": revisions_docx,
    "tableau-fusionne.docx": merged_table_docx,
    "zones-de-texte.docx": boxes_docx,
    "controles.docx": controls_docx,
    "chiffres-romains.docx": roman_docx,
    "texte-masque.docx": hidden_docx,
    "champs.docx": fields_docx,
    "revisions.odt": revisions_odt,
    "notes.odt": notes_odt,
    "deux-colonnes.pdf": columns_pdf,
    "formulaire.pdf": form_pdf,
    "tounicode-casse.pdf": broken_unicode_pdf,
    "signature.pdf": signed_pdf,
    "scan-mixte.pdf": mixed_pdf,
    "page-tournee.pdf": rotated_pdf,
    "annexe.xlsx": _sheet,
    "archives.zip": nested_zip,
    "courriel.eml": mail_eml,
}
