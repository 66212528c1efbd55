"""``clausecheck check`` as a user meets it: exit codes, messages, files written, and the same bytes twice."""

import json
import shutil
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen import canvas
from rich.cells import cell_len

from clausecheck.catalogue.root import default_root
from clausecheck.readers import rapid
from runs import run_folder

CONTRACT = """# Contrat de prestation

## Violations de données

Le prestataire notifie au client toute violation de données personnelles dans les meilleurs délais.
"""
HARMLESS = """# Contrat de fourniture de peinture

## Objet

Le fournisseur livre des pots de peinture blanche.
"""


@pytest.fixture
def contract(tmp_path: Path) -> Path:
    path = tmp_path / "contrat.md"
    path.write_text(CONTRACT, encoding="utf-8")
    return path


@pytest.fixture
def broken(tmp_path: Path, samples: Path) -> Path:
    path = tmp_path / "casse.docx"
    path.write_bytes((samples / "faible" / "contrat.docx").read_bytes()[:9000])
    return path


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    """A PDF whose only page is a picture."""
    picture = tmp_path / "page.png"
    Image.new("RGB", (600, 800), "white").save(picture)
    path = tmp_path / "scan.pdf"
    page = canvas.Canvas(str(path))
    page.drawImage(str(picture), 0, 0, 595, 842)
    page.save()
    return path


# --- exit codes -----------------------------------------------------------------------------------------------------------


def test_a_blocking_gap_makes_the_command_fail_unless_told_otherwise(command: Any, contract: Path) -> None:
    assert command("check", contract).code == 1
    assert command("check", contract, "--fail-on", "never").code == 0


def test_only_gaps_at_or_above_the_threshold_count(command: Any, tmp_path: Path) -> None:
    path = tmp_path / "contrat.md"
    path.write_text(HARMLESS, encoding="utf-8")
    found = json.loads(command("check", path, "--format", "json").out)["findings"]
    severities = {f["severity"] for f in found if f["status"] in {"absente", "affaiblie", "contredite"}}
    order = ["bloquante", "majeure", "mineure"]
    worst = min((order.index(s) for s in severities), default=len(order))
    for position, threshold in enumerate(order):
        assert command("check", path, "--fail-on", threshold).code == (1 if worst <= position else 0)


def test_a_missing_file_is_named(command: Any, tmp_path: Path) -> None:
    run = command("check", tmp_path / "absent.docx")
    assert run.code == 2
    assert "Fichier introuvable" in run.message
    assert "absent.docx" in run.message


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [("vide.pdf", b"", "est vide"), ("image.bin", b"\0\1\2\3" * 40, "format inconnu")],
)
def test_a_file_that_cannot_be_a_contract_leaves_nothing_to_analyse(
    command: Any, tmp_path: Path, name: str, data: bytes, words: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    run = command("check", path)
    assert run.code == 4
    assert "Rien à analyser" in run.message
    assert words in run.message
    assert name in run.message.replace(" ", "")


def test_an_empty_folder_leaves_nothing_to_analyse(command: Any, tmp_path: Path) -> None:
    run = command("check", tmp_path)
    assert run.code == 4
    assert "Le dossier est vide" in run.message


def test_a_broken_word_file_alone_says_what_to_do(command: Any, broken: Path) -> None:
    run = command("check", broken)
    assert run.code == 4
    assert "demandez-en une nouvelle copie" in run.message


def test_a_broken_piece_stops_nothing_and_is_not_forgotten(command: Any, contract: Path, broken: Path) -> None:
    run = command("check", contract, broken, "--format", "json", "--fail-on", "never")
    assert run.code == 3
    report = json.loads(run.out)
    assert [Path(d["path"]).name for d in report["documents"]] == ["contrat.md"]
    assert any("casse.docx" in (p["document"] or "") for p in report["problems"])
    statuses = {f["status"] for f in report["findings"]}
    assert "absente" not in statuses, "ce qui manque est peut-être dans la pièce illisible"
    assert "non_concluant" in statuses


def test_an_encrypted_pdf_says_what_to_do(command: Any, tmp_path: Path) -> None:
    path = tmp_path / "chiffre.pdf"
    page = canvas.Canvas(str(path), encrypt=StandardEncryption("secret"))
    page.drawString(72, 700, "Le titulaire garde le secret.")
    page.save()
    run = command("check", path)
    assert run.code == 4
    assert "protégé par un mot de passe" in run.message


@pytest.mark.skipif(rapid.load() is not None, reason="RapidOCR est installé : les scans se lisent sans tesseract")
def test_a_scan_without_tesseract_is_not_conclusive(command: Any, scan: Path, tmp_path: Path) -> None:
    run = command("check", scan, "--fail-on", "never", env={"PATH": str(tmp_path)})
    assert run.code == 3
    said = " ".join((run.out + run.err).replace("\u202f", " ").split())
    assert "Installez tesseract" in said
    assert "Conforme" not in said


# --- settings -------------------------------------------------------------------------------------------------------------


def test_an_unknown_requirement_proposes_the_nearest(command: Any, contract: Path) -> None:
    run = command("check", contract, "--explain", "RGPD-33")
    assert run.code == 2
    assert "Exigence inconnue : « RGPD-33 »" in run.message
    assert "RGPD-33-2" in run.message


def test_a_finding_is_explained(command: Any, contract: Path) -> None:
    run = command("check", contract, "--explain", "rgpd-33-2", "--fail-on", "never")
    assert run.code == 0
    assert "meilleurs délais" in run.out
    assert "Ce qui changerait le constat" in run.out


@pytest.mark.parametrize(
    ("change", "line", "key"),
    [("severity: terrible", 0, "severity"), ("couleur: bleu", -1, "couleur"), ("reste: [1", -1, "YAML")],
)
def test_a_broken_catalogue_names_file_line_and_key(command: Any, contract: Path, tmp_path: Path, change: str, line: int, key: str) -> None:
    copy = tmp_path / "catalogue"
    shutil.copytree(default_root(), copy)
    path = copy / "rgpd" / "RGPD-33-2.yaml"
    lines = path.read_text(encoding="utf-8").splitlines()
    if line == -1:
        lines.append(change)
        number = len(lines)
    else:
        number = next(i for i, text in enumerate(lines, 1) if text.startswith("severity:"))
        lines[number - 1] = change
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    run = command("check", contract, "--catalogue", copy)
    assert run.code == 2
    joined = run.message.replace(" ", "")
    assert "RGPD-33-2.yaml" in joined
    assert f"ligne{number}" in joined or f"ligne{number + 1}" in joined
    assert key in run.message


def test_a_missing_catalogue_is_said(command: Any, contract: Path, tmp_path: Path) -> None:
    run = command("check", contract, "--catalogue", tmp_path)
    assert run.code == 2
    assert "Catalogue introuvable" in run.message


def test_context_is_imposed_by_option_and_by_profile(command: Any, contract: Path, tmp_path: Path) -> None:
    profile = tmp_path / "profil.yaml"
    profile.write_text(yaml.safe_dump({"contexte": {"cloud": True, "hebergement": "non"}}), encoding="utf-8")
    run = command("check", contract, "--profil", profile, "--contexte", "hebergement=oui", "--format", "json", "--fail-on", "never")
    context = json.loads(run.out)["context"]
    assert run.code == 0
    assert context["cloud"] == {"value": True, "sure": True, "given": True, "evidence": []}
    assert context["hebergement"]["value"] is True, "l’option l’emporte sur le profil"
    assert context["infogerance"]["given"] is False


@pytest.mark.parametrize(
    ("context", "words"), [("lune=oui", "Contexte inconnu : « lune »"), ("cloud=peut-être", "écrivez cloud=oui ou cloud=non")]
)
def test_a_wrong_context_says_what_is_allowed(command: Any, contract: Path, context: str, words: str) -> None:
    run = command("check", contract, "--contexte", context)
    assert run.code == 2
    assert words in run.message


def test_a_profile_without_context_is_refused(command: Any, contract: Path, tmp_path: Path) -> None:
    profile = tmp_path / "profil.yaml"
    profile.write_text("seuil: bloquante\n", encoding="utf-8")
    run = command("check", contract, "--profil", profile)
    assert run.code == 2
    assert "clé « contexte »" in run.message


def test_an_unwritable_output_is_said_before_any_work(command: Any, contract: Path) -> None:
    run = command("check", contract, "--output", contract)
    assert run.code == 2
    assert "Impossible d’écrire" in run.message
    assert "--output" in run.message
    assert run.out == ""


# --- what comes out -------------------------------------------------------------------------------------------------------


def test_json_goes_to_stdout_alone_and_is_valid(command: Any, samples: Path, schema: dict[str, Any]) -> None:
    run = command("check", samples / "faible", "--format", "json", "--fail-on", "never")
    assert run.err == ""
    report = json.loads(run.out)
    Draft202012Validator(schema).validate(report)
    assert report["dossier"]["name"] == "faible"


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    path = files("clausecheck.reporting") / "schema" / "clausecheck-report-1.schema.json"
    return dict(json.loads(path.read_text(encoding="utf-8")))


def test_text_fits_eighty_columns_and_needs_no_colour(command: Any, samples: Path) -> None:
    run = command("check", samples / "cgv-reprend-tout", "--fail-on", "never", env={"NO_COLOR": "1", "TERM": "dumb"})
    assert "\x1b" not in run.out
    assert max(cell_len(line) for line in run.out.splitlines()) <= 80
    for word in ("Ce qui bloque", "Affaiblie", "Absente", "CGV.pdf", "juriste"):
        assert word in run.out


def test_a_folder_a_zip_and_its_files_give_the_same_statuses(command: Any, samples: Path, tmp_path: Path) -> None:
    folder = samples / "cgv-reprend-tout"
    archive = tmp_path / "cgv-reprend-tout.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for path in sorted(folder.iterdir()):
            target.write(path, path.name)
    runs = [command("check", *given, "--format", "json") for given in ([folder], [archive], sorted(folder.iterdir()))]
    statuses = [{f["requirement"]: f["status"] for f in json.loads(run.out)["findings"]} for run in runs]
    assert statuses[0] == statuses[1] == statuses[2]
    assert {run.code for run in runs} == {1}


def test_output_writes_both_reports_and_same_input_and_clock_give_same_bytes(command: Any, samples: Path, tmp_path: Path) -> None:
    written = []
    for name in ("un", "deux"):
        folder = tmp_path / name / "rapports"
        run = command("check", samples / "faible", "--format", "html", "--output", folder, env={"SOURCE_DATE_EPOCH": "1795000000"})
        assert run.code == 1
        assert run.out == ""
        assert "rapport.html" in run.err
        files = sorted(run_folder(folder).iterdir())
        assert [p.name for p in files] == ["manifeste.json", "rapport.html", "rapport.json"]
        written.append([p.read_bytes() for p in files[1:]])
    assert written[0] == written[1]
    assert written[0][0].startswith(b"<!doctype html>")
    assert b"\r" not in written[0][1]


def test_html_goes_to_stdout_without_output(command: Any, contract: Path) -> None:
    run = command("check", contract, "--format", "html", "--fail-on", "never")
    assert run.out.startswith("<!doctype html>")
    assert run.out.rstrip().endswith("</html>")
