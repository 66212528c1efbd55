"""What a piece is: told by its title, never by a word met in a sentence."""

import pytest

from clausecheck.catalogue.lexicon import Lexicon
from clausecheck.document import Document, DocumentBuilder, Source
from clausecheck.segmentation.pieces import recognise
from clausecheck.vocabulary import BlockKind, Language, Layer


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


def build(*blocks: tuple[str, BlockKind, Layer], name: str = "piece.pdf") -> Document:
    builder = DocumentBuilder(Source(name, "", "pdf", 1))
    for text, kind, layer in blocks:
        builder.add(text, kind=kind, level=1 if kind is BlockKind.HEADING else None, layer=layer)
    return builder.build(language=Language.FRENCH)


def kind_of(document: Document, lexicon: Lexicon) -> str | None:
    found = recognise(document, lexicon.pieces).kind
    return found.kind if found else None


@pytest.mark.parametrize("layer", [Layer.BODY, Layer.FURNITURE])
def test_a_title_printed_on_several_lines_is_read_whole(layer: Layer, lexicon: Lexicon) -> None:
    kind = BlockKind.HEADING if layer is Layer.BODY else BlockKind.PARAGRAPH
    lines = [(text, kind, layer) for text in ("Plan", "d’assurance", "sécurité")]
    body = ("Ce document dit comment le service est tenu.", BlockKind.PARAGRAPH, Layer.BODY)
    assert kind_of(build(*lines, body), lexicon) == "pas"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("PRA | Plan de reprise d’activité", BlockKind.TABLE_ROW),
        ("- l’accord de traitement des données", BlockKind.LIST_ITEM),
        ("Annexe 1 – DPA", BlockKind.HEADING),
        ("Le client a reçu, avec ce document, les conditions générales de vente qui le complètent.", BlockKind.PARAGRAPH),
    ],
)
def test_what_is_named_below_the_title_of_a_contract_is_not_its_kind(text: str, kind: BlockKind, lexicon: Lexicon) -> None:
    between = ("Le prestataire ouvre le service.", BlockKind.PARAGRAPH, Layer.BODY)
    document = build(("Contrat d’abonnement", BlockKind.HEADING, Layer.BODY), between, (text, kind, Layer.BODY))
    assert kind_of(document, lexicon) == "convention"


def test_the_name_of_a_file_may_be_an_acronym(lexicon: Lexicon) -> None:
    words = ("Le titulaire chiffre les sauvegardes.", BlockKind.PARAGRAPH, Layer.BODY)
    assert kind_of(build(words, name="PAS_v2.pdf"), lexicon) == "pas"
    assert kind_of(build(words, name="repas.pdf"), lexicon) is None
