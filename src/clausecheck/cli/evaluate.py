"""``clausecheck evaluate``: how far the verdicts agree with dossiers labelled by hand."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from clausecheck.cli.choices import Form, Group

if TYPE_CHECKING:
    from clausecheck.evaluation.measures import Measures, Verdict


FIGURES = {"macro_f1": "statuts", "criteria": "critères", "stipulated": "stipulé", "evidence": "extraits", "applicability": "applicable"}
"""Figures shown, with what they bear on."""


def evaluate(
    labels: Annotated[Path, typer.Argument(metavar="ÉTIQUETTES", help="Dossier des étiquettes : un fichier YAML par dossier de contrat.")],
    *,
    documents: Annotated[Path, typer.Option("--documents", help="Dossier d’où partent les chemins des pièces.", show_default=False)],
    part: Annotated[
        str | None, typer.Option("--part", help="Seulement les dossiers que SPLIT.txt range ainsi.", show_default=False)
    ] = None,
    by: Annotated[Group | None, typer.Option("--by", help="Détaille les mesures.", show_default=False)] = None,
    rules: Annotated[bool, typer.Option("--rules", help="Les règles seules, sans le modèle.")] = False,
    left_out: Annotated[bool, typer.Option("--leave-one-out", help="Chaque dossier est jugé par un modèle ajusté sur les autres.")] = False,
    composed: Annotated[
        Path | None,
        typer.Option("--composed", help="Contrats composés (truth.json et .md) ajoutés à chaque ajustement.", show_default=False),
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="Forme du résultat.")] = Form.TEXT,
) -> None:
    """Mesure les verdicts sur des dossiers étiquetés à la main : statuts, critères, extraits, fiabilité."""
    from clausecheck.catalogue.loader import load_catalogue
    from clausecheck.errors import UsageError
    from clausecheck.evaluation.labels import read_labels
    from clausecheck.pipeline import Engine

    if left_out and rules:
        raise UsageError("--leave-one-out ajuste le modèle : retirez --rules.", "ajustement_impossible")
    dossiers = read_labels(labels, documents, part)
    engine = Engine(load_catalogue(), with_model=not rules)
    _show(list(_verdicts(engine, dossiers, composed, left_out=left_out)), by, form)


def _verdicts(engine: Any, dossiers: Any, composed: Path | None, *, left_out: bool) -> Iterable["Verdict"]:
    from clausecheck.cli.console import tell
    from clausecheck.evaluation.runs import composed_rows, judge, leave_one_out

    if left_out:
        yield from leave_one_out(engine, dossiers, composed_rows(engine, composed) if composed else (), tell)
        return
    for dossier in dossiers:
        tell(dossier.name)
        yield from judge(engine, dossier)


def _show(verdicts: list["Verdict"], by: Group | None, form: Form) -> None:
    from clausecheck.evaluation.measures import measure, reliability

    groups = _groups(verdicts, by)
    if form is Form.JSON:
        content = {name: _as_json(measure(some)) for name, some in groups.items()}
        print(json.dumps({"mesures": content, "fiabilite": [asdict(b) for b in reliability(verdicts)]}, ensure_ascii=False, indent=1))
        return
    _print_figures({name: measure(some) for name, some in groups.items()})
    _print_confusion(measure(verdicts))
    _print_reliability(verdicts)


def _groups(verdicts: list["Verdict"], by: Group | None) -> dict[str, list["Verdict"]]:
    keys: dict[Group, Callable[[Verdict], str]] = {
        Group.FAMILLE: lambda v: v.requirement.split("-")[0],
        Group.DOSSIER: lambda v: v.dossier,
        Group.EXIGENCE: lambda v: v.requirement,
    }
    groups: dict[str, list[Verdict]] = {}
    if by is not None:
        for verdict in verdicts:
            groups.setdefault(keys[by](verdict), []).append(verdict)
    return {**dict(sorted(groups.items())), "ensemble": verdicts}


def _as_json(measures: "Measures") -> dict[str, Any]:
    return {**asdict(measures), "confusion": [[label, found, n] for (label, found), n in measures.confusion.items()]}


def _print_figures(measured: dict[str, "Measures"]) -> None:
    rows = [[name, str(m.judged), *(_figure(getattr(m, key)) for key in FIGURES)] for name, m in measured.items()]
    _print_table("Accord avec les étiquettes (de 0 à 1)", ["", "exigences", *FIGURES.values()], rows)


def _print_confusion(measures: "Measures") -> None:
    rows = [[label, found, str(n)] for (label, found), n in measures.confusion.items()]
    _print_table("Statuts : étiquette et verdict", ["étiquette", "verdict", "nombre"], rows)


def _print_reliability(verdicts: list["Verdict"]) -> None:
    from clausecheck.evaluation.measures import reliability

    rows = [[b.status, _figure(b.confidence), f"{b.right} sur {b.count}"] for b in reliability(verdicts)]
    _print_table("Fiabilité : confiance annoncée, verdicts justes", ["verdict", "annoncée", "justes"], rows)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}".replace(".", ",")


def _print_table(title: str, header: list[str], rows: list[list[str]]) -> None:
    from rich import box
    from rich.table import Table

    from clausecheck.cli.console import out
    from clausecheck.reporting.typography import french

    table = Table(title=french(title), title_justify="left", box=box.SIMPLE_HEAD, pad_edge=False)
    for name in header:
        table.add_column(french(name))
    for row in rows:
        table.add_row(*row)
    out().print(table)
