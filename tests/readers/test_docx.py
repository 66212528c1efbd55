"""DOCX as a lawyer sees it printed: numbers, tracked changes, text boxes, tables, boxes, notes, contents."""

from pathlib import Path

import pytest
from checks import CORPUS, check_offsets, texts
from docx_files import cell, para, read, run, table
from hypothesis import given, settings
from hypothesis import strategies as st

from clausecheck.document import Block, Document, ParagraphLocator, Source
from clausecheck.readers import docx
from clausecheck.readers.counters import format_number
from clausecheck.vocabulary import BlockKind, Layer


def block(document: Document, start: str) -> Block:
    return next(block for block in document.blocks if document.quote(block.span).startswith(start))


def test_article_numbers_come_from_styles_and_restart_under_each_article() -> None:
    document = read(
        para("Objet", style="Titre1")
        + para("Périmètre", style="Titre2")
        + para("Exclusions", style="Clause")
        + para("Durée", style="Titre1")
        + para("Reconduction", style="Titre2")
        + para("Annexe sans numéro", style="Titre1", num=(0, 0))
    )
    assert texts(document) == [
        "ARTICLE 1 – Objet",
        "1.1. Périmètre",
        "1.2. Exclusions",
        "ARTICLE 2 – Durée",
        "2.1. Reconduction",
        "Annexe sans numéro",
    ]
    assert [b.number for b in document.blocks] == ["1", "1.1", "1.2", "2", "2.1", None]
    assert [b.level for b in document.blocks] == [1, 2, 2, 1, 2, 1]
    assert [b.parent for b in document.blocks] == [None, 0, 0, None, 3, None]


def test_an_empty_numbered_paragraph_uses_a_number() -> None:
    assert texts(read(para("Un", style="Titre1") + para(style="Titre1") + para("Trois", style="Titre1")))[-1] == "ARTICLE 3 – Trois"


def test_start_override_legal_numbers_and_roman() -> None:
    document = read(para("Un.", num=(2, 0)) + para("Deux.", num=(2, 1)) + para("Cinq.", num=(3, 0)) + para("Six.", num=(3, 0)))
    assert texts(document) == ["I. Un.", "1.1 Deux.", "V. Cinq.", "VI. Six."]


def test_lists_have_printed_markers_levels_and_lead_in() -> None:
    document = read(
        para("Confidentialité", style="Titre1")
        + para("Le titulaire s'engage à :")
        + para("chiffrer les données :", num=(4, 0))
        + para("au repos ;", num=(4, 1))
        + para("en transit ;", num=(4, 1))
        + para("notifier les incidents.", num=(4, 0))
        + para("- remettre un rapport.")
        + para("Fin de la clause.")
    )
    kinds = [b.kind for b in document.blocks]
    assert texts(document)[2:7] == [
        "• chiffrer les données :",
        "a) au repos ;",
        "b) en transit ;",
        "• notifier les incidents.",
        "- remettre un rapport.",
    ]
    assert kinds[2:7] == [BlockKind.LIST_ITEM] * 5
    assert [b.parent for b in document.blocks] == [None, 0, 1, 2, 2, 1, 1, 0]
    assert [b.number for b in document.blocks[2:5]] == [None, "a", "b"]


def test_typed_headings_are_known_by_their_look() -> None:
    document = read(
        para("Article 7 – Données personnelles", bold=True)
        + para("7.1 Finalités", bold=True)
        + para("Le titulaire traite les données pour la seule exécution du marché.")
        + para("SIRET : 200 057 966 00018", bold=True)
        + para("Article 8 - Le titulaire notifie toute violation à l'acheteur, dans un délai de vingt-quatre heures.")
    )
    assert [b.kind for b in document.blocks] == [
        BlockKind.HEADING,
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
    ]
    assert [b.number for b in document.blocks] == ["7", "7.1", None, None, "8"]


def test_deletions_are_set_apart_and_insertions_kept() -> None:
    stamp = 'w:author="Anne Roy" w:date="2024-05-03T10:00:00Z"'
    body = para(
        "Le titulaire notifie sous ",
        inner=(f"<w:del {stamp}><w:r><w:delText>72 heures</w:delText></w:r></w:del><w:ins {stamp}>{run('24 heures')}</w:ins>{run('.')}"),
    )
    document = read(body)
    assert texts(document) == ["Le titulaire notifie sous 24 heures."]
    assert texts(document, Layer.DELETED) == ["72 heures"]
    messages = " ".join(warning.message for warning in document.warnings)
    assert "suppression de Anne Roy le 3 mai 2024" in messages
    assert "insertion de Anne Roy le 3 mai 2024" in messages


def test_a_deleted_paragraph_uses_no_number_and_a_deleted_mark_joins_paragraphs() -> None:
    stamp = 'w:author="A" w:date="2024-05-03T10:00:00Z"'
    gone = f'<w:p><w:pPr><w:pStyle w:val="Titre1"/><w:rPr><w:del {stamp}/></w:rPr></w:pPr>'
    removed = f"{gone}<w:del {stamp}><w:r><w:delText>Pénalités</w:delText></w:r></w:del></w:p>"
    joined = f"<w:p><w:pPr><w:rPr><w:del {stamp}/></w:rPr></w:pPr>{run('Les données sont ')}</w:p>{para('chiffrées.')}"
    document = read(para("Objet", style="Titre1") + removed + para("Durée", style="Titre1") + joined)
    assert texts(document) == ["ARTICLE 1 – Objet", "ARTICLE 2 – Durée", "Les données sont chiffrées."]
    assert texts(document, Layer.DELETED) == ["Pénalités"]


def test_moved_text_is_read_where_it_went() -> None:
    stamp = 'w:author="A" w:date="2024-05-03T10:00:00Z"'
    move = f"<w:moveFrom {stamp}>{run('Clause déplacée.')}</w:moveFrom>"
    document = read(para(inner=move) + para("Fixe.") + para(inner=f"<w:moveTo {stamp}>{run('Clause déplacée.')}</w:moveTo>"))
    assert texts(document) == ["Fixe.", "Clause déplacée."]
    assert texts(document, Layer.DELETED) == ["Clause déplacée."]


def test_text_boxes_are_read_once() -> None:
    box = f"<w:txbxContent>{para('Hébergement en France.')}</w:txbxContent>"
    drawing = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'>"
        f"<w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert texts(read(para("Avant.", inner=drawing) + para("Après."))) == ["Avant.", "Hébergement en France.", "Après."]


def test_merged_and_nested_tables() -> None:
    nested = table(cell(para("Sauvegarde")) + cell(para("24 h")))
    document = read(
        table(
            cell(para("Délais"), '<w:gridSpan w:val="2"/>') + cell(para("Pénalité")),
            cell(para("Incident"), '<w:vMerge w:val="restart"/>') + cell(para("4") + para("heures")) + cell(para("100 €")),
            cell(para(), "<w:vMerge/>") + cell(para("8 heures")) + cell(nested + para("voir ci-dessous")),
        )
    )
    assert texts(document) == [
        "Délais | Pénalité",
        "Incident | 4 heures | 100 €",
        "8 heures | voir ci-dessous",
        "Sauvegarde | 24 h",
    ]
    assert {b.kind for b in document.blocks} == {BlockKind.TABLE_ROW}


def test_a_one_column_table_is_only_a_frame() -> None:
    document = read(table(cell(para("Sécurité", style="Titre1") + para("Le titulaire chiffre les données."))))
    assert [b.kind for b in document.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH]


def test_boxes_of_every_make() -> None:
    control = (
        '<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val="1"/></w14:checkbox></w:sdtPr><w:sdtContent>'
        + run("☒")
        + "</w:sdtContent></w:sdt>"
    )
    legacy = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox>'
        '<w:default w:val="0"/></w:checkBox></w:ffData></w:fldChar></w:r>'
        '<w:r><w:instrText> FORMCHECKBOX </w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    letter = '<w:r><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr><w:t>o</w:t></w:r>'
    document = read("".join(para(inner=box + run("en France")) for box in (control, legacy, symbol, letter)))
    assert texts(document) == ["☒ en France", "☐ en France", "☒ en France", "☐ en France"]


def test_fields_show_their_result_not_their_instruction() -> None:
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> IF </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> REF x </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r>'
        '<w:t>caché</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r>'
        '<w:t>30 jours</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    unclosed = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>Texte gardé.</w:t></w:r>'
    assert texts(read(para("Paiement à ", inner=field))) == ["Paiement à 30 jours"]
    assert texts(read(para(inner=unclosed))) == ["Texte gardé."]


def test_contents_from_style_field_control_and_typed_list() -> None:
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        f"<w:sdtContent>{para('Objet 3')}</w:sdtContent></w:sdt>"
    )
    body = para("Durée 4", style="TM1") + control + para("Sommaire") + para("Objet du marché", num=(4, 0))
    document = read(body + para("Objet du marché", style="Titre1", num=(0, 0)) + para("Texte."))
    assert texts(document, Layer.TOC) == ["Durée 4", "Objet 3", "Sommaire", "• Objet du marché"]
    assert texts(document) == ["Objet du marché", "Texte."]


def test_notes_comments_headers_and_hidden_text() -> None:
    reference = '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>'
    document = read(
        para("Données de santé.", inner=reference + run("secret", '<w:rStyle w:val="Cache"/>')) + para("Suite."),
        footnotes=(
            f'<w:footnote w:type="separator" w:id="0">{para("x")}</w:footnote><w:footnote w:id="2">{para("Hors HDS.")}</w:footnote>'
        ),
        comments=f'<w:comment w:id="0" w:author="DPO">{para("À revoir")}</w:comment>',
        header1=para("Marché 2024-01"),
    )
    assert texts(document) == ["Données de santé.", "1 Hors HDS.", "Suite."]
    assert texts(document, Layer.NOTE) == ["Commentaire de DPO\u202f: À revoir", "secret"]
    assert texts(document, Layer.FURNITURE) == ["Marché 2024-01"]
    assert block(document, "1 Hors").kind is BlockKind.FOOTNOTE
    assert [w.code for w in document.warnings] == ["texte_masque"]


def test_line_breaks_split_typed_lists_but_not_sentences() -> None:
    line_break = "<w:r><w:br/></w:r>"
    typed = para(
        "Le titulaire :",
        inner=line_break + run("- chiffre ;") + line_break + run("- notifie") + line_break + run("sans délai."),
    )
    assert texts(read(typed)) == ["Le titulaire :", "- chiffre ;", "- notifie sans délai."]


def test_anchors_lead_back_to_the_run() -> None:
    document = read(para("Un.") + para("Le ti\u00adtulaire", inner=run(" ﬁxe le délai")))
    assert texts(document)[1] == "Le titulaire fixe le délai"
    span = document.blocks[1].span
    places = [(document.quote(a.span), a.locator) for a in document.locate(span)]
    assert ("tulaire", ParagraphLocator("word/document.xml", 1, 0, 6)) in places
    assert ("xe le délai", ParagraphLocator("word/document.xml", 1, 1, 2)) in places


def test_python_docx_files_read(tmp_path: Path) -> None:
    writer = pytest.importorskip("docx").Document()
    writer.add_heading("Objet", 1)
    writer.add_paragraph("Le titulaire", style="List Number")
    writer.save(str(tmp_path / "a.docx"))
    document = docx.read((tmp_path / "a.docx").read_bytes(), Source("a.docx", "", "docx"))
    assert texts(document) == ["Objet", "1. Le titulaire"]


def test_number_formats() -> None:
    assert [format_number(4, f) for f in ("decimal", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter")] == [
        "4",
        "IV",
        "iv",
        "D",
        "d",
    ]
    assert [format_number(27, "lowerLetter"), format_number(1, "ordinal"), format_number(2, "ordinal")] == [
        "aa",
        "1er",
        "2e",
    ]


WORDS = st.text(alphabet=" \u00a0\u00adaéﬁ☐.:-1)\tA\U0001f600", max_size=25)
PARAGRAPHS = st.builds(
    lambda text, style, num, more: para(text, style=style, num=num, inner=run(more) if more else ""),
    WORDS,
    st.sampled_from(["", "Titre1", "Titre2", "TM1"]),
    st.sampled_from([None, (2, 0), (2, 1), (4, 0)]),
    WORDS,
)
ROWS = st.lists(PARAGRAPHS, min_size=1, max_size=3).map(lambda cells: table("".join(map(cell, cells))))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(PARAGRAPHS, ROWS), max_size=8))
def test_offsets_hold_whatever_the_content(parts: list[str]) -> None:
    check_offsets(read("".join(parts)))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="corpus absent")
def test_every_real_docx_reads() -> None:
    files = sorted(CORPUS.glob("*.docx"))
    for path in files:
        document = docx.read(path.read_bytes(), Source(path.name, "", "docx"))
        check_offsets(document)
        assert len(texts(document)) > 5, path.name
