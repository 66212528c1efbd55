"""``clausecheck evaluate``: the figures are those of the judge, a dossier left out is judged without its labels, bad labels are refused."""

import importlib.util
import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import yaml

from clausecheck.assessment.model import DossierReport
from clausecheck.errors import UsageError
from clausecheck.evaluation.fitting import Row, Table
from clausecheck.evaluation.labels import Label, read_labels
from clausecheck.evaluation.measures import Verdict, measure, overlap, reliability
from clausecheck.evaluation.runs import leave_one_out
from clausecheck.pipeline import Engine
from clausecheck.reporting.json_report import dumps


def label(status: str = "conforme", criteria: str = "", quotes: tuple[str, ...] = (), *, sure: bool = True) -> Label:
    return Label(status, frozenset(criteria.split()), frozenset(), quotes, sure)


def verdict(said: Label, status: str, criteria: str = "", quotes: tuple[str, ...] = (), confidence: float = 0.5) -> Verdict:
    return Verdict("d", "X-1", said, status, frozenset(criteria.split()), quotes, confidence)


def labelled(folder: Path, report: DossierReport, documents: list[str]) -> None:
    """Label a dossier with what was found, but for one requirement in three."""
    turn = {"conforme": "affaiblie", "affaiblie": "absente", "contredite": "conforme", "absente": "sans_objet", "sans_objet": "absente"}
    labels = {}
    for i, finding in enumerate(report.findings):
        status = turn[finding.status.value] if i % 3 == 0 else finding.status.value.replace("contredite", "affaiblie")
        criteria = [c.id for c in finding.criteria if c.met][: 1 if i % 3 == 0 else None]
        weak = [w.id for w in finding.weakenings]
        quotes = [{"doc": documents[0], "quote": e.quote} for e in finding.evidence[i % 2 :]]
        labels[finding.requirement.id] = {"status": status, "criteria": criteria, "weak": weak, "evidence": quotes, "sure": i % 7 != 0}
    content = {"dossier": report.name, "documents": documents, "labels": labels}
    (folder / f"{report.name}.yaml").write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


@pytest.fixture(scope="module")
def labels(report_of: Callable[[str], DossierReport], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("etiquettes")
    labelled(folder, report_of("faible"), ["faible/contrat.docx"])
    labelled(folder, report_of("cgv-reprend-tout"), ["cgv-reprend-tout/CCP.docx", "cgv-reprend-tout/CGV.pdf"])
    labelled(folder, report_of("presque-conforme"), [f"presque-conforme/{n}" for n in ("CCAP.docx", "CCTP.odt", "annexe-rgpd.pdf")])
    (folder / "SPLIT.txt").write_text("faible read\ncgv-reprend-tout unread\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def judge(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("judge", shared / "tools" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_figures_are_those_of_the_judge(
    judge: ModuleType, labels: Path, samples: Path, report_of: Callable[[str], DossierReport], tmp_path: Path
) -> None:
    dossiers = read_labels(labels, samples)
    verdicts = []
    for dossier in dossiers:
        report = report_of(dossier.name)
        verdicts += [Verdict.of(dossier.name, dossier.labels[f.requirement.id], f) for f in report.findings]
        (tmp_path / f"{dossier.name}.json").write_text(dumps(report), encoding="utf-8")
    expected, found = judge.score(judge.read(labels, tmp_path)), measure(verdicts)
    assert found.judged == expected["pairs"]
    assert found.macro_f1 == pytest.approx(expected["status"]["macro_f1"])
    assert found.criteria == pytest.approx(expected["criteria"]["f1"])
    assert found.stipulated == pytest.approx(expected["stipulated_f1"])
    assert found.evidence == pytest.approx(expected["evidence_hit"])
    assert found.applicability == pytest.approx(expected["applicability_accuracy"])
    assert {f"{a}->{b}": n for (a, b), n in found.confusion.items()} == expected["confusion"]


def test_what_two_readers_could_disagree_on_counts_for_nothing() -> None:
    sure = verdict(label("conforme", "c1 c2"), "conforme", "c1")
    unsure = verdict(label("absente", sure=False), "conforme", "c1 c2 c3")
    assert measure([sure, unsure]) == measure([sure])
    assert reliability([sure, unsure]) == reliability([sure])


def test_without_anything_to_measure_no_figure_is_made_up() -> None:
    assert measure([]).macro_f1 is None
    assert measure([verdict(label("sans_objet"), "sans_objet")]).criteria is None


def test_reliability_counts_what_was_right_at_each_confidence() -> None:
    said = [verdict(label("absente"), "absente", confidence=0.9), verdict(label("conforme"), "absente", confidence=0.9)]
    (row,) = reliability(said)
    assert (row.status, row.confidence, row.right, row.count) == ("absente", 0.9, 1, 2)


def test_quotes_agree_when_they_share_half_of_the_shorter_whatever_their_typography() -> None:
    assert overlap("Le titulaire notifie l’incident sous 24 heures.", "le TITULAIRE notifie l'incident sous 24 heures à l’acheteur")
    assert not overlap("Le titulaire notifie l’incident sous 24 heures.", "Le titulaire chiffre les sauvegardes au repos.")
    assert not overlap("", "Le titulaire chiffre.")


def test_a_part_of_the_dossiers_is_chosen_by_the_split(labels: Path, samples: Path) -> None:
    assert [d.name for d in read_labels(labels, samples, "read")] == ["faible"]
    with pytest.raises(UsageError, match="rangé dans"):
        read_labels(labels, samples, "inconnu")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("dossier: x\n", "labels"),
        ("dossier: x\ndocuments: [absent.pdf]\nlabels: {}\n", "pièce introuvable"),
        ("dossier: x\ndocuments: []\nlabels: {R: {status: bonne}}\n", "statut « bonne »"),
        ("[", "n’est pas un fichier d’étiquettes"),
    ],
)
def test_labels_that_cannot_serve_are_refused_in_french(text: str, words: str, tmp_path: Path) -> None:
    (tmp_path / "x.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=words):
        read_labels(tmp_path, tmp_path)


def test_a_dossier_left_out_is_judged_by_a_fusion_that_has_not_seen_it(
    engine: Engine, labels: Path, samples: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("sklearn", reason="scikit-learn absent : l’ajustement ne peut pas être essayé")
    if engine.speaker is None:
        pytest.skip("modèle absent : il n’y a rien à ajuster")
    seen: list[set[str]] = []
    fitted = Table.without
    monkeypatch.setattr(
        Table, "without", lambda table, name: seen.append({r.group for r in fitted(table, name).real}) or fitted(table, name)
    )
    dossiers, names = read_labels(labels, samples), []
    verdicts = list(leave_one_out(engine, dossiers, (), names.append))
    assert names == [d.name for d in dossiers]
    assert seen == [{d.name for d in dossiers} - {name} for name in names]
    assert {v.dossier for v in verdicts} == set(names)
    assert len(verdicts) == sum(len(d.labels) for d in dossiers)


def test_leaving_one_out_needs_three_dossiers(engine: Engine, labels: Path, samples: Path) -> None:
    with pytest.raises(UsageError, match="au moins 3"):
        list(leave_one_out(engine, read_labels(labels, samples, "read"), (), lambda _: None))


def test_rows_of_weakenings_are_kept_apart() -> None:
    rows = [Row("d", "X-1", name, required=True, features=(0.0,), truth=True) for name in ("c1", "!w1")]
    table = Table.of(rows, [])
    assert ([r.criterion for r in table.real], [r.criterion for r in table.weak]) == (["c1"], ["!w1"])


def test_the_command_prints_figures_and_data(command: Any, labels: Path, samples: Path) -> None:
    shown = command("evaluate", labels, "--documents", samples, "--part", "read", "--by", "famille")
    assert shown.code == 0, shown.err
    assert all(word in shown.out for word in ("RGPD", "ensemble", "statuts", "Fiabilité"))
    data = json.loads(command("evaluate", labels, "--documents", samples, "--part", "read", "--rules", "--format", "json").out)
    assert 0 < data["mesures"]["ensemble"]["criteria"] <= 1
    assert sum(b["count"] for b in data["fiabilite"]) > 0


def test_the_command_refuses_what_cannot_be(command: Any, labels: Path, samples: Path, tmp_path: Path) -> None:
    both = command("evaluate", labels, "--documents", samples, "--leave-one-out", "--rules")
    assert (both.code, "[ajustement_impossible]" in both.message) == (2, True)
    none = command("evaluate", tmp_path, "--documents", samples)
    assert (none.code, "[etiquettes_absentes]" in none.message) == (2, True)
