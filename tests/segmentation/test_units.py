"""Articles, units, lead-ins, and which units bind."""

from collections.abc import Callable

import pytest

from clausecheck.catalogue.loader import load_lexicon
from clausecheck.catalogue.root import default_root
from clausecheck.document import Document, DocumentBuilder, Source
from clausecheck.segmentation.model import Force, Segmented
from clausecheck.segmentation.units import segment
from clausecheck.vocabulary import BlockKind, Language, Layer

LEXICON = load_lexicon(default_root() / "_lexique")


def build(*blocks: tuple[str, BlockKind], layer: Layer = Layer.BODY) -> Segmented:
    builder = DocumentBuilder(Source("piece.md", "", "md"))
    for text, kind in blocks:
        builder.add(text, kind=kind, level=1 if kind is BlockKind.HEADING else None, layer=layer)
    return segment([builder.build()], LEXICON)


def quotes(segmented: Segmented) -> list[str]:
    return [segmented.quote(u) for u in segmented.units]


def test_items_carry_the_words_of_their_lead_in() -> None:
    segmented = build(
        ("Le titulaire s’engage à :", BlockKind.PARAGRAPH),
        ("notifier les violations ;", BlockKind.LIST_ITEM),
        ("supprimer les données.", BlockKind.LIST_ITEM),
        ("L’acheteur paie.", BlockKind.PARAGRAPH),
    )
    lead, first, second, after = segmented.units
    assert first.text.text == "titulaire s engage notifier violations"
    assert first.text.text[first.own_from :] == "notifier violations"
    assert (first.lead, second.lead, after.lead) == (lead.index, lead.index, None)
    assert segmented.quote(second) == "supprimer les données."


def nested(*items: tuple[int, str]) -> Segmented:
    builder = DocumentBuilder(Source("piece.md", "", "md"))
    for level, text in items:
        builder.add(text, kind=BlockKind.LIST_ITEM if level else BlockKind.PARAGRAPH, level=level or None)
    return segment([builder.build()], LEXICON)


def test_the_next_item_is_not_introduced_by_the_one_before() -> None:
    segmented = nested(
        (0, "Il est convenu que :"),
        (1, "1. le titulaire chiffre :"),
        (2, "- les bases ;"),
        (1, "2. l’acheteur paie ;"),
        (1, "3. les parties s’informent."),
    )
    lead, first, under, second, third = segmented.units
    assert (first.lead, under.lead) == (lead.index, first.index)
    assert (second.lead, third.lead) == (lead.index, lead.index)


def test_bullets_that_layout_put_on_one_level_still_follow_their_lead_in() -> None:
    lead, item = nested((1, "- Le titulaire chiffre :"), (1, "- les bases.")).units
    assert item.lead == lead.index


def test_the_number_of_an_item_is_no_word_of_it() -> None:
    first, second = nested((1, "1. Le titulaire livre."), (1, "b) Le titulaire livre.")).units
    assert first.text.text == second.text.text == "titulaire livre"
    assert (first.span.start, second.span.start) == (0, len("1. Le titulaire livre.\n"))


def test_infinitives_after_a_colon_are_items_even_without_bullets() -> None:
    segmented = build(
        ("Le titulaire doit :", BlockKind.PARAGRAPH),
        ("notifier les violations ;", BlockKind.PARAGRAPH),
        ("ne pas répondre lui-même.", BlockKind.PARAGRAPH),
    )
    assert [u.lead for u in segmented.units] == [None, 0, 0]


def test_a_heading_closes_a_list_and_names_what_follows() -> None:
    segmented = build(
        ("Le titulaire doit :", BlockKind.PARAGRAPH),
        ("Sécurité", BlockKind.HEADING),
        ("chiffrer les données.", BlockKind.LIST_ITEM),
    )
    unit = segmented.units[-1]
    assert unit.lead is None
    assert segmented.articles[unit.article].title == "Sécurité"


def test_titles_nest() -> None:
    builder = DocumentBuilder(Source("piece.md", "", "md"))
    for text, level in (("Données", 1), ("Restitution", 2), ("Délai", 3), ("Prix", 2)):
        builder.add(text, kind=BlockKind.HEADING, level=level)
        builder.add(f"Texte de {text}.")
    segmented = segment([builder.build()], LEXICON)
    assert [segmented.articles[u.article].titles for u in segmented.units] == [
        ("Données",),
        ("Données", "Restitution"),
        ("Données", "Restitution", "Délai"),
        ("Données", "Prix"),
    ]


@pytest.mark.parametrize("layer", [Layer.FURNITURE, Layer.TOC, Layer.DELETED, Layer.NOTE])
def test_what_is_not_the_body_is_no_unit(layer: Layer) -> None:
    assert build(("Le titulaire livre.", BlockKind.PARAGRAPH), layer=layer).units == ()


def test_a_row_is_one_unit() -> None:
    assert quotes(build(("Objet | Gérer. Suivre. | Oui", BlockKind.TABLE_ROW))) == ["Objet | Gérer. Suivre. | Oui"]


@pytest.mark.parametrize(
    ("text", "title", "force"),
    [
        ("Le titulaire notifie la violation.", "Clause", Force.OPERATIVE),
        ("« Données » désigne toute information traitée.", "Clause", Force.DEFINITION),
        ("Le titulaire notifie la violation.", "Définitions", Force.DEFINITION),
        ("Le titulaire notifie la violation.", "1. Définition et interprétation", Force.DEFINITION),
        ("Le titulaire notifie la violation.", "Annexe 1 – Acronymes", Force.DEFINITION),
        ("Le titulaire notifie la violation.", "1.2 Définition de l’opération", Force.OPERATIVE),
        ("Sécurité | Titulaire | Acheteur informé", "Définition des rôles et responsabilités", Force.OPERATIVE),
        ("Sécurité | Titulaire | Acheteur informé", "Définitions des rôles", Force.OPERATIVE),
        ("Le coefficient est défini comme suit selon le manquement.", "Pénalités", Force.OPERATIVE),
        ("Considérant que la donnée est un bien commun.", "Clause", Force.RECITAL),
        ("Le titulaire notifie la violation.", "Préambule", Force.RECITAL),
        ("Le candidat décrira dans son offre les mesures de sécurité.", "Clause", Force.QUESTION),
    ],
)
def test_what_binds(text: str, title: str, force: Force, clause: Callable[..., Document]) -> None:
    assert [u.force for u in segment([clause(text, title)], LEXICON).units] == [force]


def test_titles_printed_as_text_do_not_bind(clause: Callable[..., Document]) -> None:
    text = (
        "Sous-traitants ultérieurs\n\nLe titulaire demande l’accord de l’acheteur avant d’y recourir.\n\nG. Transferts. Le titulaire livre."
    )
    forces = [u.force for u in segment([clause(text)], LEXICON).units]
    assert forces == [Force.TITLE, Force.OPERATIVE, Force.TITLE, Force.OPERATIVE]


def test_a_piece_that_is_no_contract_binds_nobody(clause: Callable[..., Document]) -> None:
    documents = [clause("Le titulaire livre."), clause("Le titulaire paie.")]
    assert [u.force for u in segment(documents, LEXICON, frozenset({1})).units] == [Force.OPERATIVE, Force.OUTSIDE]


def test_every_unit_is_at_its_offsets(clause: Callable[..., Document]) -> None:
    document = clause("Le titulaire s’engage à :\n- notifier ;\n- aider.\n| Délai | 24 heures |\nIl paie. Il part.")
    for unit in segment([document], LEXICON).units:
        own = [s for s in unit.text.sources if unit.span.contains(s)]
        assert own
        assert document.text[own[0].start : own[-1].end] in document.quote(unit.span)


@pytest.mark.parametrize("kind", [BlockKind.HEADING, BlockKind.PARAGRAPH])
def test_an_english_annex_is_not_under_the_definitions_before_it(kind: BlockKind) -> None:
    builder = DocumentBuilder(Source("dpa.md", "", "md"))
    builder.add("Definitions", kind=BlockKind.HEADING, level=2)
    builder.add("“Personal data” means any information relating to an identified person.")
    builder.add("Schedule 1 – Details of the processing", kind=kind, level=3 if kind is BlockKind.HEADING else None)
    builder.add("The processing lasts for the term of the agreement.")
    builder.add("Schedule 1 describes the processing in detail.")
    segmented = segment([builder.build(language=Language.ENGLISH)], LEXICON)
    assert [u.force for u in segmented.units] == [Force.DEFINITION, Force.OPERATIVE, Force.OPERATIVE]
