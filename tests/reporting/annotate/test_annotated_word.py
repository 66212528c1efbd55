"""Word copies of difficult files: any stretch of words, wherever it starts and ends, gets its comment, and nothing else moves."""

import io
from zipfile import ZipFile

import docx as python_docx
import pytest
from copies import Seen, W, letters, part, parts, word_comments
from docx_files import cell, package, para, run, table

from clausecheck.document import Document, Source, TextSpan
from clausecheck.errors import ReadError
from clausecheck.readers import docx
from clausecheck.reporting.annotate.docx import annotate
from clausecheck.reporting.annotate.notes import Job, Note, Said, Suggestion
from clausecheck.vocabulary import Status

FOOTNOTES = f'<w:footnote w:id="2">{para("Le délai court dès la détection.")}</w:footnote>'
CALL = '<w:r><w:footnoteReference w:id="2"/></w:r>'
BOX = f"<w:r><w:pict><v:textbox><w:txbxContent>{para('Encadré : clés gardées.')}</w:txbxContent></v:textbox></w:pict></w:r>"
LINK = f'<w:hyperlink r:id="x">{run("voir la charte", "<w:u/>")}</w:hyperlink>'
RICH = para(
    inner=run("Le titu", "<w:b/>")
    + run("laire chiﬀre ")
    + "<w:r><w:tab/><w:t>et</w:t><w:br/><w:t>sau</w:t><w:noBreakHyphen/><w:t>vegarde</w:t></w:r>"
    + LINK
    + f'<w:ins w:id="5" w:author="A">{run(" les données")}</w:ins>'
    + '<w:del w:id="6" w:author="A"><w:r><w:delText> et le reste</w:delText></w:r></w:del>'
    + run(".")
)
ROW = table(cell(para("Délai")) + cell(para("Deux jours") + para("ouvrés")))
BODY = para("Préambule.") + RICH + ROW + para("Notifié.", inner=CALL) + para("Fin", inner=BOX)


def made(*quotes: str, body: str = BODY, suggestions: tuple[Suggestion, ...] = ()) -> tuple[Document, bytes, bytes, tuple[Note, ...]]:
    data = package(body, footnotes=FOOTNOTES)
    document = docx.read(data, Source("essai.docx", "", "docx"))
    notes = tuple(note(document, quote, number) for number, quote in enumerate(quotes))
    copy, unplaced = annotate(data, Job(document, notes, lambda _: (Said("Copie"),), suggestions=suggestions))
    return document, data, copy, unplaced


def note(document: Document, quote: str, number: int) -> Note:
    start = document.text.index(quote)
    return Note(TextSpan(start, start + len(quote)), quote, (f"E-{number}",), Status.AFFAIBLIE, (Said(f"constat {number}", strong=True),))


def seen(copy: bytes) -> list[Seen]:
    return word_comments(copy)[1:]  # the first opens the copy


def text_of(data: bytes) -> str:
    return "|".join("".join(t.text or "" for t in p.iter(W + "t", W + "delText")) for p in part(data, "word/document.xml").iter(W + "p"))


def test_every_stretch_of_a_paragraph_of_many_runs() -> None:
    document = docx.read(package(BODY, footnotes=FOOTNOTES), Source("essai.docx", "", "docx"))
    sentence = next(document.quote(b.span) for b in document.blocks if "chiffre" in document.quote(b.span))
    words = sentence.split(" ")
    quotes = [" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1)]
    quotes = [q for q in quotes if document.text.count(q) == 1]
    assert len(quotes) > 15
    _, data, copy, unplaced = made(*quotes)
    assert unplaced == ()
    assert text_of(copy) == text_of(data)
    assert [letters(s.words) for s in seen(copy)] == [letters(q) for q in quotes]
    assert [s.said for s in seen(copy)] == [f"constat {i}" for i in range(len(quotes))]


def test_a_run_is_split_inside_a_word_and_keeps_its_look() -> None:
    _, _, copy, _ = made("itu")
    halves = [r for r in part(copy, "word/document.xml").iter(W + "r") if "".join(t.text or "" for t in r.iter(W + "t")) in ("Le t", "itu")]
    assert len(halves) == 2
    assert all(r.find(f"{W}rPr/{W}b") is not None for r in halves)
    assert seen(copy)[0].words == "itu"


def test_a_run_whose_look_is_tracked_gives_two_revisions_and_no_identifier_twice() -> None:
    look = '<w:b/><w:rPrChange w:id="7" w:author="A"><w:rPr><w:i/></w:rPr></w:rPrChange>'
    _, _, copy, _ = made("prévient", "sans", body=para(inner=run("Le titulaire prévient l’acheteur sans délai.", look)))
    root = part(copy, "word/document.xml")
    halves = [r for r in root.iter(W + "r") if r.find(W + "t") is not None]
    assert ["".join(r.itertext()) for r in halves] == ["Le titulaire ", "prévient", " l’acheteur ", "sans", " délai."]
    changes = [r.find(f"{W}rPr/{W}rPrChange") for r in halves]
    assert all(c.get(W + "author") == "A" and c.find(f"{W}rPr/{W}i") is not None for c in changes)
    assert len({c.get(W + "id") for c in changes}) == len(changes)
    assert changes[0].get(W + "id") == "7"


def test_a_row_is_commented_from_its_first_cell_to_its_last() -> None:
    _, _, copy, _ = made("Délai | Deux jours ouvrés")
    assert letters(seen(copy)[0].words) == "DélaiDeuxjoursouvrés"


@pytest.mark.parametrize("quote", ["court dès la détection", "Encadré : clés gardées."])
def test_notes_and_text_boxes_take_no_comment_so_what_carries_them_does_and_it_quotes(quote: str) -> None:
    _, _, copy, unplaced = made(quote)
    (comment,) = seen(copy)
    assert unplaced == ()
    assert letters(quote) in letters(comment.said)
    root = part(copy, "word/document.xml")
    assert not [mark for box in root.iter(W + "txbxContent") for mark in box.iter(W + "commentRangeStart")]
    assert b"commentRangeStart" not in parts(copy)["word/footnotes.xml"]


def test_comments_of_the_file_are_kept_and_the_new_ones_numbered_after() -> None:
    body = para("Le titulaire garde le secret.", inner='<w:commentRangeStart w:id="4"/><w:commentRangeEnd w:id="4"/>')
    data = package(body, comments=f'<w:comment w:id="4" w:author="Relecteur">{para("à revoir")}</w:comment>')
    document = docx.read(data, Source("essai.docx", "", "docx"))
    copy, _ = annotate(data, Job(document, (note(document, "garde le secret", 0),), lambda _: (Said("Copie"),)))
    comments = part(copy, "word/comments.xml").findall(W + "comment")
    assert [(c.get(W + "id"), c.get(W + "author")) for c in comments] == [("4", "Relecteur"), ("5", "clausecheck"), ("6", "clausecheck")]
    assert parts(copy)["word/_rels/document.xml.rels"] == parts(data)["word/_rels/document.xml.rels"]


def test_python_docx_opens_the_copy_and_finds_the_comments() -> None:
    file = io.BytesIO()
    source = python_docx.Document()
    source.add_paragraph("Le titulaire garde le secret.")
    source.save(file)
    document = docx.read(file.getvalue(), Source("essai.docx", "", "docx"))
    copy, _ = annotate(file.getvalue(), Job(document, (note(document, "garde", 0),), lambda _: (Said("Copie"),)))
    opened = python_docx.Document(io.BytesIO(copy))
    assert [(c.author, c.text) for c in opened.comments] == [("clausecheck", "Copie"), ("clausecheck", "constat 0")]


def test_suggestions_stand_after_their_passage_in_order_then_at_the_end() -> None:
    document = docx.read(package(BODY, footnotes=FOOTNOTES), Source("essai.docx", "", "docx"))
    after = note(document, "Deux jours", 0).span
    wanted = tuple(Suggestion(f"E-{w}", where, w, (Said("pourquoi"),)) for w, where in (("un", after), ("deux", after), ("trois", None)))
    _, _, copy, _ = made("Deux jours", suggestions=wanted)
    body = part(copy, "word/document.xml")[0]
    order = ["".join(t.text or "" for t in child.iter(W + "t")) for child in body]
    assert order[order.index("un") - 1] == "DélaiDeux joursouvrés"
    assert order[order.index("un") + 1] == "deux"
    assert order[-1] == "trois"
    assert [s.words for s in seen(copy)[1:]] == ["un", "deux", "trois"]
    read_again = docx.read(copy, Source("copie.docx", "", "docx"))
    assert any("insertion de clausecheck" in w.message and "(3 passages)" in w.message for w in read_again.warnings)


def test_a_strict_open_xml_is_refused_with_the_way_out() -> None:
    names = (b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main")
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, content in parts(package(para("Texte."))).items():
            archive.writestr(name, content.replace(*names))
    document = docx.read(stream.getvalue(), Source("essai.docx", "", "docx"))
    with pytest.raises(ReadError, match="enregistrez-le"):
        annotate(stream.getvalue(), Job(document, (), lambda _: (Said("Copie"),)))
