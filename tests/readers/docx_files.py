"""Small DOCX files written by hand, part by part."""

import io
import zipfile
from xml.sax.saxutils import escape

from clausecheck.document import Document, Source
from clausecheck.readers import docx

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    f'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:r="{OFFICE}/relationships"'
)
STYLES = """
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>
  <w:outlineLvl w:val="0"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="heading 2"/><w:basedOn w:val="Titre1"/>
  <w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Clause"><w:name w:val="Clause maison"/><w:basedOn w:val="Titre2"/></w:style>
<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Cache"><w:name w:val="Caché"/><w:rPr><w:vanish/></w:rPr></w:style>
"""
PLAIN = ' xml:space="preserve"'


def level(index: int, text: str, fmt: str = "decimal", extra: str = "") -> str:
    return f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{fmt}"/>{extra}<w:lvlText w:val="{text}"/></w:lvl>'


NUMBERING = f"""
<w:abstractNum w:abstractNumId="0">{level(0, "ARTICLE %1 –", "decimal", '<w:pStyle w:val="Titre1"/>')}
  {level(1, "%1.%2.", "decimal", '<w:pStyle w:val="Titre2"/>')}{level(2, "%3)", "lowerLetter")}</w:abstractNum>
<w:abstractNum w:abstractNumId="1">{level(0, "%1.", "upperRoman")}
  {level(1, "%1.%2", "decimal", "<w:isLgl/>")}</w:abstractNum>
<w:abstractNum w:abstractNumId="2">{level(0, chr(0xF0B7), "bullet")}{level(1, "%2)", "lowerLetter")}</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/>
  <w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="2"/></w:num>
"""


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t{PLAIN}>{escape(text)}</w:t></w:r>"


def para(text: str = "", *, style: str = "", num: tuple[int, int] | None = None, bold: bool = False, inner: str = "") -> str:
    numbering = f'<w:numPr><w:ilvl w:val="{num[1]}"/><w:numId w:val="{num[0]}"/></w:numPr>' if num else ""
    properties = (f'<w:pStyle w:val="{style}"/>' if style else "") + numbering
    content = run(text, "<w:b/>" if bold else "") if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{content}{inner}</w:p>"


def deleted(text: str, who: str) -> str:
    """A tracked deletion; ``who``: its author and date, as attributes."""
    return f"<w:del {who}>{run(text).replace('<w:t ', '<w:delText ').replace('</w:t>', '</w:delText>')}</w:del>"


def inserted(text: str, who: str) -> str:
    """A tracked insertion."""
    return f"<w:ins {who}>{run(text)}</w:ins>"


def cell(content: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def package(body: str, **parts: str) -> bytes:
    """Zip a DOCX; ``parts``: content of other parts by name (header1, footnotes, comments)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<w:document {NAMES}><w:body>{body}</w:body></w:document>")
        archive.writestr("word/styles.xml", f"<w:styles {NAMES}>{STYLES}</w:styles>")
        archive.writestr("word/numbering.xml", f"<w:numbering {NAMES}>{NUMBERING}</w:numbering>")
        relations = ""
        for name, content in parts.items():
            kind = name.rstrip("0123456789")
            root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
            archive.writestr(f"word/{name}.xml", f"<w:{root} {NAMES}>{content}</w:{root}>")
            relations += f'<Relationship Id="{name}" Type="{OFFICE}/relationships/{kind}" Target="{name}.xml"/>'
        archive.writestr(
            "word/_rels/document.xml.rels",
            f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{relations}</Relationships>',
        )
    return stream.getvalue()


def read(body: str, **parts: str) -> Document:
    return docx.read(package(body, **parts), Source("essai.docx", "", "docx"))
