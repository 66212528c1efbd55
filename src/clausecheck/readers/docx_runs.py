"""The inside of a DOCX paragraph: what is read, what is deleted, hidden, noted or boxed aside."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from clausecheck.document import ParagraphLocator
from clausecheck.document.builder import Piece
from clausecheck.readers.docx_styles import Style, Styles
from clausecheck.readers.docx_xml import MC, W14, M, Members, W, find, integer, members, switched, text_boxes, toggle, val, visible_branch
from clausecheck.readers.notices import Notices, Revision
from clausecheck.readers.package import Element
from clausecheck.readers.pieces import BREAK, clean
from clausecheck.readers.printed import Printed
from clausecheck.readers.symbols import TICKED, UNTICKED, decode, is_symbol_font, symbol

_TRANSPARENT = {W + name for name in ("hyperlink", "smartTag", "customXml", "fldSimple", "moveTo", "dir", "bdo", "sdtContent", "rubyBase")}
_BOXES = {W + name for name in ("drawing", "pict", "object")}
_FIXED = {"tab": "\t", "ptab": "\t", "cr": BREAK, "noBreakHyphen": "-"}
_TEXTS = (W + "t", W + "delText")
_HEX = re.compile(r"[0-9A-Fa-f]{1,5}")
_NOTES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote", W + "commentReference": "comment"}


@dataclass(slots=True)
class Fields:
    """Open fields of a part: Word nests them and lets them span paragraphs."""

    balanced: bool
    _open: list[list[str]] = field(default_factory=list)
    _in_result: list[bool] = field(default_factory=list)

    def mark(self, kind: str | None) -> None:
        """Follow a ``w:fldChar``: begin, separate or end."""
        if kind == "begin":
            self._open.append([])
            self._in_result.append(False)
        elif kind == "separate" and self._open:
            self._in_result[-1] = True
        elif kind == "end" and self._open:
            self._open.pop()
            self._in_result.pop()

    def instruct(self, text: str) -> None:
        """Add to the instruction of the innermost field."""
        if self._open:
            self._open[-1].append(text)

    @property
    def in_code(self) -> bool:
        """True inside an instruction, whose text is not printed; never in a part whose fields do not close."""
        return self.balanced and not all(self._in_result)

    @property
    def in_toc(self) -> bool:
        """True in the result of a table of contents."""
        return self.balanced and any("".join(code).split()[:1] == ["TOC"] for code in self._open)


@dataclass(slots=True)
class Inline(Printed):
    """What a paragraph holds. ``notes``: (footnote | endnote | comment, identifier) in order; ``toc``: characters of contents."""

    deleted: list[tuple[Revision, list[Piece]]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    toc: int = 0


class Runs:
    """Reads the runs of one part's paragraphs."""

    def __init__(self, part: str, root: Element, styles: Styles, notices: Notices) -> None:
        self._part = part
        self._styles = styles
        self._notices = notices
        self._paragraphs = {paragraph: index for index, paragraph in enumerate(root.iter(W + "p"))}
        marks = [mark.get(W + "fldCharType") for mark in root.iter(W + "fldChar")]
        self._fields = Fields(balanced=marks.count("begin") == marks.count("end"))

    def read(self, paragraph: Element, style: Style, deletion: Revision | None = None) -> Inline:
        """Return the content of ``paragraph``; ``deletion``: who deleted all of it, if anyone."""
        return _ParagraphRuns(self, paragraph, style).read(deletion)

    @property
    def fields(self) -> Fields:
        """The fields open at this point of the part."""
        return self._fields

    @property
    def notices(self) -> Notices:
        """Where oddities are counted."""
        return self._notices

    def place(self, paragraph: Element) -> ParagraphLocator:
        """Return the place where ``paragraph`` starts."""
        return ParagraphLocator(self._part, self._paragraphs[paragraph])

    def character_style(self, style_id: str | None) -> Style:
        """Return a character style."""
        return self._styles.character(style_id)


@dataclass(slots=True)
class _Look:
    bold: bool = False
    hidden: bool = False
    font: str | None = None


class _ParagraphRuns:
    """One paragraph being read."""

    def __init__(self, runs: Runs, paragraph: Element, style: Style) -> None:
        self._runs = runs
        self._paragraph = paragraph
        self._place = runs.place(paragraph)
        self._style = style
        self._order = {run: index for index, run in enumerate(paragraph.iter(W + "r"))}
        self._found = Inline()
        self._deletion: Revision | None = None
        self._offset = 0

    def read(self, deletion: Revision | None) -> Inline:
        self._deletion = deletion
        self._children(self._paragraph)
        return self._found

    def _children(self, parent: Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._run(child)
            elif tag in _TRANSPARENT:
                self._children(child)
            elif tag == W + "ins":
                self._runs.notices.insertions[revision(child)] += 1
                self._children(child)
            elif tag in (W + "del", W + "moveFrom"):
                self._deleted(child)
            elif tag == W + "sdt":
                self._control(child)
            elif tag == MC + "AlternateContent":
                self._alternate(child, self._children)
            elif tag in (M + "oMath", M + "oMathPara"):
                self._math(child)

    def _alternate(self, element: Element, read: Callable[[Element], None]) -> None:
        branch = visible_branch(element)
        if branch is not None:
            read(branch)

    def _deleted(self, element: Element) -> None:
        outer, self._deletion = self._deletion, revision(element)
        self._children(element)
        self._deletion = outer

    def _math(self, element: Element) -> None:
        for text in element.iter(M + "t"):
            self._keep([(text.text or "", self._place)], _Look())

    def _control(self, element: Element) -> None:
        box = next(element.iter(W14 + "checkbox"), None)
        content = find(element, "sdtContent")
        if content is None:
            return
        if box is None or box.getparent() is not find(element, "sdtPr"):
            self._children(content)
            return
        checked = box.find(W14 + "checked")
        state = checked is not None and checked.get(W14 + "val", "1") in ("1", "true", "on")
        run = next(content.iter(W + "r"), None)
        self._keep([(TICKED if state else UNTICKED, self._locator(run))], _Look())

    def _locator(self, run: Element | None) -> ParagraphLocator:
        if run is None:
            return self._place
        return ParagraphLocator(self._place.part, self._place.paragraph, self._order.get(run), self._offset)

    def _run(self, run: Element) -> None:
        self._offset = 0
        properties = members(find(run, "rPr"))
        style = self._runs.character_style(val(properties.get(W + "rStyle")))
        look = _Look(
            bold=switched(properties, "b", inherited=style.bold or self._style.bold),
            hidden=switched(properties, "vanish", inherited=style.hidden or self._style.hidden),
            font=_font(properties),
        )
        self._content(run, run, look)

    def _content(self, parent: Element, run: Element, look: _Look) -> None:
        for child in parent:
            text = self._text(child, look)
            if text:
                self._keep(list(self._cleaned(text, run)), look)
                self._offset += len(text)
            elif child.tag == MC + "AlternateContent":
                self._alternate(child, lambda branch: self._content(branch, run, look))
            else:
                self._mark(child, run, look)

    def _text(self, child: Element, look: _Look) -> str:
        tag = child.tag
        if tag in _TEXTS:
            text = child.text or ""
            return decode(text, look.font) if look.font else text
        name = str(tag).removeprefix(W)
        if name == "br":
            return BREAK if child.get(W + "type") != "page" else BREAK * 2
        if name == "sym":
            code = child.get(W + "char") or ""
            return symbol(int(code, 16), child.get(W + "font") or "") if _HEX.fullmatch(code) else ""
        return _FIXED.get(name, "")

    def _cleaned(self, text: str, run: Element) -> Iterator[Piece]:
        if text and not text.strip(BREAK):
            yield from [(BREAK, self._locator(run))] * len(text)
        else:
            yield from clean(text, self._locator(run))

    def _mark(self, child: Element, run: Element, look: _Look) -> None:
        tag = child.tag
        if tag == W + "fldChar":
            self._runs.fields.mark(child.get(W + "fldCharType"))
            self._form_field(child, run, look)
        elif tag in (W + "instrText", W + "delInstrText"):
            self._runs.fields.instruct(child.text or "")
        elif tag in _NOTES:
            self._found.notes.append((_NOTES[tag], child.get(W + "id") or ""))
        elif tag in _BOXES:
            self._drawing(child)
        elif tag == W + "ruby":
            self._children(child)

    def _form_field(self, mark: Element, run: Element, look: _Look) -> None:
        data = find(mark, "ffData")
        box = find(data, "checkBox")
        if box is not None:
            checked = toggle(members(box), "checked", "default") or False
            self._keep([(TICKED if checked else UNTICKED, self._locator(run))], look, printed=True)
        choices = find(data, "ddList")
        if choices is not None:
            entries = [entry.get(W + "val") or "" for entry in choices.findall(W + "listEntry")]
            chosen = integer(val(choices, "result")) or 0
            self._keep([(text, self._locator(run)) for text in entries[chosen : chosen + 1]], look, printed=True)

    def _drawing(self, element: Element) -> None:
        boxes = list(text_boxes(element))
        self._found.boxes.extend(boxes)
        if element.tag == W + "object":
            self._runs.notices.unread["objet incorporé"] += 1
        elif not boxes and any(str(node.tag).endswith(("}blip", "}imagedata")) for node in element.iter()):
            self._runs.notices.images += 1
        elif any(str(node.tag).endswith(("/diagram}relIds", "/chart}chart")) for node in element.iter()):
            self._runs.notices.unread["graphique ou schéma"] += 1

    def _keep(self, pieces: list[Piece], look: _Look, *, printed: bool = False) -> None:
        """File ``pieces`` where they belong; ``printed``: shown although inside a field's instruction."""
        if self._runs.fields.in_code and not printed:
            return
        if self._deletion is not None:
            self._file_deletion(pieces)
            return
        shown = self._found.keep(pieces, bold=look.bold, hidden=look.hidden)
        self._found.toc += shown if self._runs.fields.in_toc else 0

    def _file_deletion(self, pieces: list[Piece]) -> None:
        deleted = self._found.deleted
        if deleted and deleted[-1][0] == self._deletion:
            deleted[-1][1].extend(pieces)
        elif self._deletion is not None:
            deleted.append((self._deletion, list(pieces)))


def revision(element: Element) -> Revision:
    """Return who made a tracked change, and when."""
    return element.get(W + "author") or "", element.get(W + "date") or ""


def _font(properties: Members) -> str | None:
    fonts = properties.get(W + "rFonts")
    font = None if fonts is None else fonts.get(W + "ascii")
    return font if is_symbol_font(font) else None
