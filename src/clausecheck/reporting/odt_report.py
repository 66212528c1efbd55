"""The report as an OpenDocument text (ODF 1.3): same words and styles as the Word one; the same report gives the same bytes."""

from clausecheck.reporting.outline import outline
from clausecheck.reporting.packing import pack
from clausecheck.reporting.templating import fill
from clausecheck.reporting.view import ReportView

_MIMETYPE = "application/vnd.oasis.opendocument.text"
_XML = ("META-INF/manifest.xml", "content.xml", "styles.xml", "meta.xml")


def render(view: ReportView) -> bytes:
    """Return the file."""
    said = outline(view)
    members = [(name, fill(f"odt/{name.rpartition('/')[2]}", said=said, mimetype=_MIMETYPE)) for name in _XML]
    encoded = [(name, text.encode("utf-8")) for name, text in members]
    return pack([("mimetype", _MIMETYPE.encode()), *encoded], stored="mimetype")
