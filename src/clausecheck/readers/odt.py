"""Reads OpenDocument text (ODT, OTT): content, notes, tracked changes, headers and footers, as printed."""

from clausecheck.document import Document, DocumentBuilder, Source
from clausecheck.errors import ReadError
from clausecheck.readers import odt_revisions
from clausecheck.readers.certificates import signings_of_package
from clausecheck.readers.finishing import finish, metadata
from clausecheck.readers.notices import Notices
from clausecheck.readers.odt_body import OdtStory, OdtWalker, changes_of
from clausecheck.readers.odt_numbering import OdtNumbering
from clausecheck.readers.odt_runs import OdtRuns
from clausecheck.readers.odt_styles import OdtStyles
from clausecheck.readers.odt_xml import DC, META, OFFICE, STYLE
from clausecheck.readers.package import Element, Package, encrypted, open_package
from clausecheck.readers.paragraphs import Paragraphs
from clausecheck.vocabulary import Layer, View

_METADATA = {
    DC + "title": "titre",
    META + "initial-creator": "auteur",
    META + "creation-date": "cree",
    DC + "date": "modifie",
    DC + "creator": "modifie_par",
}
_FURNITURE = tuple(STYLE + name for name in ("header", "header-first", "header-left", "footer", "footer-first", "footer-left"))


def read(data: bytes, source: Source, view: View = View.FINAL) -> Document:
    """Read an ODT.

    Places are ``ParagraphLocator``: every ``text:p`` and ``text:h`` of the part counts; ``run`` is the rank of the
    text node in the paragraph, as ``odt_xml.text_nodes`` yields them.

    Raises ``ReadError`` (French): not an ODT, encrypted, damaged, oversized.
    """
    package = open_package(data, source.path, odt_revisions.turning(view))
    _refuse_encrypted(package)
    content, named = package.part("content.xml"), package.part("styles.xml")
    text = content.find(f"{OFFICE}body/{OFFICE}text") if content is not None else None
    if content is None or text is None:
        message = f"{source.path}\u202f: le fichier ne contient pas de texte OpenDocument\u202f; est-ce bien un .odt\u202f?"
        raise ReadError(message, "format_invalide")
    builder = DocumentBuilder(source)
    styles, numbering = OdtStyles(named, content), OdtNumbering(named, content)
    story = OdtStory(Paragraphs(builder), styles, numbering, Notices(view), changes_of(content))
    OdtWalker(story, OdtRuns("content.xml", content, styles)).walk(text)
    if named is not None:
        _furniture(named, story)
    signatures = signings_of_package(package, [name for name in package.names if name == "META-INF/documentsignatures.xml"])
    return finish(builder, story.notices, signatures=signatures, metadata=_metadata(package))


def _refuse_encrypted(package: Package) -> None:
    manifest = package.part("META-INF/manifest.xml")
    if manifest is not None and any(str(element.tag).endswith("}encryption-data") for element in manifest.iter()):
        raise encrypted(package.path)


def _furniture(named: Element, story: OdtStory) -> None:
    """Add the headers and footers of the page styles, each text once."""
    runs = OdtRuns("styles.xml", named, story.styles)
    seen: set[str] = set()
    for zone in named.iter(*_FURNITURE):
        words = "".join(map(str, zone.itertext()))
        if words not in seen:
            seen.add(words)
            OdtWalker(story, runs, Layer.FURNITURE).walk(zone)


def _metadata(package: Package) -> list[tuple[str, str]]:
    root = package.part("meta.xml")
    return metadata((_METADATA.get(str(e.tag)), e.text) for e in ([] if root is None else root.iter()))
