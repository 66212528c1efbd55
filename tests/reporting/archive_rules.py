"""The main rules of PDF/A-3 (ISO 19005-3, level A) and of tagged PDF that can be read from a file's structure.

No free validator of them comes as a package; these checks, written from the standard's clauses, name the clause that a file breaks.
"""

import io
import re
from collections.abc import Callable, Iterator
from typing import Any

import pikepdf
from lxml import etree

_XMP = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
}
_FORBIDDEN_ACTIONS = {
    "/Launch",
    "/Sound",
    "/Movie",
    "/ResetForm",
    "/ImportData",
    "/Hide",
    "/SetOCGState",
    "/Rendition",
    "/Trans",
    "/GoTo3DView",
}
_SAME = {"Title": "dc:title//rdf:li", "Author": "dc:creator//rdf:li", "Subject": "dc:description//rdf:li", "Creator": "xmp:CreatorTool"}
Pdf = pikepdf.Pdf


def faults(data: bytes) -> list[str]:
    """Return the rules that the file breaks, none where it follows them all."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return [f"{clause} : {said}" for clause, rule in _RULES for said in rule(pdf, data)]


def _file(pdf: Pdf, data: bytes) -> Iterator[str]:
    if not re.match(rb"%PDF-1\.[1-7]\n%[\x80-\xff]{4}", data):
        yield "l’en-tête n’est pas suivi d’une ligne de quatre octets hauts"
    if len(pdf.trailer.get("/ID", [])) != 2:
        yield "le fichier n’a pas d’identifiant"
    if pdf.is_encrypted or "/Encrypt" in pdf.trailer:
        yield "le fichier est chiffré"
    if not data.rstrip().endswith(b"%%EOF"):
        yield "des octets suivent la fin du fichier"


def _streams(pdf: Pdf, _: bytes) -> Iterator[str]:
    for stream in (o for o in pdf.objects if isinstance(o, pikepdf.Stream)):
        if {"/F", "/FFilter", "/FDecodeParms"} & set(stream.keys()):
            yield "un flux renvoie à un fichier extérieur"
        if "/LZWDecode" in str(stream.get("/Filter", "")):
            yield "un flux est comprimé en LZW"


def _intent(pdf: Pdf, _: bytes) -> Iterator[str]:
    intents = [i for i in pdf.Root.get("/OutputIntents", []) if i.get("/S") == "/GTS_PDFA1"]
    profiles = [i.DestOutputProfile for i in intents if "/DestOutputProfile" in i]
    if len(profiles) != 1 or profiles[0].read_bytes()[36:40] != b"acsp":
        yield "pas de profil ICC de sortie"
    elif int(profiles[0].N) != {b"RGB ": 3, b"GRAY": 1, b"CMYK": 4}[profiles[0].read_bytes()[16:20]]:
        yield "le profil ICC ne dit pas ses composantes"


def _fonts(pdf: Pdf, _: bytes) -> Iterator[str]:
    for font in (o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"):
        name = str(font.get("/BaseFont", "?"))
        if font.Subtype == "/Type0":
            if "/ToUnicode" not in font:
                yield f"{name} n’a pas de correspondance Unicode"
            if font.Encoding not in {"/Identity-H", "/Identity-V"} and not isinstance(font.Encoding, pikepdf.Stream):
                yield f"{name} a un codage non incorporé"
        elif not any(key in font.get("/FontDescriptor", {}) for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield f"{name} n’est pas incorporée"


def _glyphs(pdf: Pdf, _: bytes) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, 1):
        for operands, operator in pikepdf.parse_content_stream(page):
            if str(operator) in {"Tj", "TJ"}:
                shown = [bytes(s) for s in (operands[0] if str(operator) == "TJ" else operands) if isinstance(s, pikepdf.String)]
                if any(s[i : i + 2] == b"\0\0" for s in shown for i in range(0, len(s), 2)):
                    yield f"un caractère de la page {number} n’a pas de dessin"


def _transparency(pdf: Pdf, _: bytes) -> Iterator[str]:
    allowed = {"/Normal", "/Compatible"}
    for state in (o for o in pdf.objects if isinstance(o, pikepdf.Dictionary)):
        if "/BM" in state and str(state.BM) not in allowed:
            yield f"mode de fusion {state.BM}"
        if "/SMask" in state and state.SMask != "/None" and not pdf.Root.get("/OutputIntents"):
            yield "transparence sans profil de sortie"


def _actions(pdf: Pdf, _: bytes) -> Iterator[str]:
    if "/OpenAction" in pdf.Root and pdf.Root.OpenAction.get("/S") == "/JavaScript":
        yield "une action s’exécute à l’ouverture"
    if "/JavaScript" in pdf.Root.get("/Names", {}) or "/AA" in pdf.Root:
        yield "le catalogue porte du JavaScript ou des actions"
    for action in (o for o in _dictionaries(pdf) if "/S" in o and isinstance(o.get("/S"), pikepdf.Name)):
        if action.S in {"/JavaScript", *_FORBIDDEN_ACTIONS}:
            yield f"action {action.S}"


def _annotations(pdf: Pdf, _: bytes) -> Iterator[str]:
    for page in pdf.pages:
        for note in page.get("/Annots", []):
            if note.Subtype in {"/Sound", "/Movie", "/3D", "/Screen", "/FileAttachment"}:
                yield f"annotation {note.Subtype}"
            if note.Subtype != "/Popup" and not (int(note.get("/F", 0)) & 4 and not int(note.get("/F", 0)) & 0b100011):
                yield "une annotation ne s’imprime pas"
            if note.Subtype == "/Link" and note.get("/A", {}).get("/S") == "/URI":
                yield "un lien mène hors du fichier"


def _metadata(pdf: Pdf, _: bytes) -> Iterator[str]:
    stream = pdf.Root.get("/Metadata")
    if stream is None:
        yield "pas de métadonnées XMP"
        return
    tree = etree.fromstring(stream.read_bytes())
    said = {
        attribute: tree.xpath(f"//@pdfaid:{attribute} | //pdfaid:{attribute}/text()", namespaces=_XMP)
        for attribute in ("part", "conformance")
    }
    if said != {"part": ["3"], "conformance": ["A"]}:
        yield f"version annoncée : {said}"
    for key, path in _SAME.items():
        if f"/{key}" in pdf.docinfo and tree.xpath(f"string(//{path})", namespaces=_XMP) != str(pdf.docinfo[f"/{key}"]):
            yield f"{key} diffère entre les deux jeux de métadonnées"


def _attachments(pdf: Pdf, _: bytes) -> Iterator[str]:
    names = pdf.Root.get("/Names", {}).get("/EmbeddedFiles", {}).get("/Names", [])
    associated = [f.objgen for f in pdf.Root.get("/AF", [])]
    for spec in list(names)[1::2]:
        if "/F" not in spec or "/UF" not in spec or "/Desc" not in spec:
            yield "une pièce jointe n’a ni nom ni description"
        if spec.get("/AFRelationship") not in {"/Source", "/Data", "/Alternative", "/Supplement", "/Unspecified"}:
            yield "une pièce jointe ne dit pas son rapport au document"
        if "/Subtype" not in spec.EF.F or "/ModDate" not in spec.EF.F.Params:
            yield "une pièce jointe n’a ni type ni date"
        if spec.objgen not in associated:
            yield "une pièce jointe n’est associée à rien"


def _tags(pdf: Pdf, _: bytes) -> Iterator[str]:
    root = pdf.Root
    if not root.get("/MarkInfo", {}).get("/Marked") or root.get("/MarkInfo", {}).get("/Suspects"):
        yield "le fichier n’est pas balisé"
    if "/StructTreeRoot" not in root or "/ParentTree" not in root.StructTreeRoot:
        yield "pas d’arbre de structure"
        return
    if not re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", str(root.get("/Lang", ""))):
        yield "la langue n’est pas dite"
    elements = [o for o in _dictionaries(pdf) if o.get("/Type") == "/StructElem"]
    if any(e.get("/S") == "/Figure" and not ({"/Alt", "/ActualText"} & set(e.keys())) for e in elements):
        yield "une figure n’a pas d’équivalent textuel"
    levels = [int(str(e.S)[2:]) for e in elements if re.fullmatch(r"/H[1-6]", str(e.get("/S")))]
    if not levels or min(levels) != 1:
        yield "pas de titre de premier niveau"
    if any("/StructParents" not in page for page in pdf.pages):
        yield "une page n’est pas reliée à la structure"


def _viewer(pdf: Pdf, _: bytes) -> Iterator[str]:
    if not pdf.Root.get("/ViewerPreferences", {}).get("/DisplayDocTitle"):
        yield "la fenêtre montre le nom du fichier, non son titre"
    if any(page.get("/Tabs") != "/S" for page in pdf.pages if "/Annots" in page):
        yield "la tabulation ne suit pas la structure"


def _dictionaries(pdf: Pdf) -> Iterator[Any]:
    yield from (o for o in pdf.objects if isinstance(o, pikepdf.Dictionary))


_RULES: tuple[tuple[str, Callable[[Pdf, bytes], Iterator[str]]], ...] = (
    ("6.1.2, 6.1.3 fichier", _file),
    ("6.1.7 flux", _streams),
    ("6.2.3 profil de sortie", _intent),
    ("6.2.10 transparence", _transparency),
    ("6.2.11.4, 6.2.11.7 polices", _fonts),
    ("6.2.11.8 dessins", _glyphs),
    ("6.3 annotations", _annotations),
    ("6.5 actions", _actions),
    ("6.6 métadonnées", _metadata),
    ("6.7 structure", _tags),
    ("6.8 pièces jointes", _attachments),
    ("ISO 14289-1, 7 titre et parcours", _viewer),
)
