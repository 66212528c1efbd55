"""Generate a consultation, run it, check its verdicts against what was planted, and time it: ``python benchmarks/batch.py --dossiers 40``.

Every dossier has five pieces (docx, odt, pdf, md); each requirement is drawn present or absent, and a present one is the text of one of its
catalogue examples. Nothing is kept. Times are wall and processor time (user and system, workers included): on a machine that others
use, only the second compares.
"""

import argparse
import importlib.util
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from clausecheck.catalogue.loader import Catalogue, load_catalogue
from clausecheck.segmentation.party import luhn

ROOT = Path(__file__).parents[1]
MIXED = {"AE": ".docx", "CCAP": ".docx", "CCTP": ".odt", "annexe-rgpd": ".pdf", "plan-assurance-securite": ".md"}
TITLES = {
    "AE": "Acte d'engagement",
    "CCAP": "Cahier des clauses administratives particulières",
    "CCTP": "Cahier des clauses techniques particulières",
    "annexe-rgpd": "Annexe relative à la protection des données",
    "plan-assurance-securite": "Plan d'assurance sécurité",
}
PACKS = {"RGPD": "annexe-rgpd", "SECURITE": "plan-assurance-securite", "DONNEES": "CCTP", "TRANSVERSAL": "CCAP"}
OBJECT = (
    "Le marché a pour objet l'hébergement et la maintenance d'un logiciel de gestion des usagers, avec reprise des données. "
    "Le titulaire traite pour le compte de l'acheteur les données à caractère personnel des usagers."
)
FILLING = (
    ("Prix", "Les prix sont fermes la première année puis révisés chaque année selon la formule du bordereau des prix."),
    ("Paiement", "Les factures sont payées à trente jours par virement ; les intérêts moratoires courent de plein droit."),
    ("Livraison", "Les prestations commencent à la date fixée par l'ordre de service et se terminent avec la période en cours."),
    (
        "Réunions",
        "Le comité de pilotage se réunit chaque trimestre dans les locaux de la collectivité.",
    ),
    ("Admission", "Les opérations de vérification durent quinze jours ; la décision d'admission est notifiée par écrit."),
    (
        "Pénalités de retard",
        "Un retard de livraison donne lieu à une pénalité de cent euros par jour ouvré.",
    ),
    ("Formation", "Le titulaire forme vingt agents lors de quatre sessions d'une demi-journée, supports compris."),
)
PLUMBER = (
    "import pdfplumber, sys\n"
    "for path in sys.argv[1:]:\n"
    "    with pdfplumber.open(path) as pdf:\n"
    "        for page in pdf.pages:\n"
    "            page.extract_text()\n"
)
PDFIUM = (
    "import pypdfium2, sys\n"
    "for path in sys.argv[1:]:\n"
    "    pdf = pypdfium2.PdfDocument(path)\n"
    "    for page in pdf:\n"
    "        page.get_textpage().get_text_range()\n"
)
LOTS = 4
PLANTED = 0.3
"""Share of the requirements planted in a dossier: with many, the clauses of one speak of others too."""


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds of clock, of processor, and the memory of its largest process in megabytes."""

    wall: float
    cpu: float
    memory: float


def timed(*words: object) -> Cost:
    """Run a command; its workers count once they have ended."""
    start = time.perf_counter()
    process = subprocess.Popen([str(w) for w in words], stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONPATH": str(ROOT / "src")})
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0  # already waited for
    return Cost(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def batch(source: Path, output: Path, workers: int) -> Cost:
    """Run the consultation."""
    return timed(sys.executable, "-m", "clausecheck.cli.main", "batch", source, "--output", output, "--workers", workers)


def writers() -> ModuleType:
    """The writers of the samples."""
    spec = importlib.util.spec_from_file_location("samples_build", ROOT / "samples" / "build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def siret(number: int) -> str:
    """A number with a right key."""
    return next(n for n in (f"{900000000 + number:09d}{i:05d}" for i in range(100)) if luhn(n))


def pieces(catalogue: Catalogue, number: int, draw: random.Random) -> tuple[dict[str, str], dict[str, bool]]:
    """Return the sources of one dossier's pieces, and what was planted: requirement → present."""
    present = {r.id: draw.random() < PLANTED for r in catalogue.requirements}
    articles: dict[str, list[tuple[str, str]]] = {name: draw.sample(FILLING, 4) for name in MIXED}
    for requirement in catalogue.requirements:
        good = [e for e in catalogue.examples(requirement) if e.expect == "conforme" and e.gap is None]
        if not good:
            del present[requirement.id]
        elif present[requirement.id]:
            articles[PACKS[requirement.family]].append((requirement.title, draw.choice(good).text))
    articles["CCAP"].insert(0, ("Objet du marché", OBJECT))
    articles["AE"].insert(0, ("Parties", f"Titulaire : Candidat numéro {number} SAS, SIRET {siret(number)}, 4 rue du Port"))
    return {name: _source(TITLES[name], articles[name]) for name in MIXED}, present


def _source(title: str, articles: list[tuple[str, str]]) -> str:
    return "\n".join([f"# {title}", *(f"## {name}\n{text.strip()}" for name, text in articles)])


SMALL = ("AE", "annexe-rgpd")
"""Pieces of the small dossiers with which the cost of one is followed from few to many."""


def small(folder: Path, catalogue: Catalogue, count: int) -> Path:
    """Write ``count`` dossiers of two short Markdown pieces."""
    draw = random.Random(11)
    for number in range(count):
        texts, _ = pieces(catalogue, number, draw)
        target = folder / f"lot-{number % LOTS + 1:02d}" / f"candidat-{number:04d}"
        target.mkdir(parents=True)
        for name in SMALL:
            (target / f"{name}.md").write_text(texts[name], encoding="utf-8")
    return folder


def flat(folder: Path, catalogue: Catalogue, counts: list[int]) -> None:
    """Cost of a small dossier in consultations of more and more of them, start-up and matrix included; then nothing changed."""
    for count in counts:
        source, output = small(folder / f"petits-{count}", catalogue, count), folder / f"petits-{count}-sortie"
        first, again = batch(source, output, 1), batch(source, output, 1)
        each = f"{1000 * first.cpu / count:.0f} ms de processeur par dossier"
        print(f"{count} petits dossiers : {first.cpu:.1f} s de processeur, {each}, {first.memory:.0f} Mo au plus", flush=True)
        print(f"  seconde fois : {again.cpu:.2f} s de processeur, {again.cpu / first.cpu:.1%} de la première", flush=True)


def generate(folder: Path, catalogue: Catalogue, count: int, *, pdf: bool) -> dict[str, dict[str, bool]]:
    """Write ``count`` dossiers and return what each holds."""
    made, draw, truth = writers(), random.Random(7), {}
    for number in range(count):
        key = f"lot-{number % LOTS + 1:02d}/candidat-{number:04d}"
        texts, truth[key] = pieces(catalogue, number, draw)
        for name, text in texts.items():
            suffix = ".pdf" if pdf else MIXED[name]
            target = folder / key / f"{name}{suffix}"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode() if suffix == ".md" else made.WRITERS[suffix](made.parse(text)))
    return truth


def reports(output: Path) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield each dossier's place and report."""
    for entry in json.loads((output / "consultation.json").read_text("utf-8"))["dossiers"]:
        yield entry["dossier"], json.loads((output / entry["report"]).read_text("utf-8"))


def check(output: Path, truth: dict[str, dict[str, bool]]) -> int:
    """Print how the matrix compares with what was planted; return the pages read."""
    cells: Counter[tuple[bool, str]] = Counter()
    pages = 0
    for key, report in reports(output):
        pages += sum(d["pages_read"] for d in report["documents"])  # type: ignore[attr-defined]
        for finding in report["findings"]:  # type: ignore[attr-defined]
            if finding["requirement"] in truth[key]:
                cells[truth[key][finding["requirement"]], finding["status"]] += 1
    for planted in (True, False):
        total = sum(n for (p, _), n in cells.items() if p is planted)
        words = ", ".join(f"{status} {n}" for (p, status), n in cells.most_common() if p is planted)
        right = sum(n for (p, s), n in cells.items() if p is planted and (s in {"absente", "sans_objet"}) is not planted)
        print(f"  {'plantée' if planted else 'non plantée'} : {right}/{total} = {right / total:.1%} justes ({words})")
    return pages


def same(left: Path, right: Path) -> bool:
    """Tell whether two outputs hold the same bytes."""
    names = ["consultation.json", "candidats.csv", *(p.relative_to(left) for p in left.glob("dossiers/*/*/*"))]
    return all((left / n).read_bytes() == (right / n).read_bytes() for n in names)


def show(what: str, cost: Cost, pages: int) -> None:
    """Print one line."""
    speed = f"{pages / cost.wall:.1f} p./s, {pages / cost.cpu:.1f} p./s de processeur" if pages else ""
    print(f"{what} : {cost.wall:.1f} s ({cost.cpu:.1f} s de processeur), {cost.memory:.0f} Mo au plus ; {speed}", flush=True)


def mixed(folder: Path, catalogue: Catalogue, count: int) -> None:
    """Truth, scaling, memory, second run."""
    source = folder / "mixte"
    truth = generate(source, catalogue, count, pdf=False)
    two = batch(source, folder / "deux", 2)
    pages = check(folder / "deux", truth)
    show(f"{count} dossiers mixtes, {pages} pages, 2 processus", two, pages)
    again = batch(source, folder / "deux", 2)
    show(f"  seconde fois : {again.wall / two.wall:.1%} du temps, {again.cpu / two.cpu:.1%} du processeur", again, 0)
    one = batch(source, folder / "un", 1)
    show("  1 processus", one, pages)
    print(f"  de 1 à 2 processus : ×{one.wall / two.wall:.2f} ; mêmes octets : {same(folder / 'un', folder / 'deux')}")


def ratio(folder: Path, catalogue: Catalogue, count: int) -> None:
    """The whole analysis beside the bare extraction of the same PDF files, one process each."""
    source = folder / "pdf"
    truth = generate(source, catalogue, count, pdf=True)
    files = sorted(source.rglob("*.pdf"))
    ours = batch(source, folder / "pdf-sortie", 1)
    pages = check(folder / "pdf-sortie", truth)
    show(f"{count} dossiers PDF, {pages} pages, 1 processus", ours, pages)
    for name, script in (("pdfplumber", PLUMBER), ("pypdfium2", PDFIUM)):
        theirs = timed(sys.executable, "-c", script, *files)
        show(f"  {name}, extraction seule", theirs, pages)
        print(f"    {name} / clausecheck : ×{theirs.cpu / ours.cpu:.2f} de processeur")


def main() -> None:
    """Generate, run, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--dossiers", type=int, default=40)
    parser.add_argument("--pdf", type=int, default=10, help="dossiers for the comparison with bare extraction")
    parser.add_argument("--flat", type=int, nargs="*", default=[], help="numbers of small dossiers, as 100 500 2000")
    args = parser.parse_args()
    catalogue = load_catalogue()
    with tempfile.TemporaryDirectory() as name:
        if args.dossiers:
            mixed(Path(name), catalogue, args.dossiers)
        if args.pdf:
            ratio(Path(name), catalogue, args.pdf)
        flat(Path(name), catalogue, args.flat)


if __name__ == "__main__":
    main()
