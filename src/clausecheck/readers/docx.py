"""Reads DOCX and DOCM (without their macros): every part, in reading order, as a reader of the printed page sees it."""

import posixpath
import re
from collections.abc import Iterator

from clausecheck.document import Document, DocumentBuilder, Source
from clausecheck.errors import ReadError
from clausecheck.readers import docx_revisions
from clausecheck.readers.certificates import signings_of_package
from clausecheck.readers.docx_body import Note, Story, Walker
from clausecheck.readers.docx_numbering import Numbering
from clausecheck.readers.docx_runs import Runs
from clausecheck.readers.docx_styles import Styles
from clausecheck.readers.docx_xml import RELATIONS, W, find
from clausecheck.readers.finishing import finish, metadata
from clausecheck.readers.notices import Notices
from clausecheck.readers.package import Element, Package, open_package
from clausecheck.readers.paragraphs import Paragraphs
from clausecheck.vocabulary import Layer, View

_METADATA = {
    "title": "titre",
    "creator": "auteur",
    "created": "cree",
    "modified": "modifie",
    "lastModifiedBy": "modifie_par",
}
_SIGNATURE = re.compile(r"_xmlsignatures/[^/]*\.xml$")
_NOTE_PARTS = (("footnotes", "footnote"), ("endnotes", "endnote"), ("comments", "comment"))


def read(data: bytes, source: Source, view: View = View.FINAL) -> Document:
    """Read a DOCX or DOCM.

    Places are ``ParagraphLocator``: every ``w:p`` of the part and every ``w:r`` of the paragraph count.
    ``offset`` counts the characters of the run's ``w:t``, and one for a tab, break, hyphen or symbol.

    Raises ``ReadError`` (French): not a DOCX, encrypted, damaged, oversized.
    """
    package = open_package(data, source.path, docx_revisions.turning(view))
    main = main_part(package)
    root = package.part(main)
    body = find(root, "body")
    if root is None or body is None:
        message = f"{source.path}\u202f: le fichier ne contient pas de document Word\u202f; est-ce bien un .docx\u202f?"
        raise ReadError(message, "format_invalide")
    builder = DocumentBuilder(source)
    targets = dict(_related(package, main))
    story = _story(package, builder, targets, Notices(view))
    Walker(story, Runs(main, root, story.styles, story.notices)).walk(body)
    _leftover_comments(story)
    _furniture(package, main, story)
    signatures = signings_of_package(package, [name for name in package.names if _SIGNATURE.match(name)])
    return finish(builder, story.notices, signatures=signatures, metadata=_metadata(package))


def main_part(package: Package) -> str:
    """Return the name of the part that holds the body."""
    for kind, target in relations(package, ""):
        if kind == "officeDocument":
            return target
    return "word/document.xml"


def relations(package: Package, part: str) -> Iterator[tuple[str, str]]:
    """Yield the kind and target of each internal relation of ``part``."""
    folder, name = posixpath.split(part)
    root = package.part(posixpath.join(folder, "_rels", f"{name}.rels"))
    for relation in [] if root is None else root.findall(RELATIONS + "Relationship"):
        if relation.get("TargetMode") != "External":
            target = relation.get("Target") or ""
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            yield (relation.get("Type") or "").rsplit("/", 1)[-1], path


def _related(package: Package, main: str) -> Iterator[tuple[str, str]]:
    """Yield the parts beside ``main`` by kind, at their usual names where a relation lacks."""
    folder = posixpath.dirname(main)
    for kind in ("styles", "numbering", "footnotes", "endnotes", "comments"):
        yield kind, posixpath.join(folder, f"{kind}.xml")
    yield from relations(package, main)


def _story(package: Package, builder: DocumentBuilder, targets: dict[str, str], notices: Notices) -> Story:
    styles = Styles(package.part(targets["styles"]))
    numbering = Numbering(package.part(targets["numbering"]), styles)
    story = Story(Paragraphs(builder), styles, numbering, notices)
    for kind, name in _NOTE_PARTS:
        root = package.part(targets[kind])
        if root is not None:
            runs = Runs(targets[kind], root, styles, story.notices)
            story.notes |= {(name, _identifier(note)): Note(note, runs, note.get(W + "author") or "") for note in _notes(root, name)}
    return story


def _notes(root: Element, name: str) -> Iterator[Element]:
    for note in root.findall(W + name):
        if note.get(W + "type") in (None, "normal"):
            yield note


def _identifier(note: Element) -> str:
    return note.get(W + "id") or ""


def _leftover_comments(story: Story) -> None:
    """Add the comments that no run refers to: they stand on a place only."""
    for (kind, _), note in list(story.notes.items()):
        if kind == "comment":
            Walker(story, note.runs).note(note, kind)


def _furniture(package: Package, main: str, story: Story) -> None:
    """Add the headers and footers, each text once."""
    seen: set[str] = set()
    for kind, target in relations(package, main):
        root = package.part(target) if kind in ("header", "footer") else None
        if root is None:
            continue
        text = "".join(map(str, root.itertext()))
        if text not in seen:
            seen.add(text)
            Walker(story, Runs(target, root, story.styles, story.notices), Layer.FURNITURE).walk(root)


def _metadata(package: Package) -> list[tuple[str, str]]:
    root = package.part("docProps/core.xml")
    return metadata((_METADATA.get(str(e.tag).rsplit("}", 1)[-1]), e.text) for e in ([] if root is None else root))
