"""Time ``clausecheck check`` beside pdfplumber's bare text extraction of the same file: ``python benchmarks/speed.py --shared ../shared``.

Same machine, same run, whole processes, three times in turn; the ratio is what counts.
"""

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

FILE = "cctp_vsgp_infogerance.pdf"
RUNS = 3
PDFPLUMBER = (
    "import pdfplumber, sys\nwith pdfplumber.open(sys.argv[1]) as pdf:\n    print(sum(len(p.extract_text() or '') for p in pdf.pages))"
)


def timed(command: list[str]) -> float:
    """Seconds of one run."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def main() -> None:
    """Run both in turn and print medians and ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    args = parser.parse_args()
    path = str(args.shared / "corpus" / "dev" / FILE)
    check = [sys.executable, "-m", "clausecheck.cli.main", "check", path, "--format", "json"]
    plumber = [sys.executable, "-c", PDFPLUMBER, path]
    helps = [sys.executable, "-m", "clausecheck.cli.main", "--help"], [sys.executable, "-c", "import typer"]
    ours, theirs = zip(*((timed(check), timed(plumber)) for _ in range(RUNS)), strict=True)
    started, bare = zip(*((timed(helps[0]), timed(helps[1])) for _ in range(RUNS)), strict=True)
    a, b = statistics.median(ours), statistics.median(theirs)
    print(f"check --format json: {a:.2f} s · pdfplumber text alone: {b:.2f} s · ratio {a / b:.2f}")
    c, d = statistics.median(started), statistics.median(bare)
    print(f"--help: {c:.2f} s · import typer: {d:.2f} s · ratio {c / d:.2f}")


if __name__ == "__main__":
    main()
