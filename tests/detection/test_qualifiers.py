"""Who must, may, or merely tries."""

from collections.abc import Callable

import pytest

from clausecheck.catalogue.lexicon import Lexicon
from clausecheck.detection.qualifiers import Qualification, Qualifier
from clausecheck.document import Document
from clausecheck.document.normalized import NormalizedText
from clausecheck.segmentation.units import segment
from clausecheck.vocabulary import Actor

Qualify = Callable[..., Qualification]


@pytest.fixture
def qualify(lexicon: Lexicon, clause: Callable[..., Document]) -> Qualify:
    """Qualify the words ``action`` in ``text`` (the last sentence that holds them)."""

    def read(text: str, action: str, title: str | None = None) -> Qualification:
        segmented = segment([clause(text, title)], lexicon)
        words = NormalizedText.of(action).text
        unit = next(u for u in reversed(segmented.units) if words in u.text.text)
        start = unit.text.text.index(words)
        return Qualifier(segmented, lexicon).qualify(unit, start, start + len(words))

    return read


@pytest.mark.parametrize(
    ("text", "action", "debtor"),
    [
        ("Le titulaire notifie la violation à l’acheteur.", "notifie", Actor.HOLDER),
        ("L’acheteur notifie la violation à la CNIL.", "notifie", Actor.BUYER),
        ("Le prestataire s’engage à notifier au client tout incident.", "notifier", Actor.HOLDER),
        ("Les parties s’engagent à garder le secret.", "garder", Actor.BOTH),
        ("Toute violation est notifiée par le titulaire.", "notifiée", Actor.HOLDER),
        ("Toute violation est notifiée par la collectivité.", "notifiée", Actor.BUYER),
        ("Toute violation est notifiée sous 24 heures.", "notifiée", Actor.UNKNOWN),
        ("Le titulaire informe l’acheteur et supprime les données.", "supprime", Actor.HOLDER),
        ("Si l’acheteur le demande, le titulaire détruit les données.", "détruit", Actor.HOLDER),
        ("Lorsque le client l’exige, le prestataire restitue les données.", "restitue", Actor.HOLDER),
        ("Le titulaire livre les données. Il supprime les copies.", "supprime", Actor.HOLDER),
        ("L’acheteur fixe les finalités. Il documente ses instructions.", "documente", Actor.BUYER),
        ("À la demande de l’acheteur, le titulaire fournit les journaux.", "fournit", Actor.HOLDER),
    ],
)
def test_who_must(qualify: Qualify, text: str, action: str, debtor: Actor) -> None:
    assert qualify(text, action).debtor is debtor


def test_a_list_is_bound_by_its_lead_in(qualify: Qualify) -> None:
    text = "Le prestataire s’engage à :\n- notifier les violations ;\n- supprimer les données."
    assert qualify(text, "supprimer").debtor is Actor.HOLDER


def test_a_heading_may_say_whose_duties_follow(qualify: Qualify) -> None:
    assert qualify("Fournir les accès nécessaires.", "Fournir", "Obligations du client").debtor is Actor.BUYER


@pytest.mark.parametrize(
    ("text", "action", "option"),
    [
        ("Le titulaire peut notifier la violation.", "notifier", True),
        ("Le titulaire se réserve le droit de modifier le service.", "modifier", True),
        ("Le prestataire pourra supprimer les données.", "supprimer", True),
        ("Le titulaire notifie la violation.", "notifie", False),
        ("Le titulaire ne peut utiliser les données.", "utiliser", False),
        ("Le titulaire ne saurait utiliser les données.", "utiliser", False),
    ],
)
def test_who_may(qualify: Qualify, text: str, action: str, option: bool) -> None:
    assert qualify(text, action).option is option


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Le titulaire s’efforce de notifier la violation.", "notifier"),
        ("Le titulaire fait ses meilleurs efforts pour notifier la violation.", "notifier"),
        ("Le titulaire notifie la violation dans la mesure du possible.", "notifie"),
        ("Le titulaire notifie, autant que possible, la violation.", "notifie"),
    ],
)
def test_who_merely_tries(qualify: Qualify, text: str, action: str) -> None:
    assert qualify(text, action).effort


def test_a_plain_duty_is_no_effort(qualify: Qualify) -> None:
    assert not qualify("Le titulaire notifie la violation sous 24 heures.", "notifie").effort


@pytest.mark.parametrize(
    ("text", "action", "negated"),
    [
        ("Le titulaire ne notifie pas la violation.", "notifie", True),
        ("Le titulaire n’est pas tenu de notifier la violation.", "notifier", True),
        ("La violation n’est pas notifiée à l’acheteur.", "notifiée", True),
        ("Le titulaire ne traite les données que sur instruction.", "traite", False),
        ("Le titulaire notifie toute violation, sans attendre.", "notifie", False),
    ],
)
def test_what_is_denied(qualify: Qualify, text: str, action: str, negated: bool) -> None:
    assert qualify(text, action).negated is negated


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("Il est interdit au titulaire d’utiliser les données.", "utiliser"),
        ("Le titulaire s’interdit d’utiliser les données.", "utiliser"),
        ("Le titulaire ne peut utiliser les données.", "utiliser"),
        ("L’utilisation des données est interdite.", "utilisation"),
    ],
)
def test_what_is_forbidden(qualify: Qualify, text: str, action: str) -> None:
    assert qualify(text, action).prohibition


def test_partie_integrante_names_no_party(qualify: Qualify) -> None:
    assert qualify("L’annexe, partie intégrante du contrat, décrit les mesures.", "décrit").debtor is Actor.UNKNOWN
