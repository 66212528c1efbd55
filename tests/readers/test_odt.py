"""ODT as LibreOffice prints it: numbers, tables, frames, notes, tracked changes, contents, bad files."""

import io
import zipfile

import pytest
from checks import CORPUS, check_offsets, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from odt_files import read

from clausecheck.document import ParagraphLocator, Source
from clausecheck.errors import ReadError
from clausecheck.readers import odt
from clausecheck.vocabulary import BlockKind, Layer


def p(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def h(text: str, level: int, extra: str = "") -> str:
    return f'<text:h text:outline-level="{level}" {extra}>{text}</text:h>'


def items(*contents: str, style: str = "", extra: str = "") -> str:
    named = f'text:style-name="{style}"' if style else ""
    return f"<text:list {named} {extra}>" + "".join(f"<text:list-item>{c}</text:list-item>" for c in contents) + "</text:list>"


def test_headings_are_numbered_by_the_outline() -> None:
    document = read(
        h("Objet", 1)
        + h("Périmètre", 2)
        + h("Hors compte", 1, 'text:is-list-header="true"')
        + h("Durée", 1)
        + h("Reconduction", 2)
        + h("Prix", 1, 'text:restart-numbering="true" text:start-value="9"')
    )
    assert texts(document) == [
        "Article 1 - Objet",
        "1.1. Périmètre",
        "Hors compte",
        "Article 2 - Durée",
        "2.1. Reconduction",
        "Article 9 - Prix",
    ]
    assert [b.number for b in document.blocks] == ["1", "1.1", None, "2", "2.1", "9"]
    assert [b.level for b in document.blocks] == [1, 2, 1, 1, 2, 1]


def test_lists_nest_continue_and_restart() -> None:
    nested = items(p("au repos"), p("en transit"))
    document = read(
        p("Le titulaire :")
        + items(p("chiffre :") + nested, p("notifie") + p("sans délai"), style="Lettres")
        + p("Il :")
        + items(p("restitue"), style="Lettres", extra='text:continue-numbering="true"')
        + items(p("détruit"), style="Lettres")
        + items(p("certifie"), style="Puces")
    )
    assert texts(document) == [
        "Le titulaire :",
        "a) chiffre :",
        "iii. au repos",
        "iv. en transit",
        "b) notifie",
        "sans délai",
        "Il :",
        "c) restitue",
        "a) détruit",
        "– certifie",
    ]
    assert [b.parent for b in document.blocks[1:5]] == [0, 1, 1, 0]
    assert [b.level for b in document.blocks[1:5]] == [1, 2, 2, 1]


def test_tables_merged_repeated_and_nested() -> None:
    inner = (
        f"<table:table><table:table-row><table:table-cell>{p('x')}</table:table-cell>"
        f"<table:table-cell>{p('y')}</table:table-cell></table:table-row></table:table>"
    )
    document = read(
        "<table:table><table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-columns-spanned="2">'
        f"{p('Délais')}</table:table-cell><table:covered-table-cell/>"
        f"<table:table-cell>{p('Pénalité')}</table:table-cell></table:table-row></table:table-header-rows>"
        f"<table:table-row><table:table-cell>{p('Incident')}{p('majeur')}</table:table-cell>"
        f"<table:table-cell>{inner}{p('4 h')}</table:table-cell><table:table-cell/></table:table-row></table:table>"
    )
    assert texts(document) == ["Délais | Pénalité", "Incident majeur | 4 h |", "x | y"]
    assert {b.kind for b in document.blocks} == {BlockKind.TABLE_ROW}


def test_frames_sections_spaces_and_contents() -> None:
    spaced = 'Le<text:s text:c="2"/>titulaire<text:line-break/>notifie.'
    frame = f"<draw:frame><draw:text-box>{p('Hébergement en France.')}</draw:text-box></draw:frame>"
    document = read(
        f"<text:table-of-content><text:index-body>{p('Objet<text:tab/>3')}</text:index-body></text:table-of-content>"
        f"<text:section>{p(spaced + frame)}</text:section>"
        f'<text:section text:display="none">{p("Section masquée.")}</text:section>'
    )
    assert texts(document, Layer.TOC) == ["Objet 3"]
    assert texts(document) == ["Le titulaire notifie.", "Hébergement en France."]
    assert texts(document, Layer.NOTE) == ["Section masquée."]


def test_notes_annotations_hidden_text_and_furniture() -> None:
    note = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>'
        f"<text:note-body>{p('Hors HDS.')}</text:note-body></text:note>"
    )
    comment = f"<office:annotation><dc:creator>DPO</dc:creator><dc:date>2024-05-03</dc:date>{p('À revoir')}</office:annotation>"
    hidden = '<text:span text:style-name="Cache">secret</text:span>'
    document = read(
        p(f"Données{note} de santé{comment}.{hidden}"),
        furniture=(
            f"<style:header>{p('Marché')}</style:header><style:footer>{p('Page <text:page-number>2</text:page-number>')}</style:footer>"
        ),
    )
    assert texts(document) == ["Données de santé.", "1 Hors HDS."]
    assert texts(document, Layer.NOTE) == ["secret", "Commentaire de DPO\u202f: À revoir"]
    assert texts(document, Layer.FURNITURE) == ["Marché", "Page 2"]
    assert [w.code for w in document.warnings] == ["texte_masque"]


def test_tracked_changes() -> None:
    info = "<office:change-info><dc:creator>Anne Roy</dc:creator><dc:date>2024-05-01T10:00:00</dc:date></office:change-info>"
    changes = (
        '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion>'
        f"{info}{p('72 heures')}</text:deletion></text:changed-region>"
        f'<text:changed-region text:id="c2"><text:insertion>{info}'
        "</text:insertion></text:changed-region></text:tracked-changes>"
    )
    marks = '<text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>24 heures<text:change-end text:change-id="c2"/>'
    document = read(changes + p(f"Notification sous {marks}."))
    assert texts(document) == ["Notification sous 24 heures."]
    assert texts(document, Layer.DELETED) == ["72 heures"]
    assert document.warnings[0].message.startswith("suppression de Anne Roy le 1er mai 2024")
    assert "insertion de Anne Roy" in document.warnings[1].message


def test_form_boxes_and_bold_headings() -> None:
    forms = (
        '<office:forms><form:form><form:checkbox form:id="c1" form:label="France" form:current-state="checked"/>'
        '<form:checkbox form:id="c2" form:label="UE"/></form:form></office:forms>'
    )
    boxes = '<draw:control draw:control="c1"/> <draw:control draw:control="c2"/>'
    document = read(forms + p('<text:span text:style-name="Gras">5.2 Hébergement</text:span>') + p(boxes))
    assert texts(document) == ["5.2 Hébergement", "☒ France ☐ UE"]
    assert (document.blocks[0].kind, document.blocks[0].number) == (BlockKind.HEADING, "5.2")


def test_anchors_give_paragraph_and_text_node() -> None:
    document = read(p("Un.") + p('Le <text:span text:style-name="Gras">titulaire</text:span> notifie.'))
    places = {document.quote(a.span): a.locator for a in document.anchors}
    assert places["titulaire"] == ParagraphLocator("content.xml", 1, 1, 0)
    assert places[" notifie."] == ParagraphLocator("content.xml", 1, 2, 0)


def test_bad_files_are_refused_in_french() -> None:
    with pytest.raises(ReadError, match="bureautique"):
        odt.read(b"texte", Source("x.odt", "", "odt"))
    with pytest.raises(ReadError, match="abîmé"):
        read("<text:p>")
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
    )
    with pytest.raises(ReadError, match="mot de passe"):
        read(p("x"), manifest=manifest)
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
    with pytest.raises(ReadError, match="OpenDocument"):
        odt.read(empty.getvalue(), Source("x.odt", "", "odt"))


WORDS = st.text(alphabet=" \u00a0\u00adaéﬁ☐.:-1)A\n\U0001f600", max_size=25)
INLINE = st.lists(
    st.one_of(
        WORDS,
        WORDS.map(lambda w: f'<text:span text:style-name="Gras">{w}</text:span>'),
        st.just("<text:tab/>"),
        st.just("<text:line-break/>"),
        WORDS.map(lambda w: f"<draw:frame><draw:text-box>{p(w)}</draw:text-box></draw:frame>"),
    ),
    max_size=4,
).map("".join)
BLOCKS = st.one_of(
    INLINE.map(p),
    st.builds(h, INLINE, st.integers(1, 3)),
    st.lists(INLINE.map(p), min_size=1, max_size=3).map(lambda found: items(*found, style="Lettres")),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCKS, max_size=8))
def test_offsets_hold_whatever_the_content(parts: list[str]) -> None:
    check_offsets(read("".join(parts)))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="corpus absent")
def test_every_real_odt_reads() -> None:
    for path in sorted(CORPUS.glob("*.odt")):
        document = odt.read(path.read_bytes(), Source(path.name, "", "odt"))
        check_offsets(document)
        assert len(texts(document)) > 5, path.name
