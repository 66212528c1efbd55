"""The annotated copy of a Word file: comments on the exact words, proposed clauses as tracked insertions."""

import posixpath
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml import etree

from clausecheck.errors import ReadError
from clausecheck.readers.docx import main_part, relations
from clausecheck.readers.docx_xml import RELATIONS, W, find, integer
from clausecheck.readers.package import Element, Package, open_package
from clausecheck.reporting.annotate.docx_runs import Cut, Locations, Range, put_marks, whole
from clausecheck.reporting.annotate.notes import AUTHOR, Job, Note, Said, Suggestion
from clausecheck.reporting.annotate.package import repacked, xml_bytes

_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_COMMENTS = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_KIND = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"

Marks = list[tuple[Cut, list[Element]]]


def annotate(data: bytes, job: Job) -> tuple[bytes, tuple[Note, ...]]:
    """Return the copy and the notes that found no place but its first comment. Raises ``ReadError`` for a strict OOXML."""
    package = open_package(data, job.document.source.path)
    main = main_part(package)
    if _STRICT in package.archive.read(main):
        message = f"« {package.path} » est un Open XML strict : enregistrez-le en « Document Word (.docx) » pour l’annoter."
        raise ReadError(message, "docx_strict")
    root, related = package.part(main), dict(relations(package, main))
    body = find(root, "body")
    if root is None or body is None:
        raise ReadError(f"« {package.path} » n’a plus de texte : relancez l’analyse.", "fichier_modifie")
    notes = {name: part for name in _note_parts(related) if (part := package.part(name)) is not None}
    comments = _Comments(package.part(related["comments"]) if "comments" in related else None)
    unplaced = _Copy(job, Locations(job.document, main, root, notes), body, comments).write()
    changed = {main: xml_bytes(root)}
    if "comments" in related:
        changed[related["comments"]] = xml_bytes(comments.root)
    else:
        changed |= _new_part(package, main, comments.root)
    return repacked(data, changed), unplaced


def _note_parts(related: Mapping[str, str]) -> list[str]:
    return [related[kind] for kind in ("footnotes", "endnotes") if kind in related]


def _new_part(package: Package, main: str, comments: Element) -> dict[str, bytes]:
    """Return the part of comments, and the two that must tell of it."""
    folder, name = posixpath.split(main)
    target = next(n for n in ("comments.xml", "comments-clausecheck.xml") if posixpath.join(folder, n) not in package.names)
    links, types = posixpath.join(folder, "_rels", f"{name}.rels"), "[Content_Types].xml"
    relation = {"Id": "rIdClausecheck", "Type": _KIND, "Target": target}
    override = {"PartName": f"/{posixpath.join(folder, target)}", "ContentType": _COMMENTS}
    return {
        posixpath.join(folder, target): xml_bytes(comments),
        links: _with(package.part(links), RELATIONS, "Relationships", "Relationship", relation),
        types: _with(package.part(types), _TYPES, "Types", "Override", override),
    }


def _with(root: Element | None, names: str, top: str, tag: str, attributes: dict[str, str]) -> bytes:
    root = etree.Element(names + top) if root is None else root
    etree.SubElement(root, names + tag, attributes)
    return xml_bytes(root)


class _Comments:
    """The part of comments, new or that of the file; its own are kept."""

    def __init__(self, root: Element | None) -> None:
        self.root = etree.Element(W + "comments", nsmap={"w": W[1:-1]}) if root is None else root
        self._next = 1 + max([integer(c.get(W + "id")) or 0 for c in self.root.iter(W + "comment")], default=-1)

    def add(self, said: Iterable[Said]) -> str:
        """Add a comment and return its identifier."""
        identifier = str(self._next)
        self._next += 1
        names = {"id": identifier, "author": AUTHOR, "initials": "cc"}
        comment = etree.SubElement(self.root, W + "comment", {W + name: value for name, value in names.items()})
        for line in said:
            comment.append(_paragraph(line.text, strong=line.strong))
        return identifier


class _Copy:
    """The body being annotated."""

    def __init__(self, job: Job, locations: Locations, body: Element, comments: _Comments) -> None:
        self._job, self._locations, self._body, self._comments = job, locations, body, comments
        identifiers = [integer(e.get(W + "id")) or 0 for e in body.iter() if e.get(W + "id")]
        self._revisions = iter(range(1 + max(identifiers, default=0), 1 << 31))

    def write(self) -> tuple[Note, ...]:
        """Put every comment and insertion; return the notes without a place."""
        ranges = [(note, self._locations.range_of(note.span)) for note in self._job.notes]
        places = [(s, None if s.after is None else self._locations.paragraph_of(s.after)) for s in self._job.suggestions]
        unplaced = tuple(note for note, where in ranges if where is None)
        first = next(p for p in self._body.iter(W + "p") if next(p.iterancestors(W + "txbxContent"), None) is None)
        opening = self._comment(whole(first), self._job.cover(unplaced))
        commented = [self._comment(where, note.said if where.exact else note.citing()) for note, where in ranges if where is not None]
        put_marks(_ordered([opening, *commented]), self._revisions)
        self._insert(places)
        return unplaced

    def _comment(self, where: Range, said: Iterable[Said]) -> Marks:
        start, *end = _marks(self._comments.add(said))
        return [(where.start, [start]), (where.end, end)]

    def _insert(self, places: Sequence[tuple[Suggestion, Element | None]]) -> None:
        last: dict[Element | None, Element] = {}
        for suggestion, paragraph in places:
            target = None if paragraph is None else _child_of(self._body, paragraph)
            new = self._insertion(suggestion)
            if target in last:
                last[target].addnext(new)
            elif target is None:
                _append(self._body, new)
            else:
                target.addnext(new)
            last[target] = new

    def _insertion(self, suggestion: Suggestion) -> Element:
        """Return a paragraph wholly inserted, its mark included, with its comment."""
        paragraph = _paragraph(suggestion.wording)
        mark = etree.Element(W + "pPr")
        etree.SubElement(mark, W + "rPr").append(self._revision())
        inserted = self._revision()
        inserted.extend(list(paragraph))
        start, *end = _marks(self._comments.add(suggestion.note))
        paragraph.extend([mark, start, inserted, *end])
        return paragraph

    def _revision(self) -> Element:
        return etree.Element(W + "ins", {W + "id": str(next(self._revisions)), W + "author": AUTHOR})


def _ordered(comments: Sequence[Marks]) -> Iterator[tuple[Cut, list[Element]]]:
    """Yield every end, then every start: where one comment stops and another begins, they do not cross."""
    yield from (end for _, end in comments)
    yield from (start for start, _ in comments)


def _marks(identifier: str) -> list[Element]:
    """Return the start of a range, its end, and the run that refers to the comment."""
    start, end = (etree.Element(W + name, {W + "id": identifier}) for name in ("commentRangeStart", "commentRangeEnd"))
    run = etree.Element(W + "r")
    etree.SubElement(run, W + "commentReference", {W + "id": identifier})
    return [start, end, run]


def _paragraph(text: str, *, strong: bool = False) -> Element:
    paragraph = etree.Element(W + "p", nsmap={"w": W[1:-1]})
    run = etree.SubElement(paragraph, W + "r")
    if strong:
        etree.SubElement(etree.SubElement(run, W + "rPr"), W + "b")
    etree.SubElement(run, W + "t", {_XML_SPACE: "preserve"}).text = text
    return paragraph


def _child_of(body: Element, paragraph: Element) -> Element:
    """Return the child of ``body`` that holds ``paragraph``: itself, its table, its content control."""
    return next((a for a in (paragraph, *paragraph.iterancestors()) if a.getparent() is body), paragraph)


def _append(body: Element, new: Element) -> None:
    """Add at the end of the text, before the properties of the last section."""
    section = body.find(W + "sectPr")
    if section is None:
        body.append(new)
    else:
        section.addprevious(new)
