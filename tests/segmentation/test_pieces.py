"""What a piece is: told by its title, never by a word met in a sentence."""

import pytest

from clausecheck.catalogue.lexicon import Lexicon
from clausecheck.document import Document, DocumentBuilder, Source
from clausecheck.segmentation.pieces import recognise
from clausecheck.vocabulary import BlockKind, Language


def piece(title: str, *paragraphs: str, name: str = "piece.md") -> Document:
    builder = DocumentBuilder(Source(name, "", "md", 1))
    builder.add(title, kind=BlockKind.HEADING, level=1)
    for text in paragraphs:
        builder.add(text)
    return builder.build(language=Language.FRENCH)


@pytest.mark.parametrize(
    "sentence",
    [
        "Le prestataire ne rédige ni les mentions légales du site ni la politique de confidentialité de la commune, restées à sa charge.",
        "Les candidats ont reçu le règlement de la consultation et les réponses aux questions avant de remettre leur offre définitive.",
    ],
)
def test_a_contract_that_speaks_of_a_notice_still_binds(sentence: str, lexicon: Lexicon) -> None:
    found = recognise(piece("Contrat d’hébergement du portail", sentence), lexicon.pieces)
    assert found.binds
    assert found.kind is not None
    assert found.kind.kind == "convention"


@pytest.mark.parametrize(
    ("title", "kind"),
    [("C.C.A.P.", "ccap"), ("C.C.T.P. – Lot 1", "cctp"), ("P.S.S.I.", "pas"), ("D.P.G.F.", "prix")],
)
def test_a_title_in_dotted_capitals_is_read(title: str, kind: str, lexicon: Lexicon) -> None:
    found = recognise(piece(title, "Le titulaire notifie toute violation sous 24 heures."), lexicon.pieces)
    assert found.kind is not None
    assert found.kind.kind == kind


@pytest.mark.parametrize(
    ("title", "kind"),
    [("Politique de confidentialité", "politique"), ("Règlement de la consultation", "rc"), ("Questions et réponses", "qr")],
)
def test_a_title_sets_aside_what_binds_nobody(title: str, kind: str, lexicon: Lexicon) -> None:
    found = recognise(piece(title, "Le titulaire notifie toute violation sous 24 heures."), lexicon.pieces)
    assert found.kind is not None
    assert (found.kind.kind, found.binds) == (kind, False)


def test_a_short_line_under_the_title_tells_too(lexicon: Lexicon) -> None:
    found = recognise(piece("Portail des aides", "Mentions légales", "Ce site est édité par la commune."), lexicon.pieces)
    assert not found.binds
