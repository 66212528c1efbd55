"""Blocks, anchors and the way back to the page."""

import pytest

from clausecheck.document import Coverage, DocumentBuilder, PageLocator, Source, TextSpan
from clausecheck.vocabulary import BlockKind


def builder() -> DocumentBuilder:
    return DocumentBuilder(Source("piece.pdf", "0" * 64, "pdf", 10))


def test_blocks_do_not_overlap_and_blank_ones_are_left_out() -> None:
    built = builder()
    assert built.add("Article 1", kind=BlockKind.HEADING, level=1) == 0
    assert built.add("   ") is None
    assert built.add("Le titulaire livre.") == 1
    document = built.build()
    assert [document.quote(b.span) for b in document.blocks] == ["Article 1", "Le titulaire livre."]


def test_a_quote_knows_its_page() -> None:
    built = builder()
    built.add([("Première page. ", PageLocator(1)), ("Deuxième page.", PageLocator(2))])
    document = built.build()
    start = document.text.index("Deuxième")
    assert document.page_of(TextSpan(start, start + 5)) == 2
    assert document.page_of(TextSpan(0, 5)) == 1
    assert [a.locator.page for a in document.locate(TextSpan(0, len(document.text))) if isinstance(a.locator, PageLocator)] == [1, 2]


def test_a_text_without_pages_has_none() -> None:
    built = builder()
    built.add("Un texte.")
    assert built.build().page_of(TextSpan(0, 2)) is None


def test_half_a_character_becomes_an_unknown_glyph() -> None:
    built = builder()
    built.add("Le titulaire \ud83d chiffre")
    built.warn("essai", "«\udcff»")
    document = built.build(coverage=Coverage(unknown_glyphs=0.5), metadata=[("titre", "A\udfff")])
    assert document.text == "Le titulaire \ufffd chiffre\n"
    assert document.coverage.unknown_glyphs == pytest.approx(0.5 + 1 / len(document.text))
    assert document.metadata == (("titre", "A\ufffd"),)
    assert document.warnings[0].message == "«\ufffd»"


def test_a_span_cannot_run_backwards() -> None:
    with pytest.raises(ValueError, match="invalid span"):
        TextSpan(5, 2)


@pytest.mark.parametrize(
    ("coverage", "complete"),
    [
        (Coverage(), True),
        (Coverage(3, 3), True),
        (Coverage(3, 2), False),
        (Coverage(3, 3, unreadable=(2,)), False),
    ],
)
def test_what_was_not_read_is_not_complete(coverage: Coverage, complete: bool) -> None:
    assert coverage.complete is complete
