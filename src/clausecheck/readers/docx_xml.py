"""Names and attributes of WordprocessingML."""

from collections.abc import Iterator, Mapping

from clausecheck.readers.package import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"

Members = Mapping[str, Element]
_FALSE = ("0", "false", "off", "none")


def find(element: Element | None, *path: str) -> Element | None:
    """Follow ``path`` of ``w:`` names through the first children; None where one is missing."""
    for name in path:
        if element is None:
            return None
        element = next(element.iterchildren(W + name), None)
    return element


def members(element: Element | None) -> Members:
    """Return the children of ``element`` by name, the first of each: one pass where several are asked for."""
    return {} if element is None else {str(child.tag): child for child in element.iterchildren(reversed=True)}


def val(element: Element | None, *path: str) -> str | None:
    """Return ``w:val`` of the element at ``path``, None when absent."""
    found = find(element, *path)
    return None if found is None else found.get(W + "val")


def integer(text: str | None) -> int | None:
    """Return ``text`` as an integer, None when it is absent or no integer."""
    try:
        return int(text) if text is not None else None
    except ValueError:
        return None


def toggle(properties: Members, *names: str) -> bool | None:
    """Return the on/off property first found among ``names``, None when none is set."""
    for name in names:
        found = properties.get(W + name)
        if found is not None:
            return found.get(W + "val", "1") not in _FALSE
    return None


def switched(properties: Members, name: str, *, inherited: bool) -> bool:
    """Return the on/off property ``name``, ``inherited`` when it is not set."""
    own = toggle(properties, name)
    return inherited if own is None else own


def visible_branch(alternate: Element) -> Element | None:
    """Return the branch of ``mc:AlternateContent`` to read: the first that holds text, else the first."""
    branches = [branch for branch in alternate if branch.tag in (MC + "Choice", MC + "Fallback")]
    with_text = [branch for branch in branches if next(branch.iter(W + "t", W + "sym"), None) is not None]
    return next(iter(with_text or branches), None)


def text_boxes(element: Element) -> Iterator[Element]:
    """Yield the outermost ``w:txbxContent`` under ``element``, each box once."""
    for child in element:
        if child.tag == W + "txbxContent":
            yield child
        elif child.tag == MC + "AlternateContent":
            branch = visible_branch(child)
            if branch is not None:
                yield from text_boxes(branch)
        else:
            yield from text_boxes(child)


def printed_length(child: Element) -> int:
    """Return how many characters of a run ``child`` stands for, as the offset of a ``ParagraphLocator`` counts them."""
    name = str(child.tag).removeprefix(W)
    if name in ("t", "delText"):
        return len(child.text or "")
    if name == "br":
        return 2 if child.get(W + "type") == "page" else 1
    if child.tag == MC + "AlternateContent":
        branch = visible_branch(child)
        return 0 if branch is None else sum(map(printed_length, branch))
    return int(name in ("tab", "ptab", "cr", "noBreakHyphen", "sym"))
