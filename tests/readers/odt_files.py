"""Small ODT files written by hand."""

import io
import zipfile

from clausecheck.document import Document, Source
from clausecheck.readers import odt

_ODF = "urn:oasis:names:tc:opendocument:xmlns"
NAMES = " ".join(
    f'xmlns:{prefix}="{_ODF}:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("form", "form"),
        ("meta", "meta"),
        ("fo", "xsl-fo-compatible"),
    )
) + (' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0"')
STYLES = """
<text:outline-style style:name="Outline">
  <text:outline-level-style text:level="1" style:num-format="1" style:num-prefix="Article " style:num-suffix=" -"/>
  <text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"
  loext:num-list-format="%1%.%2%."/>
</text:outline-style>
<text:list-style style:name="Lettres"><text:list-level-style-number text:level="1"
  style:num-format="a" style:num-suffix=")"/>
  <text:list-level-style-number text:level="2" style:num-format="i" style:num-suffix="."
  text:start-value="3"/></text:list-style>
<text:list-style style:name="Puces"><text:list-level-style-bullet text:level="1"
  text:bullet-char="–"/></text:list-style>
<style:style style:name="Cache" style:family="text"><style:text-properties text:display="none"/></style:style>
<style:style style:name="Gras" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>
"""


def package(body: str, *, styles: str = STYLES, furniture: str = "", manifest: str = "") -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(
            "content.xml",
            f"<office:document-content {NAMES}><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
        archive.writestr(
            "styles.xml",
            f"<office:document-styles {NAMES}><office:styles>{styles}</office:styles><office:master-styles>"
            f"<style:master-page>{furniture}</style:master-page></office:master-styles></office:document-styles>",
        )
        if manifest:
            archive.writestr("META-INF/manifest.xml", manifest)
    return stream.getvalue()


def read(body: str, **options: str) -> Document:
    return odt.read(package(body, **options), Source("essai.odt", "", "odt"))
