"""English clauses beside French ones: the same criteria, the same turns of meaning, findings in French."""

import pytest

from clausecheck.assessment.model import DossierReport, Finding
from clausecheck.detection.proposals import Reading
from clausecheck.pipeline import Engine
from clausecheck.readers import read_bytes
from clausecheck.reporting.view import gist
from clausecheck.trial import clause_document
from clausecheck.vocabulary import Language, Status

BREACH = (
    "The Processor shall notify the Controller of any personal data breach within twenty-four (24) hours after becoming aware of it. The "
    "notification shall describe the nature of the breach, the categories and number of data subjects concerned, its likely consequences, "
    "the measures taken and a point of contact. The Processor shall assist the Controller in notifying the supervisory authority and in "
    "communicating the breach to the data subjects."
)
RETURN = (
    "Upon termination of the contract for any reason, the Processor shall, at the choice of the Controller, return or delete all personal "
    "data within thirty (30) days, and shall destroy all existing copies, backups included."
)
FRENCH = (
    "# Cahier des clauses administratives particulières\n\n## Instructions\n\nLe titulaire ne traite les données à caractère personnel que "
    "sur instruction documentée de l’acheteur, y compris pour les transferts vers un pays tiers, sauf obligation résultant du droit de "
    "l’Union ; il informe alors l’acheteur de cette obligation avant le traitement.\n"
)
ENGLISH = f"# Data Processing Agreement\n\n## Personal data breaches\n\n{BREACH}\n\n## Return of data\n\n{RETURN}\n"
GERMAN = (
    "# Auftragsverarbeitung\n\n## Weisungen\n\nDer Auftragnehmer verarbeitet personenbezogene Daten ausschließlich auf dokumentierte "
    "Weisung des Auftraggebers und meldet jede Verletzung des Schutzes dieser Daten unverzüglich.\n"
)


def judge(engine: Engine, requirement: str, text: str, title: str = "Data protection") -> Finding:
    given = {"donnees_personnelles": True}
    return engine.assess([clause_document(text, title)], name="essai", given=given, only={requirement}).findings[0]


def met(finding: Finding) -> set[str]:
    return {c.id for c in finding.criteria if c.met}


@pytest.fixture(scope="module")
def mixed(engine: Engine) -> DossierReport:
    documents = [d for name, text in (("ccap.md", FRENCH), ("dpa.md", ENGLISH)) for d in read_bytes(text.encode(), name).documents]
    return engine.assess(documents, name="mixte")


@pytest.mark.parametrize(("requirement", "text"), [("RGPD-33-2", BREACH), ("RGPD-28-3-G", RETURN)])
def test_a_sound_clause_is_sound_in_english(engine: Engine, requirement: str, text: str) -> None:
    assert judge(engine, requirement, text).status is Status.CONFORME


@pytest.mark.parametrize("names", [("Vendor", "Customer"), ("Provider", "Client"), ("Supplier", "Buyer")])
def test_the_names_of_the_parties_change_nothing(engine: Engine, names: tuple[str, str]) -> None:
    text = BREACH.replace("Processor", names[0]).replace("Controller", names[1])
    assert met(judge(engine, "RGPD-33-2", text)) == met(judge(engine, "RGPD-33-2", BREACH))


def test_we_and_you_are_parties(engine: Engine) -> None:
    assert "c1" in met(
        judge(engine, "RGPD-33-2", "We will notify you of any personal data breach within 24 hours after becoming aware of it.")
    )
    assert judge(engine, "RGPD-33-2", "You shall notify us of any personal data breach within 24 hours.").status is Status.ABSENTE


def test_may_is_no_duty(engine: Engine) -> None:
    finding = judge(engine, "RGPD-33-2", BREACH.replace("shall notify", "may notify"))
    assert finding.status is Status.AFFAIBLIE
    assert "c1" not in met(finding)


def test_shall_not_is_no_duty(engine: Engine) -> None:
    finding = judge(engine, "RGPD-33-2", "The Processor shall not be required to notify the Controller of any personal data breach.")
    assert "c1" not in met(finding)


def test_a_clause_without_its_delay_is_weakened(engine: Engine) -> None:
    finding = judge(engine, "RGPD-33-2", BREACH.replace(" within twenty-four (24) hours", " without undue delay"))
    assert finding.status is Status.AFFAIBLIE
    assert "c2" not in met(finding)


@pytest.mark.parametrize("delay", ["seventy-two (72) hours", "two business days", "five (5) calendar days", "one week"])
def test_a_longer_delay_weakens(engine: Engine, delay: str) -> None:
    finding = judge(engine, "RGPD-33-2", BREACH.replace("twenty-four (24) hours", delay))
    assert finding.status is Status.AFFAIBLIE
    assert "c2" not in met(finding)


def test_swapping_the_parties_changes_who_must(engine: Engine) -> None:
    swapped = "The Controller shall notify the supervisory authority of a personal data breach within seventy-two hours."
    assert judge(engine, "RGPD-33-2", swapped).status is Status.ABSENTE


def test_the_choice_must_be_the_buyers(engine: Engine) -> None:
    finding = judge(engine, "RGPD-28-3-G", RETURN.replace("at the choice of the Controller", "at its own discretion"))
    assert "c2" not in met(finding)
    assert finding.status is Status.AFFAIBLIE


@pytest.mark.parametrize("title", ["Definitions", "Recitals"])
def test_definitions_and_recitals_prove_nothing(engine: Engine, title: str) -> None:
    assert judge(engine, "RGPD-33-2", BREACH, title).status is Status.ABSENTE


def test_a_definition_proves_nothing(engine: Engine) -> None:
    text = "“Personal Data Breach” means a breach of security which the Processor shall notify to the Controller within 24 hours."
    assert judge(engine, "RGPD-33-2", text).status is Status.ABSENTE


def test_french_and_english_pieces_are_judged_together(mixed: DossierReport) -> None:
    statuses = {f.requirement.id: f.status for f in mixed.findings}
    assert [d.language for d in mixed.segmented.documents] == [Language.FRENCH, Language.ENGLISH]
    assert statuses["RGPD-28-3-A"] is Status.CONFORME
    assert statuses["RGPD-33-2"] is Status.CONFORME


def test_an_english_quote_has_its_meaning_in_french_beside_it(mixed: DossierReport) -> None:
    finding = next(f for f in mixed.findings if f.requirement.id == "RGPD-33-2")
    french = next(f for f in mixed.findings if f.requirement.id == "RGPD-28-3-A")
    meaning = gist(finding, 0) or ""
    assert finding.evidence[0].language is Language.ENGLISH
    assert "Le titulaire notifie à l’acheteur toute violation de données personnelles" in meaning
    assert gist(french, 0) is None
    assert finding.reason.startswith("Tous les éléments nécessaires")


def test_a_third_language_is_said_and_concludes_nothing(engine: Engine) -> None:
    report = engine.assess(list(read_bytes(GERMAN.encode(), "av.md").documents), name="allemand")
    assert {f.status for f in report.findings} == {Status.NON_CONCLUANT}
    assert any(p.code == "langue" and "ni français ni anglais" in p.message for p in report.problems)


def test_a_third_language_beside_french_leaves_nothing_absent(engine: Engine) -> None:
    documents = [d for name, text in (("ccap.md", FRENCH), ("av.md", GERMAN)) for d in read_bytes(text.encode(), name).documents]
    statuses = {f.requirement.id: f.status for f in engine.assess(documents, name="mixte").findings}
    assert statuses["RGPD-28-3-A"] is Status.CONFORME
    assert Status.ABSENTE not in statuses.values()


def test_the_second_voice_says_nothing_in_a_language_it_was_not_taught(engine: Engine, mixed: DossierReport) -> None:
    assert engine.speaker is not None
    read = Reading(mixed.segmented, engine.speaker.voice).units
    assert {mixed.segmented.units[u].language.value for u in read} == engine.speaker.voice.languages


def test_what_the_benchmark_tells_apart_is_told_apart(engine: Engine) -> None:
    text = "The Processor shall assist the Controller with data protection impact assessments."
    assert met(judge(engine, "RGPD-28-3-F", text)) == {"c3", "aipd"}


def test_a_french_dossier_is_not_told_apart_that_finely(engine: Engine) -> None:
    text = "Le titulaire aide l’acheteur à notifier les violations de données à la CNIL."
    assert [c.id for c in judge(engine, "RGPD-28-3-F", text).criteria] == ["c1", "c2", "c3", "c4"]


def test_a_page_that_lists_sub_processors_authorises_nothing(engine: Engine) -> None:
    finding = judge(engine, "RGPD-28-2", "The current list of sub-processors is available on the Provider's website at cloudberry.example.")
    assert met(finding) == set()
    assert "w2" in {w.id for w in finding.weakenings}


def test_specific_consent_needs_no_list_nor_objection(engine: Engine) -> None:
    text = "The Processor shall not engage any sub-processor without the prior specific written consent of the Controller."
    assert {"c1", "c2", "c3", "c4"} <= met(judge(engine, "RGPD-28-2", text))


@pytest.mark.parametrize(
    "tool", ["the UK Addendum issued by the Information Commissioner", "Module Two of the Standard Contractual Clauses"]
)
def test_a_transfer_mechanism_named_is_found(engine: Engine, tool: str) -> None:
    text = f"Transfers of personal data outside the United Kingdom and the European Economic Area are subject to {tool}."
    assert "c3" in met(judge(engine, "RGPD-44-49", text))


@pytest.mark.parametrize(
    ("requirement", "criterion", "text"),
    [
        (
            "RGPD-28-2",
            "c1",
            "The Processor shall provide reasonable assistance in prior consultations with supervisory authorities and sub-processors.",
        ),
        (
            "RGPD-28-3-F",
            "communication",
            "The Processor shall provide information on the breach, including the number of data subjects concerned.",
        ),
        ("RGPD-28-3-OBJ", "c4", "For the purposes of this processing addendum, capitalised terms have the meaning given in the agreement."),
        (
            "RGPD-28-4",
            "c2",
            "The Customer is responsible for subscribing to the notices about sub-processors, and the Provider for maintaining the list.",
        ),
    ],
)
def test_near_words_are_not_the_duty(engine: Engine, requirement: str, criterion: str, text: str) -> None:
    assert criterion not in met(judge(engine, requirement, text))
