"""The annotated copy of a PDF: highlights on the exact words with their notes, bookmarks to each finding."""

import io
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from clausecheck.document.model import BBox
from clausecheck.errors import ReadError
from clausecheck.readers.pdf_places import PdfPlaces, Place
from clausecheck.reporting.annotate.notes import AUTHOR, Job, Note, Said
from clausecheck.reporting.typography import french
from clausecheck.vocabulary import Status

if TYPE_CHECKING:
    from pikepdf import Array, Pdf

_COLOURS = {
    Status.CONTREDITE: (1.0, 0.6, 0.55),
    Status.AFFAIBLIE: (1.0, 0.8, 0.4),
    Status.CONFORME: (0.7, 0.9, 0.65),
}
_OTHER = (0.75, 0.85, 1.0)
_PRINTED = 4
_POPUP = (260.0, 160.0)
"""Width and height of an open note, in points."""

BOOKMARK = "Constats de clausecheck"
_LEGEND = "Couleurs : rouge, contredite ; orange, affaiblie ; vert, conforme ; bleu, autre. Chaque note le redit en mots."


def annotate(data: bytes, job: Job) -> tuple[bytes, tuple[Note, ...]]:
    """Return the copy and the notes that found no place but that of the first page. Raises ``ReadError`` for a locked PDF."""
    import pikepdf

    with PdfPlaces(data) as found:
        places = {note: found.of(job.document, note.span) for note in job.notes}
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PdfError as error:
        raise ReadError(f"« {job.document.source.path} » est un PDF trop abîmé pour être annoté.", "fichier_endommage") from error
    with pdf:
        if pdf.is_encrypted:
            message = f"« {job.document.source.path} » est protégé contre la modification : annotez une copie sans protection."
            raise ReadError(message, "pdf_protege")
        return _copy(pdf, job, places)


def _copy(pdf: "Pdf", job: Job, places: Mapping[Note, Sequence[Place]]) -> tuple[bytes, tuple[Note, ...]]:
    unplaced = tuple(note for note in job.notes if not places[note])
    for note, lines in places.items():
        for page in sorted({line.page for line in lines}):
            _highlight(pdf, page, note, [line for line in lines if line.page == page])
    _open_with(pdf, (*job.cover(unplaced), Said(french(_LEGEND))))
    _bookmark(pdf, job, places)
    buffer = io.BytesIO()
    pdf.save(buffer, deterministic_id=True, fix_metadata_version=False)
    return buffer.getvalue(), unplaced


def _highlight(pdf: "Pdf", number: int, note: Note, lines: Sequence[Place]) -> None:
    """One highlight, a quadrilateral for each line, so that what stands between the lines is not covered."""
    from pikepdf import Name

    areas = [line.area for line in lines]
    box = (min(a[0] for a in areas), min(a[1] for a in areas), max(a[2] for a in areas), max(a[3] for a in areas))
    quads = [value for left, bottom, right, top in areas for value in (left, top, right, top, left, bottom, right, bottom)]
    _add(pdf, number, note.said, box, {"/Subtype": Name.Highlight, "/QuadPoints": _array(quads), "/C": _array(_colour(note.status))})


def _open_with(pdf: "Pdf", said: Sequence[Said]) -> None:
    """Put the opening note in the corner of the first page."""
    from pikepdf import Name

    left, _, _, top = (float(value) for value in pdf.pages[0].cropbox)
    _add(pdf, 1, said, (left + 12, top - 32, left + 32, top - 12), {"/Subtype": Name.Text, "/Name": Name.Comment, "/C": _array(_OTHER)})


def _colour(status: Status) -> tuple[float, float, float]:
    return _COLOURS.get(status, _OTHER)


def _add(pdf: "Pdf", number: int, said: Sequence[Said], box: BBox, fields: Mapping[str, Any]) -> None:
    """Add an annotation and its pop-up to page ``number``; ``box`` in user space."""
    from pikepdf import Array, Dictionary, Name

    page = pdf.pages[number - 1]
    common = {"/Type": Name.Annot, "/P": page.obj, "/F": _PRINTED}
    contents = "\r".join(line.text for line in said)
    note = pdf.make_indirect(Dictionary({**common, "/T": AUTHOR, "/Contents": contents, "/Rect": _array(box), **fields}))
    beside = _array(_popup_box(float(page.cropbox[2]), box[3]))
    popup = pdf.make_indirect(Dictionary({**common, "/Subtype": Name.Popup, "/Rect": beside, "/Parent": note, "/Open": False}))
    note["/Popup"] = popup
    page.obj["/Annots"] = Array([*page.obj.get("/Annots", Array()), note, popup])


def _popup_box(right: float, top: float) -> BBox:
    """Stand in the right margin, level with what it speaks of."""
    return right - _POPUP[0], top - _POPUP[1], right, top


def _array(values: Sequence[float]) -> "Array":
    from pikepdf import Array

    return Array([round(value, 2) for value in values])


def _bookmark(pdf: "Pdf", job: Job, places: Mapping[Note, Sequence[Place]]) -> None:
    """Add, after the bookmarks of the file, one for each finding quoted: it leads to the first passage quoted."""
    from pikepdf import OutlineItem

    where = {identifier: lines[0] for note, lines in reversed(list(places.items())) if lines for identifier in note.findings}
    listed = [(title, where[identifier]) for identifier, title in job.outline if identifier in where]
    if not listed:
        return
    with pdf.open_outline() as outline:
        group = OutlineItem(BOOKMARK, 0)
        group.children.extend(OutlineItem(title, p.page - 1, "XYZ", left=p.area[0], top=p.area[3]) for title, p in listed)
        outline.root.append(group)
