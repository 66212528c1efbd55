"""How fast, how lean and how well files are read: ``python benchmarks/reading.py [--scans] [--file piece.pdf]``.

Speed is a ratio of processor times to bare libraries on the same file, in one run, in turn: the contract of ``tests/contract`` (21 pages), or
a PDF of yours. Memory is the peak of a process of its own that reads a PDF of two thousand pages. ``--scans`` prints the contract, scans it four ways and
counts the wrong characters (minutes: every page is recognised).
"""

import argparse
import copy
import io
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests" / "contract"), str(ROOT / "src")]

import paper  # noqa: E402
import pypdfium2  # noqa: E402
import word  # noqa: E402
from contract import contract  # noqa: E402
from lxml import etree  # noqa: E402

from clausecheck.document import Document  # noqa: E402
from clausecheck.document.normalized import words  # noqa: E402
from clausecheck.readers import read_bytes  # noqa: E402
from clausecheck.vocabulary import Layer  # noqa: E402

RUNS = 5
PAGES = 2_000
TIMES = 10
PEAK = (
    "import resource, sys\nfrom clausecheck.readers import read_path\n(document,) = read_path(sys.argv[1])\n"
    "peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
    "print(document.coverage.pages_read, peak / (1024 if sys.platform != 'darwin' else 1024 * 1024))"
)


def ratio(name: str, ours: Callable[[], object], theirs: Callable[[], object], runs: int = RUNS) -> None:
    """Time both in turn and print their medians and the ratio."""
    ours(), theirs()
    times = [(_seconds(ours), _seconds(theirs)) for _ in range(runs)]
    a, b = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"{name:<42} {1000 * a:8.0f} ms {1000 * b:8.0f} ms   {a / b:6.2f} ×", flush=True)


def _seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start


def bare_pdfium(data: bytes) -> int:
    """Extract the text of every page, nothing else."""
    pdf = pypdfium2.PdfDocument(data)
    try:
        return sum(len(page.get_textpage().get_text_range()) for page in pdf)
    finally:
        pdf.close()


def bare_pdfplumber(data: bytes) -> int:
    """Extract the text of every page with pdfplumber."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return sum(len(page.extract_text() or "") for page in pdf.pages)


def bare_lxml(data: bytes) -> int:
    """Unzip and parse the XML parts."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return sum(len(etree.fromstring(archive.read(name))) for name in archive.namelist() if name.endswith((".xml", ".rels")))


def speed(path: Path | None) -> None:
    """Print the ratios."""
    pdf = path.read_bytes() if path else paper.pdf(contract())
    print(f"{'':<42} {'clausecheck':>11} {'bare':>11}   ratio")
    ratio("PDF beside bare pypdfium2", lambda: read_bytes(pdf, "a.pdf"), lambda: bare_pdfium(pdf))
    ratio("PDF beside pdfplumber", lambda: read_bytes(pdf, "a.pdf"), lambda: bare_pdfplumber(pdf), 2)
    if path is None:
        docx = word.docx(contract())
        ratio("DOCX beside a bare lxml parse", lambda: read_bytes(docx, "a.docx"), lambda: bare_lxml(docx))
        long = lengthened(docx)
        ratio(f"the same, {TIMES} times as long", lambda: read_bytes(long, "a.docx"), lambda: bare_lxml(long))


def lengthened(docx: bytes) -> bytes:
    """Repeat the body of a DOCX."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as source, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "word/document.xml":
                body = (root := etree.fromstring(data))[0]
                for element in list(body) * (TIMES - 1):
                    body.append(copy.deepcopy(element))
                data = etree.tostring(root)
            target.writestr(name, data)
    return buffer.getvalue()


def memory() -> None:
    """Print the peak memory of a process that reads two thousand pages."""
    source, long = pypdfium2.PdfDocument(paper.pdf(contract())), pypdfium2.PdfDocument.new()
    for _ in range(-(-PAGES // len(source))):
        long.import_pages(source)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "long.pdf"
        long.save(path)
        start = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", PEAK, str(path)], capture_output=True, text=True, check=True, env={"PYTHONPATH": str(ROOT / "src")}
        )
    pages, peak = done.stdout.split()
    print(f"{pages} pages: peak {float(peak):.0f} MB, {time.perf_counter() - start:.0f} s")


def scans() -> None:
    """Print the character error of each way to scan."""
    printed = paper.pdf(contract())
    expected = body(read_bytes(printed, "ccp.pdf").documents[0])
    for dpi, noisy in ((300, False), (200, False), (300, True), (200, True)):
        data = paper.scan(printed, dpi=dpi, noisy=noisy)
        start = time.perf_counter()
        (document,) = read_bytes(data, "scan.pdf")
        seconds = (time.perf_counter() - start) / document.coverage.pages_total
        error = paper.character_error(expected, body(document))
        state = "noise, skew" if noisy else "clean"
        print(
            f"scan {dpi} dpi, {state:<11} {error:7.2%} wrong characters, confidence {document.coverage.mean_ocr_confidence:.0f}, {seconds:.1f} s a page",
            flush=True,
        )


def body(document: Document) -> str:
    """The folded words of the body."""
    blocks = (b for b in document.blocks if b.layer is Layer.BODY)
    return " ".join(word for b in blocks for word, _, _ in words(document.quote(b.span), keep_all=True))


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scans", action="store_true")
    parser.add_argument("--file", type=Path)
    args = parser.parse_args()
    speed(args.file)
    memory()
    if args.scans:
        scans()


if __name__ == "__main__":
    main()
