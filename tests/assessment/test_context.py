"""Where personal data are at stake: said, presumed (rule R15), excluded, and excluded against the rest of the contract."""

import pytest

from clausecheck.assessment.context import ContextFact
from clausecheck.pipeline import Engine
from clausecheck.trial import clause_document

EXCLUSION = "Aucune donnée personnelle n'est traitée au titre du présent marché."
DUTIES = (
    "Le titulaire traite les données personnelles des agents sur instruction. Il notifie toute violation de données personnelles. "
    "Il chiffre les données personnelles. Il efface les données personnelles à la fin du marché. Il tient un registre au sens du RGPD. "
    "Il nomme un délégué au sens du RGPD. Il ne transfère pas de données personnelles hors de l'Union."
)


def personal_data(engine: Engine, title: str, text: str) -> ContextFact:
    report = engine.assess([clause_document(text, title)], name="essai")
    return next(fact for fact in report.context if fact.flag == "donnees_personnelles")


@pytest.mark.parametrize(
    ("title", "text", "value", "sure"),
    [
        ("Objet", "Le titulaire traite les données personnelles des usagers sur instruction de l'acheteur.", True, True),
        ("Objet du marché", "Le marché a pour objet la tierce maintenance applicative du logiciel de gestion des courriers.", True, False),
        ("Objet du marché", "Le marché a pour objet la fourniture de mobilier de bureau.", False, True),
        ("Objet du marché", f"Le marché a pour objet la fourniture de capteurs. {EXCLUSION}", False, True),
        ("Objet du marché", f"Le titulaire maintient un logiciel. {EXCLUSION} {DUTIES}", True, True),
    ],
    ids=["said", "presumed of a system", "nothing says so", "excluded", "excluded, then organised all the same"],
)
def test_personal_data_are_read_presumed_or_excluded(engine: Engine, title: str, text: str, *, value: bool, sure: bool) -> None:
    fact = personal_data(engine, title, text)
    assert (fact.value, fact.sure) == (value, sure)


def test_what_rests_on_a_presumption_is_flagged(engine: Engine) -> None:
    text = "Le marché a pour objet la tierce maintenance applicative du logiciel de gestion des courriers."
    report = engine.assess([clause_document(text, "Objet du marché")], name="essai", only={"RGPD-33-2"})
    assert "applicabilite_incertaine" in report.findings[0].review
