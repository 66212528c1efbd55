"""What Word asks of a file beyond its schema: names that lead somewhere, identifiers used once, ranges that open and close.

Word repairs or refuses a file that breaks these rules of ECMA-376 (part 1, section given with each); no schema can say them.
"""

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import cast

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_REVISIONS = tuple(W + name for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange", "numberingChange"))
_INSERTED_IN = {W + name for name in ("p", "rPr", "trPr", "hyperlink", "smartTag", "sdtContent", "fldSimple", "ins", "del")}
_NAME_LENGTH = 40
_PARAGRAPH_LIMIT = 0x80000000

Parts = dict[str, etree._Element]


def faults(data: bytes) -> set[str]:
    """Return the rules that the file breaks, none where it follows them all."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        parts = {name: etree.fromstring(archive.read(name)) for name in names if name.endswith((".xml", ".rels"))}
    said = {f"{section} : {fault}" for section, rule in _RULES for fault in rule(parts)}
    said |= {f"le paquet : {name} y est deux fois" for name in _twice(names)}
    return said | {f"le paquet : {fault}" for fault in _package(parts, names)}


def _document(parts: Parts) -> etree._Element:
    return parts["word/document.xml"]


def _every(parts: Parts, *tags: str) -> Iterator[etree._Element]:
    for name in (n for n in parts if n.startswith("word/") and n.endswith(".xml")):
        yield from cast("Iterator[etree._Element]", parts[name].iter(*tags))


def _values(elements: Iterable[etree._Element], attribute: str) -> list[str]:
    return [value for e in elements if (value := e.get(attribute)) is not None]


def _twice(values: Iterable[str]) -> list[str]:
    return [value for value, count in Counter(values).items() if count > 1]


def _package(parts: Parts, names: list[str]) -> Iterator[str]:
    types = parts["[Content_Types].xml"]
    defaults = {e.get("Extension", "").lower() for e in types.iter(_TYPES + "Default")}
    overrides = _values(types.iter(_TYPES + "Override"), "PartName")
    yield from (f"{name} est déclaré et absent" for name in overrides if name[1:] not in names)
    yield from (f"{name} est déclaré deux fois" for name in _twice(overrides))
    for name in names:
        if f"/{name}" not in overrides and name.rpartition(".")[2].lower() not in defaults and not name.startswith("["):
            yield f"{name} n’a pas de type"
    for name in (n for n in parts if n.endswith(".rels")):
        yield from _relations(name, parts[name], names)


def _relations(name: str, rels: etree._Element, names: list[str]) -> Iterator[str]:
    yield from (f"{name} : identifiant {i} donné deux fois" for i in _twice(_values(rels, "Id")))
    folder = posixpath.dirname(posixpath.dirname(name))
    for rel in (r for r in rels if r.get("TargetMode") != "External"):
        target = posixpath.normpath(posixpath.join("/" + folder, rel.get("Target", ""))).lstrip("/")
        if target not in names:
            yield f"{name} : {target} est cité et absent"


def _links(parts: Parts) -> Iterator[str]:
    for name in (n for n in parts if n.startswith("word/") and n.count("/") == 1 and n.endswith(".xml")):
        rels = parts.get(f"word/_rels/{name.removeprefix('word/')}.rels")
        known = set() if rels is None else set(_values(rels, "Id"))
        asked = {v for e in parts[name].iter() for k, v in e.attrib.items() if str(k).startswith(_R)}
        yield from (f"{name} : la relation {i} n’existe pas" for i in sorted(asked - known))


def _comments(parts: Parts) -> Iterator[str]:
    comments = _values(_every(parts, W + "comment"), W + "id")
    yield from (f"le commentaire {i} est écrit deux fois" for i in _twice(comments))
    order = {e: rank for rank, e in enumerate(_document(parts).iter())}
    marks = [
        {e.get(W + "id"): e for e in _document(parts).iter(W + tag)} for tag in ("commentRangeStart", "commentRangeEnd", "commentReference")
    ]
    for tag in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        yield from (f"{tag} {i} est placé deux fois" for i in _twice(_values(_document(parts).iter(W + tag), W + "id")))
    starts, ends, references = marks
    yield from (f"le commentaire {i} n’est placé nulle part" for i in sorted(set(comments) - set(references)))
    yield from (f"le commentaire {i} n’est pas écrit" for i in sorted({*starts, *ends, *references} - set(comments)))
    for i in sorted(set(starts) | set(ends)):
        if i not in starts or i not in ends or i not in references or not order[starts[i]] < order[ends[i]] < order[references[i]]:
            yield f"le commentaire {i} ne s’ouvre, ne se ferme et ne s’appelle pas dans cet ordre"


def _comment_places(parts: Parts) -> Iterator[str]:
    for mark in _document(parts).iter(W + "commentRangeStart", W + "commentRangeEnd", W + "commentReference"):
        if any(True for _ in mark.iterancestors(W + "txbxContent", W + "comment")):
            yield "un commentaire est placé dans une zone de texte"
    if any(True for name in parts if name.rpartition("/")[2] != "document.xml" for _ in parts[name].iter(W + "commentReference")):
        yield "un commentaire est placé dans une note, un en-tête ou un pied de page"


def _paragraphs(parts: Parts) -> Iterator[str]:
    identifiers = _values(_every(parts, W + "p", W + "tr"), W14 + "paraId")
    yield from (f"le paragraphe {i} est nommé deux fois" for i in _twice(identifiers))
    yield from (f"le nom de paragraphe {i} est hors limites" for i in identifiers if not 0 < int(i, 16) < _PARAGRAPH_LIMIT)


def _revisions(parts: Parts) -> Iterator[str]:
    yield from (f"la révision {i} est numérotée deux fois" for i in _twice(_values(_document(parts).iter(*_REVISIONS), W + "id")))
    for inserted in _document(parts).iter(W + "ins"):
        parent = inserted.getparent()
        if parent is None or parent.tag not in _INSERTED_IN:
            yield "une insertion suivie n’est ni dans un paragraphe ni sur sa marque"
        elif parent.tag == W + "p" and any(child.tag == W + "pPr" for child in inserted):
            yield "une insertion suivie contient les propriétés du paragraphe"
    if any(not e.get(W + "author") for e in _document(parts).iter(*_REVISIONS)):
        yield "une révision n’a pas d’auteur"


def _bookmarks(parts: Parts) -> Iterator[str]:
    starts = list(_document(parts).iter(W + "bookmarkStart"))
    names = _values(starts, W + "name")
    yield from (f"le signet {name} est posé deux fois" for name in _twice(n.lower() for n in names))
    yield from (f"le numéro de signet {i} est donné deux fois" for i in _twice(_values(starts, W + "id")))
    yield from (f"le nom de signet {n} est refusé" for n in names if len(n) > _NAME_LENGTH or not re.fullmatch(r"[^\W\d]\w*", n))
    ends = set(_values(_document(parts).iter(W + "bookmarkEnd"), W + "id"))
    yield from (f"le signet {i} ne se ferme pas" for i in sorted(set(_values(starts, W + "id")) - ends))
    asked = set(_values(_document(parts).iter(W + "hyperlink"), W + "anchor"))
    yield from (f"un lien mène au signet {name}, qui n’existe pas" for name in sorted(asked - set(names)))


def _styles(parts: Parts) -> Iterator[str]:
    known = set(_values(parts["word/styles.xml"].iter(W + "style"), W + "styleId"))
    yield from (f"le style {i} est défini deux fois" for i in _twice(_values(parts["word/styles.xml"].iter(W + "style"), W + "styleId")))
    used = _every(parts, *(W + name for name in ("pStyle", "rStyle", "tblStyle", "basedOn", "link", "next")))
    yield from (f"le style {i} n’existe pas" for i in sorted(set(_values(used, W + "val")) - known))


def _numbering(parts: Parts) -> Iterator[str]:
    root = parts.get("word/numbering.xml")
    numbers = [] if root is None else list(root.iter(W + "num"))
    known = {"0", *_values(numbers, W + "numId")}
    yield from (f"la liste {i} n’existe pas" for i in sorted(set(_values(_every(parts, W + "numId"), W + "val")) - known))
    models = set() if root is None else set(_values(root.iter(W + "abstractNum"), W + "abstractNumId"))
    asked = {v for n in numbers for v in _values(n.iter(W + "abstractNumId"), W + "val")}
    yield from (f"le modèle de liste {i} n’existe pas" for i in sorted(asked - models))


def _text(parts: Parts) -> Iterator[str]:
    for said in _every(parts, W + "t", W + "delText"):
        if (said.text or "") != (said.text or "").strip(" ") and said.get(_SPACE) != "preserve":
            yield f"les espaces de « {said.text} » seront perdues"
    for cell in _every(parts, W + "tc"):
        if len(cell) == 0 or cell[-1].tag not in {W + "p", W + "sdt"}:
            yield "une cellule ne se termine pas par un paragraphe"
    body = _document(parts).find(W + "body")
    if body is None or any(e.tag == W + "sectPr" for e in list(body)[:-1]):
        yield "du texte suit les propriétés de la dernière section"


def _drawings(parts: Parts) -> Iterator[str]:
    yield from (f"le dessin {i} est numéroté deux fois" for i in _twice(_values(_document(parts).iter(_DRAWN), "id")))


def _fields(parts: Parts) -> Iterator[str]:
    for name in (n for n in parts if n.startswith("word/") and n.endswith(".xml")):
        depth = 0
        for mark in parts[name].iter(W + "fldChar"):
            depth += {"begin": 1, "end": -1}.get(mark.get(W + "fldCharType", ""), 0)
            if depth < 0:
                break
        if depth:
            yield f"{name} : un champ ne se ferme pas"


_RULES: tuple[tuple[str, Callable[[Parts], Iterator[str]]], ...] = (
    ("relations", _links),
    ("17.13.4 commentaires", _comments),
    ("17.13.4 place des commentaires", _comment_places),
    ("paragraphes", _paragraphs),
    ("17.13.5 révisions", _revisions),
    ("17.13.6 signets", _bookmarks),
    ("17.7 styles", _styles),
    ("17.9 listes", _numbering),
    ("17.3.3 texte", _text),
    ("20.4.2 dessins", _drawings),
    ("17.16 champs", _fields),
)
