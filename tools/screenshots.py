"""Remake every picture of ``docs/images``: ``python tools/screenshots.py`` (needs the extra «dev», chromium and LibreOffice)."""

import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from clausecheck.assessment.model import DossierReport
from clausecheck.catalogue.loader import load_catalogue
from clausecheck.cli.gather import gather
from clausecheck.pipeline import Engine
from clausecheck.reporting.comparison import Comparison, Judged
from clausecheck.reporting.cost import Cost, Phase, RunNote
from clausecheck.reporting.diffusion import communicable
from clausecheck.reporting.exports import EXPORTS
from clausecheck.reporting.html_report import render
from clausecheck.reporting.json_report import dumps
from clausecheck.reporting.matrix.folder import FORMATS
from clausecheck.reporting.payload import Report, Vendor, parse_report
from clausecheck.reporting.view import ReportView

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "presque-conforme"
WITH_AN_OFFER = ROOT / "samples" / "cgv-reprend-tout"
OFFERS = (("presque-conforme", "1", None), ("faible", "1", "Nuage Facile SARL"), ("cgv-reprend-tout", "2", "Portalys Conseil SA"))
"""Samples shown as the offers of a consultation: lot, and the candidate where the sample names none."""
RUN = RunNote(datetime(2026, 11, 24, 9, 30, tzinfo=UTC), Cost({Phase.READING: 0.41, Phase.JUDGING: 3.12}, 3.6, 43.2, 12.0))
COLOURS = 128
PAINTED = 300
"""Milliseconds left to the browser to paint."""


@dataclass(frozen=True)
class Shot:
    """A picture. ``click``: the link followed first; ``communicable``: that version of the sample that holds an offer."""

    name: str
    width: int = 1280
    height: int = 860
    click: str | None = None
    dark: bool = False
    communicable: bool = False


SHOTS = (
    Shot("rapport"),
    Shot("rapport-constat", click="#RGPD-33-2 .to-text"),
    Shot("rapport-sombre", dark=True),
    Shot("rapport-mobile", width=390, height=844),
    Shot("rapport-transparence", click=".facts a[href='#transparence']"),
    Shot("rapport-communicable", click=".to-text:has-text('CGV')", communicable=True),
)


def main() -> None:
    """Judge the sample, open its report, take every picture."""
    engine = Engine(load_catalogue())
    shown = {False: judge(engine, SAMPLE), True: communicable(judge(engine, WITH_AN_OFFER), engine.catalogue.lexicon.diffusion)}
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        paths = {kind: Path(folder) / f"{kind}.html" for kind in shown}
        for kind, path in paths.items():
            path.write_text(render(ReportView.of(shown[kind], RUN)), encoding="utf-8")
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for shot in SHOTS:
            take(browser, paths[shot.communicable], shot)
        printed(browser, paths[False])
        office(ReportView.of(shown[False], RUN), Path(folder))
        compared(consultation(engine), browser, Path(folder))
        browser.close()


def judge(engine: Engine, folder: Path) -> DossierReport:
    """Judge a sample."""
    gathered = gather([folder])
    return engine.assess(gathered.documents, name=gathered.name)


def take(browser: Browser, path: Path, shot: Shot) -> None:
    """Save one picture of the screen."""
    size = {"width": shot.width, "height": shot.height}
    page = browser.new_page(viewport=size, color_scheme="dark" if shot.dark else "light", reduced_motion="reduce")
    page.goto(path.as_uri())
    if shot.click:
        page.locator(shot.click).first.click()
    page.wait_for_timeout(PAINTED)
    save(Image.open(BytesIO(page.screenshot())), shot.name)
    page.close()


def printed(browser: Browser, path: Path) -> None:
    """Save the first two printed pages side by side."""
    page = browser.new_page()
    page.goto(path.as_uri())
    shown = sheets(page.pdf(format="A4", prefer_css_page_size=True), 0, 1)
    width, height = shown[0].size
    both = Image.new("RGB", (2 * width + 12, height), "grey")
    for i, sheet in enumerate(shown):
        both.paste(sheet, (i * (width + 12), 0))
    save(both, "rapport-imprime")


def office(view: ReportView, folder: Path) -> None:
    """Save the first page of the PDF report, and a page of the Word one."""
    save(sheets(EXPORTS["pdf"].render(view), 0)[0], "rapport-pdf")
    save(sheets(converted(EXPORTS["docx"].render(view), folder / "rapport.docx"), 4)[0], "rapport-docx")


def consultation(engine: Engine) -> Comparison:
    """Compare the samples as the offers of one consultation, one of which could not be judged."""
    note = ("lot 2 – Muet SAS", "offre.zip : l’archive est protégée par un mot de passe.")
    return Comparison.of("Guichet numérique", [Judged(offer(engine, *o), f"{o[0]}.html") for o in OFFERS], [note], 1)


def offer(engine: Engine, name: str, lot: str, vendor: str | None) -> Report:
    """Return the report of a sample, as that of a candidate for a lot."""
    report = parse_report(dumps(judge(engine, ROOT / "samples" / name)), name)
    named = Vendor(name=vendor) if vendor else report.dossier.vendor
    return report.model_copy(update={"dossier": report.dossier.model_copy(update={"lot": lot, "vendor": named})})


def compared(comparison: Comparison, browser: Browser, folder: Path) -> None:
    """Save the page of the matrix and its sheet as printed."""
    path = folder / "matrice.html"
    path.write_bytes(FORMATS["html"](comparison))
    take(browser, path, Shot("matrice", width=1200, height=1150))
    save(sheets(converted(FORMATS["xlsx"](comparison), folder / "matrice.xlsx"), 1)[0], "classeur")


def converted(data: bytes, path: Path) -> bytes:
    """Return what LibreOffice prints of an office file."""
    path.write_bytes(data)
    words = ["soffice", "--headless", f"-env:UserInstallation={(path.parent / 'soffice').as_uri()}", "--convert-to", "pdf"]
    subprocess.run([*words, "--outdir", str(path.parent), str(path)], check=True, capture_output=True, timeout=240)
    return path.with_suffix(".pdf").read_bytes()


def sheets(data: bytes, *pages: int) -> list[Image.Image]:
    """Draw pages of a PDF, from 0."""
    with pypdfium2.PdfDocument(data) as pdf:
        return [pdf[page].render(scale=1.4).to_pil() for page in pages]


def save(picture: Image.Image, name: str) -> None:
    """Write a small PNG."""
    few = picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
    few.save(ROOT / "docs" / "images" / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
