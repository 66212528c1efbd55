"""Print the quality table of ``docs/qualite.md``: ``python benchmarks/evaluate.py --shared ../shared [--rules]``.

Runs the checker on every labelled dossier and on contracts composed from the bank's test part (clauses that neither the rules nor the
fusion were developed on), then calls the judges of ``--shared``. ``--rules``: without the trained model. ``--leave-one-out``: each dossier
read is judged with the fusion fitted on the others (the only thing fitted on labels; the rules were written with these dossiers).
"""

import argparse
import json
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parents[1] / "models" / "scripts"))

from clausecheck.catalogue.loader import load_catalogue
from clausecheck.evaluation import runs
from clausecheck.evaluation.labels import read_labels
from clausecheck.evaluation.measures import measure
from clausecheck.pipeline import Engine
from clausecheck.readers import read_path
from clausecheck.reporting.json_report import dumps

CONTRACTS = 40
SEED = 3


@cache
def engine(*, rules: bool) -> Engine:
    """One engine a process."""
    return Engine(load_catalogue(), with_model=not rules)


def judge(task: tuple[str, list[str], str, bool]) -> None:
    """Judge one dossier and write its report."""
    name, paths, output, rules = task
    documents = [d for p in paths for d in read_path(p).documents]
    Path(output).write_text(dumps(engine(rules=rules).assess(documents, name=name)), encoding="utf-8")


def run(tasks: list[tuple[str, list[str], str, bool]]) -> None:
    """Judge every task, two at a time."""
    with ProcessPoolExecutor(2) as pool:
        list(pool.map(judge, tasks))


def gold(shared: Path, folder: Path, *, rules: bool) -> None:
    """Score the labelled dossiers, read and unread apart, then by family."""
    tasks = []
    for path in sorted((shared / "gold").glob("*.yaml")):
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        paths = [str(shared / "corpus" / p) for p in data["documents"]]
        tasks.append((data["dossier"], paths, str(folder / f"{data['dossier']}.json"), rules))
    run(tasks)
    score = [sys.executable, str(shared / "tools" / "score.py"), "--gold", str(shared / "gold"), "--reports", str(folder)]
    for split in ("read", "unread"):
        print(f"\n# dossiers {split}", flush=True)
        subprocess.run([*score, "--split", split, "--by", "family"], check=True)


def composed(shared: Path, folder: Path, *, rules: bool) -> None:
    """Compose contracts from the bank's test part and score them."""
    from fuse import bank

    part = folder / "bank"
    part.mkdir()
    clauses = [{"requirement": r, "clauses": c} for r, c in bank(shared, calibration=False).items()]
    (part / "test.yaml").write_text(yaml.safe_dump(clauses, allow_unicode=True), encoding="utf-8")
    for name in ("skeleton.yaml", "intro.md"):
        (part / name).write_text((shared / "bank" / name).read_text(encoding="utf-8"), encoding="utf-8")
    compose = [sys.executable, str(shared / "tools" / "compose.py")]
    out = folder / "composed"
    subprocess.run([*compose, "make", str(out), "--bank", str(part), "--n", str(CONTRACTS), "--seed", str(SEED)], check=True)
    names = json.loads((out / "truth.json").read_text(encoding="utf-8"))
    docx = {n: out / f"{n}.docx" for n in names}
    run([(n, [str(docx[n] if docx[n].exists() else out / f"{n}.md")], str(out / f"{n}.json"), rules) for n in names])
    print("\n# bank, test part", flush=True)
    subprocess.run([*compose, "score", str(out)], check=True)


def leave_one_out(shared: Path) -> None:
    """Score the dossiers read, each with a fusion that has not seen it."""
    from fuse import bank_rows

    engine = Engine(load_catalogue())
    dossiers = read_labels(shared / "gold", shared / "corpus", "read")
    verdicts = runs.leave_one_out(engine, dossiers, bank_rows(shared, engine, runs.installed_voice()), lambda name: print(name, flush=True))
    print("\n# dossiers read, each left out of the fusion")
    print(measure(verdicts))


def main() -> None:
    """Run the measures asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--leave-one-out", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if args.leave_one_out:
            leave_one_out(args.shared)
            return
        gold(args.shared, Path(folder), rules=args.rules)
        composed(args.shared, Path(folder), rules=args.rules)


if __name__ == "__main__":
    main()
