"""Remake the pictures of the HTML report in ``docs/images``: ``python tools/screenshots.py`` (needs the extra «dev» and chromium)."""

import shutil
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Browser, sync_playwright

from clausecheck.assessment.model import DossierReport
from clausecheck.catalogue.loader import load_catalogue
from clausecheck.cli.gather import gather
from clausecheck.pipeline import Engine
from clausecheck.reporting.diffusion import communicable
from clausecheck.reporting.html_report import render
from clausecheck.reporting.view import ReportView

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "samples" / "presque-conforme"
WITH_AN_OFFER = ROOT / "samples" / "cgv-reprend-tout"
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
            path.write_text(render(ReportView.of(shown[kind])), encoding="utf-8")
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for shot in SHOTS:
            take(browser, paths[shot.communicable], shot)
        printed(browser, paths[False])
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
    with pypdfium2.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True)) as pdf:
        sheets = [pdf[i].render(scale=1.1).to_pil() for i in (0, 1)]
    width, height = sheets[0].size
    both = Image.new("RGB", (2 * width + 12, height), "grey")
    for i, sheet in enumerate(sheets):
        both.paste(sheet, (i * (width + 12), 0))
    save(both, "rapport-imprime")


def save(picture: Image.Image, name: str) -> None:
    """Write a small PNG."""
    few = picture.convert("RGB").quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE, kmeans=3, dither=Image.Dither.NONE)
    few.save(ROOT / "docs" / "images" / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
