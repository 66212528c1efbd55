"""Detached electronic signatures: files beside a piece (CAdES .p7s, XAdES .xml) that any change of the piece breaks."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from clausecheck.document import Document, Problem
from clausecheck.readers.folders import legible

SUFFIXES = frozenset({".p7s", ".sig", ".xades"})
_XML_SIGNATURE = b"http://www.w3.org/2000/09/xmldsig#"


def is_signature(data: bytes, path: str) -> bool:
    """Tell whether a file is a signature: by its extension, or as an XML whose opening names the XML signature standard."""
    suffix = _path(path).suffix.lower()
    return suffix in SUFFIXES or (suffix == ".xml" and _XML_SIGNATURE in data[:8192])


def beside(file: Path) -> Iterator[str]:
    """Yield the signatures that stand next to ``file`` and bear its name."""
    for other in sorted(file.parent.iterdir()):
        if other != file and other.suffix.lower() in {*SUFFIXES, ".xml"} and other.is_file() and _signs(legible(other), legible(file)):
            with other.open("rb") as opened:
                if is_signature(opened.read(8192), other.as_posix()):
                    yield legible(other)


def mark_signed(documents: Sequence[Document], signatures: Iterable[str]) -> tuple[Document, ...]:
    """Warn of each signature on the document it signs; on the first one when that piece was not supplied."""
    marked = list(documents)
    for signature in dict.fromkeys(signatures):
        signed = [i for i, document in enumerate(marked) if _signs(signature, document.source.path)]
        index = max(signed, key=lambda i: len(marked[i].source.path), default=0)
        name = _path(signature).name
        message = f"signature électronique jointe («\u202f{name}\u202f»)\u202f: toute modification de la pièce la rompt"
        if not signed:
            message = f"signature électronique («\u202f{name}\u202f») d'une pièce qui n'a pas été fournie\u202f: demandez cette pièce"
        code = "signature_detachee" if signed else "signature_orpheline"
        document = marked[index]
        marked[index] = replace(document, warnings=(*document.warnings, Problem(code, message, document.source.path)))
    return tuple(marked)


def _signs(signature: str, piece: str) -> bool:
    """«CCAP.pdf.p7s», «CCAP.xml», «CCAP - Signature 1.xml» sign «CCAP.pdf» of the same folder."""
    sign, signed = _path(signature), _path(piece)
    rest = sign.stem.lower().removeprefix(signed.name.lower()).removeprefix(signed.stem.lower())
    return sign.parent == signed.parent and len(rest) < len(sign.stem) and not rest[:1].isalnum()


def _path(path: str) -> PurePosixPath:
    return PurePosixPath(path.replace("\\", "/").replace("!", "/"))
