"""What a lawyer sees of Markdown, plain text and HTML."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clausecheck.document import Document
from clausecheck.readers import read_bytes
from clausecheck.readers.headings import guess_heading, heading_number, list_marker, parse_number
from clausecheck.readers.markdown import strip_inline
from clausecheck.vocabulary import BlockKind, Layer


def read(text: str, path: str = "piece.md") -> Document:
    (document,) = read_bytes(text.encode(), path)
    return document


def seen(document: Document) -> list[tuple[str, int | None, str | None, str]]:
    return [(b.kind.value, b.level, b.number, document.quote(b.span)) for b in document.blocks]


def test_markdown_headings_lists_and_tables() -> None:
    text = "# Contrat\n\n## 3.2 Sécurité\n\nLe titulaire :\n\n* chiffre *toutes* les données ;\n  - au repos ;\n\n"
    text += "| Délai | Montant |\n|---|---:|\n| 24 h | **100 €** |\n"
    assert seen(read(text)) == [
        ("heading", 1, None, "Contrat"),
        ("heading", 2, "3.2", "3.2 Sécurité"),
        ("paragraph", None, None, "Le titulaire :"),
        ("list_item", 1, None, "- chiffre toutes les données ;"),
        ("list_item", 2, None, "- au repos ;"),
        ("table_row", None, None, "Délai | Montant"),
        ("table_row", None, None, "24 h | 100 €"),
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("1. un\n1. deux\n1. trois", ["1. un", "2. deux", "3. trois"]),
        ("1. un\n   - là\n1. deux", ["1. un", "- là", "2. deux"]),
        ("1. un\n2. deux\n4. quatre", ["1. un", "2. deux", "4. quatre"]),
        ("1. un\n\nSuite.\n\n1. autre", ["1. un", "Suite.", "1. autre"]),
        ("1. un\n   1. a\n   1. b\n1. deux\n   1. c", ["1. un", "1. a", "2. b", "2. deux", "1. c"]),
        ("- a\n- b", ["- a", "- b"]),
    ],
)
def test_items_are_numbered_as_markdown_shows_them(text: str, shown: list[str]) -> None:
    document = read(text)
    assert [document.quote(b.span) for b in document.blocks] == shown


def test_list_items_hang_from_their_lead_in() -> None:
    document = read("# Objet\n\nLe titulaire :\n\n- notifie ;\n- informe.\n")
    assert [b.parent for b in document.blocks] == [None, 0, 1, 1]


def test_a_bold_line_is_a_heading_and_comments_vanish() -> None:
    document = read("**Article 3**\n\n<!-- à relire -->Texte de la clause\nsur deux lignes.\n")
    assert seen(document) == [
        ("heading", 1, "3", "Article 3"),
        ("paragraph", None, None, "Texte de la clause sur deux lignes."),
    ]


def test_a_long_line_ends_where_its_author_ended_it() -> None:
    first = f"Le titulaire tient à jour {'la liste des sous-traitants, ' * 4}et la communique à l’acheteur."
    document = read(f"{first}\nil en assure la conservation.\n\nUn texte replié\npar l’éditeur. Il\ncontinue.\n")
    assert [text for *_, text in seen(document)] == [first, "il en assure la conservation.", "Un texte replié par l’éditeur. Il continue."]


def test_inner_links_are_contents() -> None:
    document = read("- [1. Objet](#objet)\n- [2. Prix](#prix)\n\n## 1. Objet\n")
    assert [b.layer for b in document.blocks] == [Layer.TOC, Layer.TOC, Layer.BODY]


def test_pages_of_a_converted_pdf_cut_no_sentence() -> None:
    text = "# CCAP\n\n## Page 1\n\nARTICLE 1 OBJET DU MARCHE\n\nLe marché dure deux\n\n---\n\n## Page 2\n\nans au plus.\n"
    assert seen(read(text))[1:] == [
        ("heading", 1, "1", "ARTICLE 1 OBJET DU MARCHE"),
        ("paragraph", None, None, "Le marché dure deux ans au plus."),
    ]


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("un **mot** et *un autre*", "un mot et un autre"),
        ("voir [le site](https://exemple.fr)", "voir le site"),
        ("nom_de_variable", "nom_de_variable"),
        (r"\[5\] ans", "[5] ans"),
        ("`code` &amp; suite<br>fin", "code & suite fin"),
        ("3 * 4 * 5", "3 * 4 * 5"),
    ],
)
def test_inline_marks_go(marked: str, plain: str) -> None:
    assert strip_inline(marked) == plain


def test_plain_text_headings_are_guessed() -> None:
    text = "ARTICLE 4 – CONFIDENTIALITÉ\nLe titulaire garde le secret\nsur tout.\n\n"
    text += "4.1 Durée\n\n- deux ans ;\n- trois ans.\n"
    assert seen(read(text, "piece.txt")) == [
        ("heading", 1, "4", "ARTICLE 4 – CONFIDENTIALITÉ"),
        ("paragraph", None, None, "Le titulaire garde le secret sur tout."),
        ("heading", 2, "4.1", "4.1 Durée"),
        ("list_item", 1, None, "- deux ans ;"),
        ("list_item", 1, None, "- trois ans."),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(encoding: str) -> None:
    (document,) = read_bytes("Le délai est écourté à l’été.".encode(encoding), "piece.txt")
    assert document.quote(document.blocks[0].span) == "Le délai est écourté à l’été."


def test_html_keeps_text_only() -> None:
    text = "<!doctype html><html><head><title>CGV</title><style>p{}</style></head><body><nav>Menu</nav><h2>2. Prix</h2>"
    text += "<p>Le prix est <b>ferme</b>.</p><ol><li>Un</li><li>Deux<ul><li>Deux bis</li></ul></li></ol>"
    text += "<table><tr><th>A</th><td>B</td></tr></table><script>x()</script><footer>Bas</footer></body></html>"
    document = read(text, "page.html")
    assert seen(document) == [
        ("heading", 2, "2", "2. Prix"),
        ("paragraph", None, None, "Le prix est ferme."),
        ("list_item", 1, "1", "1. Un"),
        ("list_item", 1, "2", "2. Deux"),
        ("list_item", 2, None, "- Deux bis"),
        ("table_row", None, None, "A | B"),
    ]
    assert document.metadata == (("titre", "CGV"),)


@pytest.mark.parametrize(
    ("text", "number", "level", "title"),
    [
        ("ARTICLE 12.3 – Titre", "12.3", 2, "Titre"),
        ("Article 1er : Objet", "1er", 1, "Objet"),
        ("4.2 Titre", "4.2", 2, "Titre"),
        ("IV.2 Titre", "IV.2", 2, "Titre"),
        ("§ 5 Titre", "5", 1, "Titre"),
        ("Annexe II - Liste", "II", 1, "Liste"),
        ("12.7.1Vérification", "12.7.1", 3, "Vérification"),
    ],
)
def test_numbers(text: str, number: str, level: int, title: str) -> None:
    found = parse_number(text)
    assert found is not None
    assert (found.number, found.level, found.title) == (number, level, title)


@pytest.mark.parametrize(
    "text",
    [
        "2 mois après",
        "18 avenue de la Paix",
        "12 novembre 2024",
        "À défaut",
        "L'article 4",
        "CLAUSES",
        "Article précédent",
    ],
)
def test_what_is_no_number(text: str) -> None:
    assert parse_number(text) is None


def test_markers() -> None:
    assert [list_marker(t) for t in ("- a", "a) b", "1° c", "• d", "o e", "ou bien")] == [
        "- ",
        "a) ",
        "1° ",
        "• ",
        "o ",
        None,
    ]
    assert heading_number("b. Restrictions") == "b"


def test_a_sentence_is_no_heading() -> None:
    assert guess_heading("4.2 Le titulaire notifie la violation.") is None
    assert guess_heading("CONFIDENTIALITÉ") is not None


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="aé #-*|\n1.)>_[]()`<b>:\t", min_size=1, max_size=200).filter(str.strip))
def test_offsets_hold_whatever_the_content(text: str) -> None:
    document = read(text)
    previous = 0
    for block in document.blocks:
        assert previous <= block.span.start < block.span.end <= len(document.text)
        assert document.quote(block.span).strip()
        previous = block.span.end + 1
    assert all(b.level for b in document.blocks if b.kind is BlockKind.HEADING)


@pytest.mark.parametrize("path", ["piece.md", "piece.txt"])
def test_words_cut_at_line_ends_are_joined(path: str) -> None:
    first = "Le titulaire forme les per-\nsonnes, tient le procès-\nverbal et la plate-\nforme."
    text = f"{first}\n\nUne plateforme, un sous-traitant, le sous-\ntraitant."
    document = read(text, path)
    assert [document.quote(b.span) for b in document.blocks] == [
        "Le titulaire forme les personnes, tient le procès-verbal et la plateforme.",
        "Une plateforme, un sous-traitant, le sous-traitant.",
    ]
