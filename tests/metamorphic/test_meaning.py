"""What must and what must not change a verdict, as a lawyer would expect: sound clauses, altered one thing at a time."""

import pytest

from clausecheck.assessment.model import Finding
from clausecheck.pipeline import Engine
from clausecheck.trial import clause_document
from clausecheck.vocabulary import Status

SOUND = {
    "RGPD-33-2": (
        "Le titulaire doit notifier à l'acheteur toute violation de données à caractère personnel, au plus tard "
        "vingt-quatre heures après en avoir "
        "pris connaissance. La notification décrit la nature de la violation, les catégories et le nombre de personnes "
        "et d'enregistrements "
        "concernés, les conséquences probables, les mesures prises et un point de contact. Le titulaire assiste "
        "l'acheteur dans la notification "
        "à la CNIL et la communication aux personnes."
    ),
    "RGPD-28-3-A": (
        "Le titulaire ne traite les données à caractère personnel que sur instruction documentée de l'acheteur, y "
        "compris pour les transferts vers "
        "un pays tiers, sauf obligation résultant du droit de l'Union ou du droit d'un État membre ; il informe alors l'acheteur de cette "
        "obligation avant le traitement. Les instructions sont consignées par écrit."
    ),
    "RGPD-PREUVE-DESTR": (
        "Le titulaire remet à l'acheteur, dans les quinze jours, un certificat de destruction signé qui atteste "
        "l'effacement de toutes les données, "
        "copies et sauvegardes comprises, et mentionne la date, la méthode et les supports concernés."
    ),
}
NEUTRAL = {
    "straight quotes become curly": lambda t: t.replace("'", "’"),
    "no accents": lambda t: t.translate(str.maketrans("éèêàâîôûçÉÈÀ", "eeeaaioucEEA")),
    "capitals": str.upper,
    "no-break spaces": lambda t: t.replace(" ;", "\u202f;").replace(" CNIL", "\u00a0CNIL"),
    "other names of the parties": lambda t: t.replace("titulaire", "prestataire").replace("l'acheteur", "la collectivité"),
    "digits beside words": lambda t: t.replace("vingt-quatre heures", "vingt-quatre (24) heures").replace("quinze jours", "15 jours"),
}


def judge(engine: Engine, requirement: str, text: str, title: str = "Protection des données") -> Finding:
    given = {"donnees_personnelles": True}
    return engine.assess([clause_document(text, title)], name="essai", given=given, only={requirement}).findings[0]


def met(finding: Finding) -> set[str]:
    return {c.id for c in finding.criteria if c.met}


@pytest.mark.parametrize("requirement", SOUND)
@pytest.mark.parametrize("change", NEUTRAL)
def test_typography_and_names_change_nothing(engine: Engine, requirement: str, change: str) -> None:
    before = judge(engine, requirement, SOUND[requirement])
    after = judge(engine, requirement, NEUTRAL[change](SOUND[requirement]))
    assert (after.status, met(after)) == (before.status, met(before))


@pytest.mark.parametrize("requirement", SOUND)
def test_an_annex_binds_as_well(engine: Engine, requirement: str) -> None:
    before = judge(engine, requirement, SOUND[requirement])
    after = judge(engine, requirement, SOUND[requirement], "Annexe 2 – Données personnelles")
    assert after.status == before.status


@pytest.mark.parametrize("title", ["Définitions", "Préambule"])
@pytest.mark.parametrize("requirement", SOUND)
def test_definitions_and_recitals_prove_nothing(engine: Engine, requirement: str, title: str) -> None:
    assert judge(engine, requirement, SOUND[requirement], title).status is Status.ABSENTE


@pytest.mark.parametrize("requirement", SOUND)
def test_an_empty_title_proves_nothing(engine: Engine, requirement: str) -> None:
    assert judge(engine, requirement, "Sans objet.").status is Status.ABSENTE


def test_an_option_is_no_duty(engine: Engine) -> None:
    text = SOUND["RGPD-33-2"].replace("doit notifier", "peut notifier")
    finding = judge(engine, "RGPD-33-2", text)
    assert finding.status is Status.AFFAIBLIE
    assert "c1" not in met(finding)


def test_a_clause_without_its_delay_is_weakened(engine: Engine) -> None:
    text = SOUND["RGPD-33-2"].replace(", au plus tard vingt-quatre heures après en avoir pris connaissance", "")
    finding = judge(engine, "RGPD-33-2", text)
    assert finding.status is Status.AFFAIBLIE
    assert "c2" not in met(finding)


@pytest.mark.parametrize("delay", ["soixante-douze heures", "cinq jours ouvrés", "une semaine"])
def test_a_longer_delay_weakens(engine: Engine, delay: str) -> None:
    text = SOUND["RGPD-33-2"].replace("vingt-quatre heures", delay)
    assert judge(engine, "RGPD-33-2", text).status is Status.AFFAIBLIE


def test_the_buyers_duty_is_not_the_holders(engine: Engine) -> None:
    text = "En cas de violation de données à caractère personnel, l'acheteur notifie la CNIL dans les soixante-douze heures."
    assert judge(engine, "RGPD-33-2", text).status is Status.ABSENTE


def test_a_foreign_law_exception_weakens_where_the_unions_does_not(engine: Engine) -> None:
    lawful = judge(engine, "RGPD-28-3-A", SOUND["RGPD-28-3-A"])
    text = SOUND["RGPD-28-3-A"].replace(
        "sauf obligation résultant du droit de l'Union ou du droit d'un État membre", "sauf si la loi qui lui est applicable l'exige"
    )
    weakened = judge(engine, "RGPD-28-3-A", text)
    assert lawful.status is Status.CONFORME
    assert weakened.status is Status.AFFAIBLIE


def test_a_blank_meets_nothing(engine: Engine) -> None:
    text = SOUND["RGPD-33-2"].replace("vingt-quatre heures", "[délai à compléter]")
    finding = judge(engine, "RGPD-33-2", text)
    assert "c2" not in met(finding)
    assert finding.status is Status.AFFAIBLIE
