"""Names of OpenDocument text, and its text nodes in document order."""

from collections.abc import Iterator

from clausecheck.readers.package import Element

_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE = f"{{{_ODF}office:1.0}}"
TEXT = f"{{{_ODF}text:1.0}}"
TABLE = f"{{{_ODF}table:1.0}}"
STYLE = f"{{{_ODF}style:1.0}}"
DRAW = f"{{{_ODF}drawing:1.0}}"
FORM = f"{{{_ODF}form:1.0}}"
META = f"{{{_ODF}meta:1.0}}"
FO = f"{{{_ODF}xsl-fo-compatible:1.0}}"
DC = "{http://purl.org/dc/elements/1.1/}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"

TextNode = tuple[Element, bool]
"""The element that holds a text, and whether it is its tail."""


def text_nodes(paragraph: Element) -> Iterator[TextNode]:
    """Yield every text node of ``paragraph`` in document order: their rank is the run of a ``ParagraphLocator``."""
    if paragraph.text:
        yield paragraph, False
    for child in paragraph:
        yield from text_nodes(child)
        if child.tail:
            yield child, True


def count(element: Element, name: str, default: int = 1) -> int:
    """Return a counting attribute, ``default`` when it is absent or no number."""
    value = element.get(name) or ""
    return int(value) if value.isdecimal() else default
