"""Essential data (DECP), in the 2019 and the 2022 forms: contract, buyer, holders, amendments."""

import json
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from clausecheck.errors import UsageError
from clausecheck.register.decp import AMENDMENT, SUBCONTRACT, Amendment, Contract, Holder, read_decp
from clausecheck.register.questions import contracts_of, dossiers_of, find_vendor
from clausecheck.register.schema import connect
from clausecheck.register.store import import_contracts, import_run
from clausecheck.reporting.comparison import Comparison

BUYER = "21130055300016"
SIRET = "99900012800010"
OLD: dict[str, Any] = {
    "id": "2019M001",
    "uid": f"{BUYER}2019M001",
    "_type": "Marché",
    "acheteur": {"id": BUYER, "nom": "Commune de Rive-Basse"},
    "objet": "Guichet numérique",
    "dateNotification": "2019-05-02",
    "montant": 90000,
    "titulaires": [{"typeIdentifiant": "SIRET", "id": "999 000 128 00010", "denominationSociale": "Atelier Logiciel Brumaire"}],
    "modifications": [{"objetModification": "Prolongation", "dateSignatureModification": "2021-04-01", "montant": 120000}],
}
NEW: dict[str, Any] = {
    "id": "2024M007",
    "acheteur": {"id": BUYER},
    "objet": "Hébergement",
    "dateNotification": "2024-06-01",
    "montant": "45000,50",
    "titulaires": [{"titulaire": {"id": SIRET, "typeIdentifiant": "SIRET"}}],
    "modifications": [{"modification": {"id": 1, "montant": 50000, "dateNotificationModification": "2025-01-15"}}],
    "actesSousTraitance": [
        {"acteSousTraitance": {"id": 1, "sousTraitant": {"id": "99900055500012"}, "dateNotification": "2024-07-01", "montant": 5000.5}}
    ],
}


def write(path: Path, marches: object) -> Path:
    path.write_text(json.dumps({"marches": marches}), encoding="utf-8")
    return path


def test_the_2019_form_is_read(tmp_path: Path) -> None:
    assert read_decp(write(tmp_path / "decp.json", [OLD])) == [
        Contract(
            f"{BUYER}2019M001",
            BUYER,
            "Commune de Rive-Basse",
            "Guichet numérique",
            "2019-05-02",
            90000.0,
            (Holder(SIRET, "Atelier Logiciel Brumaire"),),
            (Amendment(AMENDMENT, 1, "2021-04-01", "Prolongation", 120000.0),),
        )
    ]


def test_the_2022_form_is_read(tmp_path: Path) -> None:
    (contract,) = read_decp(write(tmp_path / "decp.json", {"marche": [NEW], "contrat-concession": []}))
    assert (contract.uid, contract.buyer_id, contract.buyer, contract.amount) == (f"{BUYER}2024M007", BUYER, None, 45000.5)
    assert contract.holders == (Holder(SIRET),)
    assert contract.amendments == (
        Amendment(AMENDMENT, 1, "2025-01-15", None, 50000.0),
        Amendment(SUBCONTRACT, 1, "2024-07-01", "sous-traitant 99900055500012", 5000.5),
    )


def test_lists_made_from_xml_and_odd_entries_are_borne(tmp_path: Path) -> None:
    from_xml = NEW | {"titulaires": {"titulaire": {"id": SIRET}}, "modifications": None, "actesSousTraitance": {"acteSousTraitance": []}}
    odd = {"objet": "sans numéro"}
    (contract,) = read_decp(write(tmp_path / "decp.json", {"marche": [from_xml, odd, "mot"]}))
    assert (contract.holders, contract.amendments) == ((Holder(SIRET),), ())


@pytest.mark.parametrize("text", ["", "[]", '{"marches": 3}', '{"autre": []}', "<marches/>"])
def test_what_is_not_decp_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "decp.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"données essentielles|DECP"):
        read_decp(path)


def test_contracts_are_tied_by_siret_and_none_is_guessed(tmp_path: Path, comparison: Comparison) -> None:
    stranger = OLD | {"uid": "autre", "titulaires": [{"id": "12345678900001"}]}
    with closing(connect(tmp_path / "r.db")) as db:
        import_run(db, comparison, "Guichet", "2026-01-10")
        vendor = find_vendor(db, SIRET)["id"]
        assert import_contracts(db, read_decp(write(tmp_path / "a.json", [OLD, stranger]))) == 1
        assert [line.contract for line in dossiers_of(db, vendor)] == [f"{BUYER}2019M001"]
        (contract,) = contracts_of(db, SIRET)
        assert (contract.buyer, contract.amendments) == ("Commune de Rive-Basse", ("avenant 1, 2021-04-01, Prolongation",))
        assert import_contracts(db, read_decp(write(tmp_path / "b.json", {"marche": [NEW]}))) == 1
        assert [line.contract for line in dossiers_of(db, vendor)] == [None], "deux marchés : rien ne dit lequel"
        assert len(contracts_of(db, SIRET)) == 2
        import_contracts(db, read_decp(tmp_path / "a.json"))
        assert len(contracts_of(db, SIRET)) == 2


def test_the_command_ties_and_shows_the_contract(tmp_path: Path, consultation: Path, command: Any) -> None:
    path = write(tmp_path / "decp.json", [OLD])
    run = command("vendors", "import", consultation, "--decp", path, "--register", tmp_path / "r.db")
    assert "1 marché rapproché" in run.message
    text = " ".join(command("vendors", "show", SIRET, "--register", tmp_path / "r.db").out.split())
    assert "Commune de Rive-Basse" in text
    assert "avenant 1, 2021-04-01, Prolongation" in text
