"""Whose piece is it: the layouts that buyers receive, archives in archives, common pieces, duplicates, files set aside."""

import io
import os
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from clausecheck.batch.discovery import Dossier, Found, discover
from clausecheck.errors import UsageError

Plant = Callable[..., Path]


def find(source: Path, tmp_path: Path, *references: Path) -> Found:
    spool = tmp_path / "spool"
    spool.mkdir(exist_ok=True)
    return discover(source, spool, references=references, output=tmp_path / "consultation" / "resultats")


def shape(found: Found) -> list[tuple[str | None, str | None, list[str]]]:
    return [(d.lot, d.guess, [p.name for p in d.read]) for d in found.dossiers]


def archive(**files: str | bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        for name, data in files.items():
            zipped.writestr(name.replace("__", "/"), data)
    return buffer.getvalue()


LAYOUTS = {
    "lot, candidat": ["lot-01/alpha/AE.md", "lot-01/beta/AE.md", "lot-02/alpha/offre/AE.md"],
    "lot nommé, candidat": [
        "Lot n° 1 - Hébergement/alpha/AE.md",
        "Lot n° 1 - Hébergement/beta/AE.md",
        "Lot n° 2 - Réseau/alpha/offre/AE.md",
    ],
    "enveloppe": ["2026-12/offres/lot 1/alpha/AE.md", "2026-12/offres/lot 1/beta/AE.md", "2026-12/offres/lot 2/alpha/offre/AE.md"],
    "candidat, lot": ["alpha/lot_1/AE.md", "beta/lot_1/AE.md", "alpha/lot_2/offre/AE.md"],
    "lot et candidat": ["lot1_alpha/AE.md", "lot1_beta/AE.md", "alpha - lot 2/offre/AE.md"],
}


@pytest.mark.parametrize("paths", LAYOUTS.values(), ids=list(LAYOUTS))
def test_each_layout_gives_the_same_three_dossiers(paths: Sequence[str], plant: Plant, tmp_path: Path) -> None:
    found = find(plant({path: path for path in paths}), tmp_path)
    assert sorted((d.lot, d.guess) for d in found.dossiers) == [("1", "alpha"), ("1", "beta"), ("2", "alpha")]
    assert {p.name for d in found.dossiers for p in d.read} == {"AE.md", "offre/AE.md"}


def test_candidates_without_lots(plant: Plant, tmp_path: Path) -> None:
    source = plant({"alpha/AE.md": "a", "alpha/annexes/dpa.md": "b", "beta/AE.md": "c"})
    assert shape(find(source, tmp_path)) == [(None, "alpha", ["AE.md", "annexes/dpa.md"]), (None, "beta", ["AE.md"])]


def test_one_candidate_keeps_its_folders_together(plant: Plant, tmp_path: Path) -> None:
    source = plant({"alpha/technique/memoire.md": "a", "alpha/administratif/AE.md": "b"})
    assert shape(find(source, tmp_path)) == [(None, "alpha", ["administratif/AE.md", "technique/memoire.md"])]


def test_flat_files_are_told_by_their_prefix(plant: Plant, tmp_path: Path) -> None:
    source = plant({"alpha_AE.md": "a", "alpha_CCAP.md": "b", "Société-Beta_AE.md": "c", "lisez.md": "d"})
    assert shape(find(source, tmp_path)) == [
        (None, None, ["lisez.md"]),
        (None, "alpha", ["alpha_AE.md", "alpha_CCAP.md"]),
        (None, "Société Beta", ["Société-Beta_AE.md"]),
    ]


def test_flat_files_with_lot_and_suffix(plant: Plant, tmp_path: Path) -> None:
    source = plant({"lot1_AE_alpha.md": "a", "lot1_AE_beta.md": "b", "lot2_AE_alpha_v2.md": "c", "lot2_AE_beta.md": "d"})
    assert [(d.lot, d.guess) for d in find(source, tmp_path).dossiers] == [("1", "alpha"), ("1", "beta"), ("2", "alpha"), ("2", "beta")]


def test_the_pieces_of_one_contract_are_not_divided_by_their_names(plant: Plant, tmp_path: Path) -> None:
    source = plant({"CCAP marché.md": "a", "Annexe RGPD hébergement.md": "b", "CCTP.md": "c"}, "contrat")
    assert shape(find(source, tmp_path)) == [(None, "contrat", ["Annexe RGPD hébergement.md", "CCAP marché.md", "CCTP.md"])]


def test_zips_in_a_zip_are_folders(plant: Plant, tmp_path: Path) -> None:
    inner = archive(offre__AE="a", CCAP="b")
    outer = archive(**{"lot-01__alpha.zip": inner, "lot-01__beta.zip": archive(AE="c"), "lot-02__alpha.zip": archive(AE="d")})
    source = plant({"depot.zip": outer}) / "depot.zip"
    assert shape(find(source, tmp_path)) == [
        ("1", "alpha", ["CCAP", "offre/AE"]),
        ("1", "beta", ["AE"]),
        ("2", "alpha", ["AE"]),
    ]
    assert [p.piece.path for d in find(source, tmp_path).dossiers[:1] for p in d.read] == [
        "lot-01/alpha.zip!CCAP",
        "lot-01/alpha.zip!offre/AE",
    ]


def test_a_damaged_archive_and_a_trapped_member_stay_in_their_dossier(plant: Plant, tmp_path: Path) -> None:
    source = plant({"alpha/offre.zip": b"PK\x03\x04 rompue", "beta/offre.zip": archive(**{"..__..__etc": "x", "AE.md": "y"})})
    alpha, beta = find(source, tmp_path).dossiers
    assert [p.name for p in alpha.read] == ["offre.zip"]
    assert [(p.name, p.piece.problem and p.piece.problem.code) for p in beta.read] == [
        ("offre.zip!../../etc", "chemin_refuse"),
        ("offre.zip!AE.md", None),
    ]


def common_names(dossier: Dossier) -> list[str]:
    return [p.name for p in dossier.read if p.common]


def test_the_buyers_pieces_join_every_dossier_and_a_lots_own_pieces_its_lot(plant: Plant, tmp_path: Path) -> None:
    source = plant({"DCE/CCAP.md": "a", "DCE/lot-02/CCTP.md": "b", "lot-01/alpha/AE.md": "c", "lot-02/alpha/AE.md": "d"})
    first, second = find(source, tmp_path).dossiers
    assert common_names(first) == ["DCE/CCAP.md"]
    assert common_names(second) == ["DCE/CCAP.md", "DCE/lot-02/CCTP.md"]


def test_reference_folder(plant: Plant, tmp_path: Path) -> None:
    reference = plant({"CCAP.md": "a", "lot 2/CCTP.md": "b"}, "pieces-acheteur")
    source = plant({"lot-01/alpha/AE.md": "c", "lot-02/alpha/AE.md": "d"})
    first, second = find(source, tmp_path, reference).dossiers
    assert common_names(first) == ["pieces-acheteur/CCAP.md"]
    assert common_names(second) == ["pieces-acheteur/CCAP.md", "pieces-acheteur/lot 2/CCTP.md"]


def test_a_reference_inside_the_consultation_is_no_candidate(plant: Plant, tmp_path: Path) -> None:
    source = plant({"acheteur/CCAP.md": "a", "alpha/AE.md": "b", "beta/AE.md": "c"})
    found = find(source, tmp_path, source / "acheteur")
    assert [d.guess for d in found.dossiers] == ["alpha", "beta"]
    assert common_names(found.dossiers[0]) == ["acheteur/CCAP.md"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="un administrateur lit tout")
def test_a_file_that_does_not_open_is_a_problem_of_its_dossier(plant: Plant, tmp_path: Path) -> None:
    source = plant({"alpha/AE.md": "a", "beta/AE.md": "b"})
    (source / "alpha/AE.md").chmod(0)
    alpha, beta = find(source, tmp_path).dossiers
    assert [p.piece.problem and p.piece.problem.code for p in (*alpha.read, *beta.read)] == ["fichier_inaccessible", None]


def test_a_piece_handed_back_unchanged_is_read_once(plant: Plant, tmp_path: Path) -> None:
    source = plant({"DCE/CCAP.md": "même texte", "alpha/CCAP signé.md": "même texte", "alpha/AE.md": "c", "alpha/copie/AE.md": "c"})
    (alpha,) = find(source, tmp_path).dossiers
    assert {p.name: p.set_aside for p in alpha.pieces if p.set_aside} == {
        "CCAP signé.md": "doublon de « DCE/CCAP.md »",
        "copie/AE.md": "doublon de « AE.md »",
    }


def test_what_a_candidate_puts_above_its_lots_belongs_to_each(plant: Plant, tmp_path: Path) -> None:
    source = plant({"alpha/DC1.md": "a", "alpha/lot-1/AE.md": "b", "alpha/lot-2/AE.md": "c", "beta/lot-1/AE.md": "d"})
    assert shape(find(source, tmp_path)) == [
        ("1", "alpha", ["AE.md", "DC1.md"]),
        ("2", "alpha", ["AE.md", "DC1.md"]),
        ("1", "beta", ["AE.md"]),
    ]


def test_results_system_files_and_signatures_are_no_pieces(plant: Plant, tmp_path: Path) -> None:
    source = plant(
        {"alpha/AE.md": "a", "alpha/AE.md.p7s": "s", "alpha/Thumbs.db": "t", "alpha/~$AE.docx": "u", "resultats/rapport.html": "r"}
    )
    (alpha,) = find(source, tmp_path).dossiers
    assert [(p.name, p.set_aside) for p in alpha.pieces] == [("AE.md", None), ("AE.md.p7s", "signature électronique")]


def test_same_name_inside_and_in_the_common_pieces_are_told_apart(plant: Plant, tmp_path: Path) -> None:
    source = plant({"DCE/CCAP.md": "a", "alpha/DCE/CCAP.md": "b", "alpha/AE.md": "c", "beta/AE.md": "d"})
    alpha = find(source, tmp_path).dossiers[0]
    assert [p.name for p in alpha.read] == ["AE.md", "alpha/DCE/CCAP.md", "DCE/CCAP.md"]


def test_a_source_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Introuvable"):
        find(tmp_path / "absent", tmp_path)
