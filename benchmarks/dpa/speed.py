"""Time one agreement of about 20 pages after start-up: ``python benchmarks/dpa/speed.py --shared ../shared``.

Start-up is what a batch pays once: catalogue, model, and the regular expressions that the first document builds.
"""

import argparse
import statistics
import time
from pathlib import Path

from clausecheck.catalogue.loader import load_catalogue
from clausecheck.pipeline import Engine
from clausecheck.readers import read_path
from clausecheck.reporting.json_report import dumps

FILES = ("github_2021-01.md", "mistral_le_chat.md", "basecamp_v202212.pdf")
PAGE = 500
"""Words of a page."""
RUNS = 5


def judged(engine: Engine, path: Path) -> tuple[float, float, int]:
    """Return the seconds taken to read, judge and write one file, those of the processor alone, and its words."""
    start, processor = time.perf_counter(), time.process_time()
    documents = read_path(str(path)).documents
    dumps(engine.assess(documents, name=path.stem))
    words = sum(len(d.text.split()) for d in documents)
    return time.perf_counter() - start, time.process_time() - processor, words


def main() -> None:
    """Start, warm up on one agreement, then time each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, required=True)
    folder = parser.parse_args().shared / "corpus" / "research" / "en_dpa"
    start = time.perf_counter()
    engine = Engine(load_catalogue())
    judged(engine, folder / "google_ads.md")
    print(f"start-up and first agreement: {time.perf_counter() - start:.1f} s")
    for name in FILES:
        times, processor, words = zip(*(judged(engine, folder / name) for _ in range(RUNS)), strict=True)
        pages, wall, busy = words[0] / PAGE, statistics.median(times), statistics.median(processor)
        print(f"{name}: {pages:.0f} pages of {PAGE} words, {wall:.2f} s ({busy:.2f} s of processor), {busy / pages:.3f} s a page")


if __name__ == "__main__":
    main()
