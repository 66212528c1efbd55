"""How long the matrix of a consultation takes to write: the report of a sample, repeated for as many vendors as asked.

PYTHONPATH=src python benchmarks/tables.py --dossiers 200
"""

import argparse
import json
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from clausecheck.catalogue.loader import load_catalogue
from clausecheck.cli.gather import gather
from clausecheck.pipeline import Engine
from clausecheck.register.schema import connect
from clausecheck.register.store import import_run
from clausecheck.reporting.comparison import Comparison
from clausecheck.reporting.json_report import dumps
from clausecheck.reporting.matrix import FORMATS, read_folder
from clausecheck.reporting.matrix.folder import write_file

SAMPLE = Path(__file__).parents[1] / "samples" / "faible"


def consultation(folder: Path, dossiers: int) -> None:
    """Write the sample's report as the offer of ``dossiers`` vendors, twenty a lot."""
    gathered = gather([SAMPLE])
    payload = json.loads(dumps(Engine(load_catalogue()).assess(gathered.documents, name=gathered.name)))
    for number in range(dossiers):
        payload["dossier"] |= {"lot": str(number // 20 + 1), "vendor": {"name": f"Candidat {number}", "siret": None}}
        place = folder / "dossiers" / f"lot-{number // 20 + 1}" / f"candidat-{number}"
        place.mkdir(parents=True)
        (place / "rapport.json").write_text(json.dumps(payload), encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--dossiers", type=int, default=200)
    dossiers = parser.parse_args().dossiers
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        consultation(folder, dossiers)
        started = time.perf_counter()
        comparison = read_folder(folder)
        print(f"lecture de {dossiers} rapports : {time.perf_counter() - started:.1f} s")
        for form in FORMATS:
            _time(form, partial(_size, comparison, folder, form))
        _time("registre", lambda: _register(folder, comparison))


def _size(comparison: Comparison, folder: Path, form: str) -> int:
    return write_file(comparison, folder, form).stat().st_size


def _register(folder: Path, comparison: Comparison) -> int:
    db = connect(folder / "clausecheck.db")
    import_run(db, comparison, "essai", "2026-01-01")
    db.close()
    return (folder / "clausecheck.db").stat().st_size


def _time(name: str, work: Callable[[], int]) -> None:
    started = time.perf_counter()
    size = work()
    print(f"{name} : {time.perf_counter() - started:.1f} s, {size / 1e6:.1f} Mo")


if __name__ == "__main__":
    main()
