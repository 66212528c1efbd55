"""Form fields, annotations, signatures and attachments of a PDF."""

import ctypes
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from clausecheck.document import DocumentBuilder
from clausecheck.readers.certificates import in_brackets, signer_of_cms, signing
from clausecheck.readers.pdf_flow import Extra
from clausecheck.readers.pdf_layout import page_transform
from clausecheck.vocabulary import BlockKind, Layer

_CHECKBOXES = (2, 3)
_PUSH_BUTTON, _SIGNATURE = 1, 7
_FORM_NONE, _FORM_ACRO = 0, 1


def is_form(pdf: Any) -> bool:
    """Tell whether the file holds a form."""
    return int(pdf.get_formtype()) != _FORM_NONE


def page_extras(pdf: Any, page: Any) -> Iterator[Extra]:
    """Yield the filled or empty fields of a page («Nom : valeur», «☒ Nom») and its annotations."""
    from pypdfium2 import raw

    transform = page_transform(page)
    rect = raw.FS_RECTF()
    for index in range(raw.FPDFPage_GetAnnotCount(page)):
        annot = raw.FPDFPage_GetAnnot(page, index)
        if not annot:
            continue
        try:
            raw.FPDFAnnot_GetRect(annot, ctypes.byref(rect))
            box = transform(rect.left, rect.bottom, rect.right, rect.top)
            if extra := _extra(raw, pdf, annot):
                yield Extra(extra[0], box, extra[1], extra[2])
        finally:
            raw.FPDFPage_CloseAnnot(annot)


def _extra(raw: Any, pdf: Any, annot: Any) -> tuple[str, BlockKind, Layer] | None:
    subtype = raw.FPDFAnnot_GetSubtype(annot)
    if subtype == raw.FPDF_ANNOT_WIDGET:
        text = _field(raw, pdf, annot)
        return (text, BlockKind.FORM_FIELD, Layer.BODY) if text else None
    if subtype in (raw.FPDF_ANNOT_POPUP, raw.FPDF_ANNOT_LINK):
        return None
    words = _string(lambda buffer, size: raw.FPDFAnnot_GetStringValue(annot, b"Contents", buffer, size))
    return (words, BlockKind.PARAGRAPH, Layer.NOTE) if words.strip() else None


def _field(raw: Any, pdf: Any, annot: Any) -> str | None:
    form = pdf.formenv
    if form is None:
        return None
    kind = raw.FPDFAnnot_GetFormFieldType(form, annot)
    if kind in (_PUSH_BUTTON, _SIGNATURE):
        return None
    name = _string(lambda buffer, size: raw.FPDFAnnot_GetFormFieldAlternateName(form, annot, buffer, size))
    name = name or _string(lambda buffer, size: raw.FPDFAnnot_GetFormFieldName(form, annot, buffer, size))
    if kind in _CHECKBOXES:
        return f"{'☒' if raw.FPDFAnnot_IsChecked(form, annot) else '☐'} {name}"
    value = _string(lambda buffer, size: raw.FPDFAnnot_GetFormFieldValue(form, annot, buffer, size))
    return f"{name}\u202f: {' '.join(value.split())}".rstrip() if name or value else None


def _string(call: Callable[[Any, int], int]) -> str:
    """Return the UTF-16 text that a pdfium function writes into a buffer of the size it asks for."""
    from pypdfium2 import raw

    size = call(None, 0)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    call(ctypes.cast(buffer, ctypes.POINTER(raw.FPDF_WCHAR)), size)
    return buffer.raw.decode("utf-16-le", "replace").rstrip("\0")


def meta_text(pdf: Any, key: str) -> str:
    """Return an entry of the file's own description («Title»); empty where there is none."""
    from pypdfium2 import raw

    return _string(lambda buffer, size: raw.FPDF_GetMetaText(pdf, key.encode(), buffer, size))


def _attached(pdf: Any) -> list[str]:
    """Return the names of the attached files."""
    from pypdfium2 import raw

    handles = [raw.FPDFDoc_GetAttachment(pdf, index) for index in range(raw.FPDFDoc_GetAttachmentCount(pdf))]
    return [_string(partial(raw.FPDFAttachment_GetName, handle)) for handle in handles]


def _signatures(pdf: Any) -> list[str]:
    """Return each signature in words, empty where neither its signer nor its day can be read."""
    from pypdfium2 import raw

    handles = [raw.FPDF_GetSignatureObject(pdf, index) for index in range(max(0, raw.FPDF_GetSignatureCount(pdf)))]
    return [signing(signer_of_cms(_bytes(raw.FPDFSignatureObj_GetContents, handle)), _signed_on(handle)) for handle in handles]


def _signed_on(signature: Any) -> str:
    """Return the day that a signature claims, «2024-05-03», empty when it claims none."""
    from pypdfium2 import raw

    digits = _bytes(raw.FPDFSignatureObj_GetTime, signature).rstrip(b"\0").decode("ascii", "replace").removeprefix("D:")
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:8]}" if digits[:8].isdecimal() else ""


def _bytes(read: Callable[[Any, Any, int], int], signature: Any) -> bytes:
    """Return what a pdfium function writes into a buffer of the size it asks for."""
    size = read(signature, None, 0)
    buffer = ctypes.create_string_buffer(max(size, 1))
    read(signature, buffer, size)
    return buffer.raw[:size]


def warn_of_contents(pdf: Any, builder: DocumentBuilder) -> None:
    """Warn of what the text does not show: attached files, signatures, dynamic forms."""
    if names := _attached(pdf):
        builder.warn(
            "pieces_jointes",
            f"Le PDF contient des fichiers joints qui n'ont pas été lus\u202f: {', '.join(names)}. Extrayez-les.",
        )
    if signatures := _signatures(pdf):
        told = in_brackets(signatures)
        builder.warn("signature", f"Signatures électroniques\u202f: {len(signatures)}{told}. Toute modification du fichier les rompt.")
    if int(pdf.get_formtype()) not in (_FORM_NONE, _FORM_ACRO):
        builder.warn(
            "formulaire_dynamique",
            "Le PDF est un formulaire dynamique (XFA)\u202f: imprimez-le en PDF simple pour être sûr de tout lire.",
        )
