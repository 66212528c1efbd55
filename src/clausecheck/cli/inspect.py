"""``clausecheck inspect``: what was read of a file, so that a reader can compare with the paper."""

from collections import Counter
from pathlib import Path

from rich.table import Table
from rich.text import Text

from clausecheck.assessment.quality import Quality, quality
from clausecheck.assessment.references import read_references
from clausecheck.cli.console import out
from clausecheck.cli.gather import gather
from clausecheck.document.model import Document
from clausecheck.errors import EXIT_CLEAN, EXIT_UNREAD
from clausecheck.reporting.typography import french, plural
from clausecheck.reporting.view import reading_words, shorten
from clausecheck.segmentation.pieces import Piece
from clausecheck.segmentation.units import segment
from clausecheck.vocabulary import BlockKind, Layer, View

LAYERS = {
    Layer.BODY: "corps",
    Layer.FURNITURE: "en-têtes et pieds de page",
    Layer.TOC: "sommaire",
    Layer.NOTE: "notes et commentaires",
    Layer.DELETED: "modifications suivies écartées",
}


def inspect_file(file: Path, view: View = View.FINAL) -> int:
    """Print what was read; 3 when a part was not. Other views than the final one print the whole text."""
    gathered = gather([file], view)
    for document in gathered.documents:
        _print(document)
        if view is not View.FINAL:
            _print_text(document)
    for problem in gathered.problems:
        out().print(Text(french(f"• {problem.message}"), style="red"))
    complete = not gathered.problems and all(d.coverage.complete for d in gathered.documents)
    return EXIT_CLEAN if complete else EXIT_UNREAD


def _print(document: Document) -> None:
    console = out()
    coverage = document.coverage
    console.print(Text(document.source.path, style="bold"))
    read = f"{coverage.pages_read} sur {plural(coverage.pages_total, 'page')}"
    words = len(document.text.split())
    facts = [document.source.format, f"langue : {document.language.value}", f"lu : {read}", f"{words} mots", _piece(document)]
    console.print(Text(french(" · ".join(facts))))
    console.print(Text(f"sha256 {document.source.sha256}", style="dim"))
    counts = Counter(b.layer for b in document.blocks)
    console.print(Text(french("Blocs : " + ", ".join(f"{LAYERS[layer]} {n}" for layer, n in counts.items()))))
    console.print(Text(french(f"Lecture : {reading_words(_quality(document))}")))
    if coverage.unreadable:
        console.print(Text(french(f"Pages illisibles : {', '.join(map(str, coverage.unreadable))}"), style="red"))
    for warning in document.warnings:
        console.print(Text(french(f"• {warning.message}"), style="yellow"))
    console.print(_outline(document))


def _quality(document: Document) -> Quality:
    from clausecheck.catalogue.loader import load_catalogue

    lexicon = load_catalogue().lexicon
    references = read_references(segment([document], lexicon), [_recognised(document)], lexicon.cited)
    return quality(document, 0, references)


def _print_text(document: Document) -> None:
    """Print the text as the view shows it: this is what the view is asked for."""
    for block in document.blocks:
        if block.layer is Layer.BODY:
            out().print(Text(document.quote(block.span)))


def _recognised(document: Document) -> Piece:
    from clausecheck.catalogue.loader import load_catalogue
    from clausecheck.segmentation.pieces import recognise

    return recognise(document, load_catalogue().lexicon.pieces)


def _piece(document: Document) -> str:
    kind = _recognised(document).kind
    return kind.name if kind else "nature non reconnue"


def _outline(document: Document) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Page")
    table.add_column("Article")
    table.add_column("Blocs", justify="right")
    headings = [i for i, b in enumerate(document.blocks) if b.kind is BlockKind.HEADING and b.layer is Layer.BODY]
    for position, index in enumerate(headings):
        block = document.blocks[index]
        after = headings[position + 1] if position + 1 < len(headings) else len(document.blocks)
        page = document.page_of(block.span)
        indent = "  " * ((block.level or 1) - 1)
        title = Text(indent + shorten(document.quote(block.span), 70))
        table.add_row(str(page or ""), title, str(after - index - 1))
    return table
