"""Weakened clauses: the degrees «Full» and «Partial» of Hassani et al. (RE 2024), 39 documents, beside what is found."""

import collections
import json
import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

DEGREES = ("absent", "partial", "full")
LAYOUT = "{:10}" + "{:>10}" * 3
Document = list[tuple[str, dict[str, str]]]
"""Sentences, each with its requirements and their degree."""


def documents(workbook: Path) -> dict[str, Document]:
    """Read the labelled sentences; the list of requirements printed beside each document shows where a document starts."""
    import openpyxl  # noqa: PLC0415

    sheet = openpyxl.load_workbook(workbook, read_only=True).worksheets[0]
    found: dict[str, Document] = collections.defaultdict(list)
    number = 0
    for cells in sheet.iter_rows(min_row=2, max_col=9, values_only=True):
        number += str(cells[0] or "").startswith("R1 -")
        if cells[2]:
            pairs = ((str(cells[i] or ""), str(cells[i + 1] or "")) for i in (3, 5, 7))
            found[f"dpa_{number:02}"].append((str(cells[2]), {_code(r): d.strip().lower() for r, d in pairs if r}))
    return found


def _code(label: str) -> str:
    code = (re.match(r"R\d+", label) or [""])[0]
    return "R13" if code == "R14" else code


def print_table(judge_of: ModuleType, workbook: Path, folder: Path, check: Callable[[Path], None]) -> None:
    """Judge the 39 documents and print truth (rows) by finding (columns)."""
    labelled = documents(workbook)
    for name, sentences in labelled.items():
        (folder / f"{name}.txt").write_text("\n\n".join(s for s, _ in sentences) + "\n", encoding="utf-8")
    check(folder)
    counts: collections.Counter[tuple[str, str]] = collections.Counter()
    for name, sentences in labelled.items():
        report = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        for requirement, rule in judge_of.MAPPING.items():
            if not isinstance(rule, dict):
                counts[_truth(sentences, requirement), _found(judge_of, report, rule)] += 1
    print(f"\nthree-way, {len(labelled)} documents: truth in rows, finding in columns (absent, weakened, conforme)")
    print(LAYOUT.format("", *DEGREES))
    for truth in DEGREES:
        print(LAYOUT.format(truth, *(counts[truth, found] for found in DEGREES)))


def _truth(sentences: Document, requirement: str) -> str:
    degrees = {carried[requirement] for _, carried in sentences if requirement in carried}
    return "full" if "full" in degrees else "partial" if degrees else "absent"


def _found(judge_of: ModuleType, report: dict[str, Any], rule: list[str]) -> str:
    """Met, and in a finding without weakening near it: full; met in a weakened one: partial."""
    if not judge_of.satisfied(report, rule):
        return "absent"
    ids = {criterion.split("/")[0] for criterion in rule}
    spoiled = any(f["weakenings"] for f in report["findings"] if f["requirement"] in ids)
    return "partial" if spoiled else "full"
