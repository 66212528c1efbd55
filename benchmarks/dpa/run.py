"""Measure the checker on the published English benchmark: ``python benchmarks/dpa/run.py --shared ../shared [--by-requirement] [--rules]``.

Amaral et al. (IEEE TSE 2023), data of Azeem and Abualhaija (EMSE 2024): 61 processing agreements, 26 mandatory requirements, positive =
violated. The judge is ``score_dpa.py`` of ``--shared``; beside it, the baselines, the evidence figure and the three-way table of Hassani et
al. (RE 2024). The labelled sentences measure only: no rule, example or training passage comes from them.
``--rules``: without the trained model.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

from baselines import document_folds
from three_way import print_table
from truth import judge_module, labelled, squeezed

from clausecheck.catalogue.loader import load_catalogue
from clausecheck.pipeline import Engine
from clausecheck.readers import read_path
from clausecheck.reporting.json_report import dumps

Report = dict[str, Any]


@cache
def engine(*, rules: bool) -> Engine:
    """One engine a process."""
    return Engine(load_catalogue(), with_model=not rules)


def judge(task: tuple[Path, bool]) -> None:
    """Judge one text and write its report beside it."""
    path, rules = task
    report = engine(rules=rules).assess(read_path(str(path)).documents, name=path.stem)
    path.with_suffix(".json").write_text(dumps(report), encoding="utf-8")


def check(folder: Path, *, rules: bool) -> None:
    """Judge every text of ``folder``, two at a time."""
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(judge, [(p, rules) for p in sorted(folder.glob("*.txt"))]))


def evidence_figure(judge_of: ModuleType, csv: Path, folder: Path) -> str:
    """Share of the satisfied pairs found satisfied whose cited words are among the labelled sentences of the requirement."""
    pairs = any_right = first_right = 0
    for name, sentences in labelled(csv).items():
        report = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        for requirement, rule in judge_of.MAPPING.items():
            quotes = [] if isinstance(rule, dict) else cited(report, rule)
            gold = sentences.get(requirement)
            if not gold or not quotes:
                continue
            among = [any(q in g or g in q for g in gold) for q in quotes]
            pairs, any_right, first_right = pairs + 1, any_right + any(among), first_right + among[0]
    return f"{any_right / pairs:.3f} of {pairs} pairs cite a labelled sentence, {first_right / pairs:.3f} cite it first"


def cited(report: Report, rule: list[str]) -> list[str]:
    """Return the words that the report cites for the criteria of ``rule`` it says met."""
    found = []
    for finding in report["findings"]:
        for criterion in finding["criteria"]:
            if criterion["met"] and f"{finding['requirement']}/{criterion['id']}" in rule:
                found += [squeezed(finding["evidence"][i]["quote"]) for i in criterion["evidence"]]
    return [q for q in found if q]


def main() -> None:
    """Split, judge, score, then print what stands beside."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--by-requirement", action="store_true")
    parser.add_argument("--quick", action="store_true", help="the checker alone: no baseline, no three-way table")
    args = parser.parse_args()
    csv = args.shared / "corpus" / "research" / "dpa_azeem2024" / "dpa_61.csv"
    score = [sys.executable, str(args.shared / "tools" / "score_dpa.py")]
    judge_of = judge_module(args.shared)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        subprocess.run([*score, "split", "--csv", str(csv), "--out", name], check=True)
        check(folder, rules=args.rules)
        detail = ["--by-requirement"] if args.by_requirement else []
        subprocess.run([*score, "score", "--csv", str(csv), "--reports", name, *detail], check=True)
        print("evidence          ", evidence_figure(judge_of, csv, folder), flush=True)
    if args.quick:
        return
    print("TF-IDF, LR        ", judge_of.figures(document_folds(judge_of, csv)), flush=True)
    with tempfile.TemporaryDirectory() as name:
        workbook = args.shared / "corpus" / "research" / "dpa_hassani2024" / "merged_train_file.xlsx"
        print_table(judge_of, workbook, Path(name), lambda folder: check(folder, rules=args.rules))


if __name__ == "__main__":
    main()
