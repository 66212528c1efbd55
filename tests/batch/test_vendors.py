"""Who a candidate is, and how a user corrects the guess."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from contracts import engagement
from hypothesis import given
from hypothesis import strategies as st

from clausecheck.assessment.vendor import Vendor
from clausecheck.batch.candidats import Candidate, corrected, read_corrections, write_candidates
from clausecheck.batch.names import essential, lot_folder, slug, split_lot
from clausecheck.batch.vendors import Clues, Hint, Identity, hint, identify, reconcile
from clausecheck.errors import UsageError
from clausecheck.readers import read_bytes
from clausecheck.segmentation.party import luhn

ALPHA = "73282932000074"
BETA = "55208131766522"


def said(text: str) -> Hint:
    return hint(read_bytes(text.encode(), "AE.md").documents[0])


def test_the_acte_d_engagement_names_the_candidate() -> None:
    found = identify(Clues("dossier 3", (said(engagement("Alpha Informatique SAS", ALPHA)),)))
    assert found == Identity(Vendor("Alpha Informatique SAS", ALPHA), "acte d’engagement")


def test_a_siret_with_a_wrong_key_is_not_taken() -> None:
    assert identify(Clues("alpha", (said(engagement("Alpha Informatique SAS", "73282932000075")),))).vendor.siret is None


def test_a_blank_acte_d_engagement_leaves_the_folders_name() -> None:
    for blank in ("[à compléter]", "…………………", "{{ nom }}"):
        assert identify(Clues("alpha", (said(engagement(blank)),))).vendor == Vendor("alpha")


def test_the_folder_may_carry_the_siret() -> None:
    assert identify(Clues(f"Alpha_{ALPHA}", ())).vendor == Vendor("Alpha", ALPHA)


def test_a_partner_named_elsewhere_is_not_the_candidate() -> None:
    contract = said("# Contrat\n\nTitulaire : Société Gamma, 2 rue du Quai\n\nLe titulaire exécute le marché.\n")
    assert identify(Clues("alpha", (contract,))).vendor == Vendor("alpha")
    assert identify(Clues("gamma", (contract,))).vendor.name == "Société Gamma"


def test_the_buyers_siret_is_nobodys() -> None:
    number = said(f"# Mémoire\n\nSIRET {BETA}\n")
    assert identify(Clues("alpha", (number,))).vendor.siret == BETA
    assert identify(Clues("alpha", (number,), frozenset({BETA}))).vendor.siret is None


def identities(*vendors: Vendor) -> dict[str, Identity]:
    return {str(i): Identity(vendor, "essai") for i, vendor in enumerate(vendors)}


def test_variants_of_one_name_become_one_candidate() -> None:
    found = reconcile(
        identities(Vendor("Alpha Informatique S.A.S.", ALPHA), Vendor("ALPHA INFORMATIQUE"), Vendor("Informatique Alpha SAS"))
    )
    assert {i.vendor for i in found.values()} == {Vendor("Alpha Informatique S.A.S.", ALPHA)}


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (Vendor("Alpha Informatique", ALPHA), Vendor("Alpha Informatique", BETA)),
        (Vendor("Orange"), Vendor("Orange Business Services")),
        (Vendor("Alpha Conseil"), Vendor("Alpha Sécurité")),
    ],
)
def test_different_companies_stay_apart(left: Vendor, right: Vendor) -> None:
    assert [i.vendor for i in reconcile(identities(left, right)).values()] == [left, right]


@given(st.permutations(["Alpha SAS", "ALPHA", "Alfa SAS", "Beta", "Béta SARL", "Gamma"]))
def test_order_changes_no_identity(names: list[str]) -> None:
    found = reconcile({name: Identity(Vendor(name), "essai") for name in names})
    assert found == reconcile({name: Identity(Vendor(name), "essai") for name in sorted(names)})


def test_establishments_keep_their_own_number() -> None:
    other = next(n for n in (f"{ALPHA[:9]}{i:05d}" for i in range(80, 200)) if luhn(n))
    found = reconcile(identities(Vendor("Alpha", ALPHA), Vendor("Alpha agence", other)))
    assert {i.vendor.siret for i in found.values()} == {ALPHA, other}
    assert len({i.vendor.name for i in found.values()}) == 1


@pytest.mark.parametrize(
    ("name", "lot", "rest"),
    [
        ("lot-01", "1", ""),
        ("Lot n° 2 – Réseau", "2", "Réseau"),
        ("LOT_A", "A", ""),
        ("lot1_alpha", "1", "alpha"),
        ("alpha-lot 12", "12", "alpha"),
        ("pilote 1", None, "pilote 1"),
        ("Charlotte", None, "Charlotte"),
        ("lots", None, "lots"),
    ],
)
def test_lots(name: str, lot: str | None, rest: str) -> None:
    assert split_lot(name) == (lot, rest)


def test_names_make_safe_folders() -> None:
    assert slug("L’Été & Cie (S.A.S.) / ../x") == "l-ete-cie-s-a-s-x"
    assert slug("……") == "sans-nom"
    assert essential("Société ALPHA Conseil, S.A.R.L.") == "alpha conseil"
    assert [lot_folder(lot) for lot in ("1", "A", None)] == ["lot-01", "lot-a", "sans-lot"]


# --- candidats.csv ----------------------------------------------------------------------------------------------------------

GUESS = Candidate("1", Vendor("=Alpha", ALPHA), "acte d’engagement")


def edit(path: Path, change: Callable[[dict[str, str]], None], encoding: str = "utf-8-sig") -> None:
    """Open, change and save the file as a spreadsheet does."""
    rows = list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig")), delimiter=";"))
    for row in rows:
        change(row)
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, rows[0], delimiter=";")
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(buffer.getvalue(), encoding)


def test_what_the_user_changes_is_kept_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "candidats.csv"
    write_candidates(path, {"lot-01/alpha": GUESS}, {"lot-01/alpha": GUESS})
    assert path.read_bytes().startswith(b"\xef\xbb\xbfdossier;lot;candidat;siret;")
    assert b";'=Alpha;" in path.read_bytes()  # no spreadsheet runs it
    assert read_corrections(path) == {"lot-01/alpha": {}}
    edit(path, lambda row: row.update(candidat="Alpha Conseil", lot="lot 02"))
    changes = read_corrections(path)["lot-01/alpha"]
    assert corrected(GUESS, changes) == Candidate("2", Vendor("Alpha Conseil", ALPHA), "candidats.csv", corrected=True)


def test_a_later_guess_does_not_undo_a_correction(tmp_path: Path) -> None:
    path = tmp_path / "candidats.csv"
    write_candidates(path, {"a": GUESS}, {"a": GUESS})
    edit(path, lambda row: row.update(siret="552 081 317 66522"))
    kept = corrected(GUESS, read_corrections(path)["a"])
    other = Candidate("3", Vendor("Autre", ALPHA), "nom du dossier")
    write_candidates(path, {"a": other}, {"a": corrected(other, read_corrections(path)["a"])})
    assert corrected(other, read_corrections(path)["a"]).vendor == Vendor("Autre", BETA)
    assert kept.vendor == Vendor("=Alpha", BETA)


def test_a_wrong_siret_or_a_damaged_file_is_said_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "candidats.csv"
    write_candidates(path, {"a": GUESS}, {"a": GUESS})
    edit(path, lambda row: row.update(siret="123"))
    with pytest.raises(UsageError, match="ligne 2"):
        read_corrections(path)
    path.write_text("x;y\n1;2\n")
    with pytest.raises(UsageError, match="colonnes"):
        read_corrections(path)
    path.write_bytes(b"dossier;lot;candidat;siret\r\n\xff\xfe;;;\r\n")
    with pytest.raises(UsageError, match="UTF-8"):
        read_corrections(path)
