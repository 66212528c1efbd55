"""The contract that the same-contract test writes in every format: more than twenty pages once printed.

``contrat.txt`` holds its own words and includes the sources of the sample contracts; the repetitive parts (modules, prices) are made here.
Marks: ``#`` title, ``@`` annex, ``@@`` annex inside an annex, ``##`` article, ``###`` sub-article, ``- `` dash, ``+ `` lettered item,
``[x]`` and ``[ ]`` boxes, ``| a | b |`` rows, ``^[…]`` a footnote; any other line is a paragraph.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path

FOLDER = Path(__file__).parent
SOURCES = FOLDER.parents[1] / "samples" / "sources"
MODULES = (
    *("inscription scolaire", "restauration", "accueil périscolaire", "crèches", "activités sportives", "bibliothèques", "transport"),
    *("centres de loisirs", "facturation", "prise de rendez-vous", "messagerie", "pièces justificatives", "tableau de bord", "enquêtes"),
)
_MARKS = {"#": "title", "@": "annex", "@@": "subannex", "##": "article", "###": "sub", "-": "dash", "+": "letter", "[x]": "box"}
_NOTE = re.compile(r"\^\[([^\]]*)\]")


@dataclass(frozen=True)
class Item:
    """One paragraph. ``number``: «3», «3.2», «1.1» as the format must print it; ``notes``: its footnotes, by number."""

    kind: str
    text: str
    number: str = ""
    checked: bool = False
    notes: tuple[tuple[int, str], ...] = ()

    @property
    def lead(self) -> str:
        """What is printed before the words."""
        forms = {
            "annex": "Annexe {} – ",
            "subannex": "Annexe {} – ",
            "article": "Article {} – ",
            "sub": "{} ",
            "letter": "{}) ",
            "dash": "- ",
        }
        if self.kind == "box":
            return "☒ " if self.checked else "☐ "
        return forms.get(self.kind, "").format(self.number)

    @property
    def chunks(self) -> list[str]:
        """The words cut where a footnote is called: one chunk more than there are notes."""
        return _NOTE.sub("\0", self.text).split("\0")

    @property
    def plain(self) -> str:
        """The words without their footnote calls."""
        return "".join(self.chunks)

    @property
    def cells(self) -> list[str]:
        """The cells of a row."""
        return [cell.strip() for cell in self.text.strip("|").split("|")]

    @property
    def level(self) -> int | None:
        """Depth of a heading, None for anything else."""
        return {"title": 1, "annex": 1, "article": 2, "subannex": 2, "sub": 3}.get(self.kind)


@dataclass(frozen=True)
class Contract:
    """The whole contract."""

    items: tuple[Item, ...]
    header: str
    footer: str

    def groups(self) -> Iterator[tuple[str, list[Item]]]:
        """Yield runs of items of one kind."""
        for kind, items in groupby(self.items, key=lambda item: item.kind):
            yield kind, list(items)

    @property
    def notes(self) -> list[tuple[int, str]]:
        """Every footnote, in order."""
        return [note for item in self.items for note in item.notes]

    @property
    def headings(self) -> list[tuple[str, str]]:
        """Number and words of each numbered heading."""
        return [(item.number, item.plain) for item in self.items if item.level and item.kind != "title"]

    def excerpt(self, count: int) -> "Contract":
        """The first ``count`` paragraphs, for what is slow."""
        return Contract(self.items[:count], self.header, self.footer)


@cache
def contract() -> Contract:
    """Return the contract, always the same."""
    lines = (FOLDER / "contrat.txt").read_text(encoding="utf-8").splitlines()
    header, footer = (lines[i].partition(" ")[2] for i in (0, 1))
    return Contract(tuple(_numbered(_expanded(lines[2:]))), header, footer)


def _expanded(lines: list[str]) -> Iterator[str]:
    for line in filter(None, map(str.strip, lines)):
        word, _, rest = line.partition(" ")
        if word == "include":
            yield from _included(rest)
        elif line == "modules":
            yield from _modules()
        elif line == "prices":
            yield "| Prestation | Unité | Prix en euros |"
            yield from (
                f"| Module {name}, année {year} | Forfait annuel | {1200 + 35 * len(name) + 20 * year} |"
                for name in MODULES
                for year in (1, 2)
            )
        else:
            yield line


def _included(name: str) -> Iterator[str]:
    body = (SOURCES / name).read_text(encoding="utf-8").split("\n---\n", 1)[1]
    yield from (line for line in filter(None, map(str.strip, body.splitlines())) if not line.startswith("# "))


def _modules() -> Iterator[str]:
    for name in MODULES:
        yield f"### Module {name}"
        yield (
            f"Le module {name} permet aux familles de déposer, de suivre et de modifier leurs demandes, et aux agents "
            f"habilités de les instruire."
        )
        yield f"Pour le module {name}, le titulaire fournit :"
        yield "+ un écran de saisie utilisable au clavier et par un lecteur d'écran ;"
        yield "+ un écran de suivi qui montre l'état de chaque demande ;"
        yield "+ un export complet, au format CSV, que l'acheteur lance lui-même à tout moment."
        yield f"Le module {name} est livré avec son manuel, en français, et une heure de formation pour dix agents."


def _numbered(lines: Iterator[str]) -> Iterator[Item]:
    annex = subannex = article = sub = letter = note = 0
    for line in lines:
        mark, _, rest = line.partition(" ")
        kind = "box" if line.startswith("[ ]") else "row" if mark == "|" else _MARKS.get(mark, "text")
        text = line[4:] if kind == "box" else line if kind in ("row", "text") else rest
        letter = letter + 1 if kind == "letter" else 0
        if kind == "annex":
            annex, subannex, article = annex + 1, 0, 0
        elif kind == "subannex":
            subannex, article = subannex + 1, 0
        elif kind == "article":
            article, sub = article + 1, 0
        elif kind == "sub":
            sub += 1
        numbers = {
            "annex": annex,
            "subannex": f"{annex}.{subannex}",
            "article": article,
            "sub": f"{article}.{sub}",
            "letter": chr(96 + letter),
        }
        notes = tuple((note + i, words) for i, words in enumerate(_NOTE.findall(text), 1))
        note += len(notes)
        yield Item(kind, text, str(numbers.get(kind, "")), mark == "[x]", notes)
