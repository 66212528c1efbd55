"""The report as Markdown (CommonMark, with GitHub's tables): words of the contract are escaped, never interpreted."""

import re

from clausecheck.reporting.blocks import Block, Contents, Heading, Items, Paragraph, Role, Table
from clausecheck.reporting.outline import outline
from clausecheck.reporting.typography import NNBSP
from clausecheck.reporting.view import ReportView

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$])|(?<=https)(?=:)|(?<=http)(?=:)|(?<=ftp)(?=:)|(?<=www)(?=\.)")
_OPENING = re.compile(r"^(\d{1,9})?([-+#=.):])", re.MULTILINE)


def render(view: ReportView) -> str:
    """Return the report, ending with a newline."""
    said = outline(view)
    blocks = [f"# {escape(said.title)}", *(_block(block) for block in said.blocks)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def escape(text: str) -> str:
    """Return ``text`` so that Markdown shows it as it is."""
    lines = "\n".join(line.strip() for line in text.splitlines() if line.strip())
    marked = _SPECIAL.sub(lambda found: f"\\{found[0]}", lines)
    return _OPENING.sub(lambda found: f"{found[1] or ''}\\{found[2]}", marked)


def _block(block: Block) -> str:
    match block:
        case Heading(level=level, text=text):
            return f"{'#' * (level + 1)} {escape(text)}"
        case Paragraph():
            return _paragraph(block)
        case Items(items=items):
            return "\n".join(f"- {_folded(item, '  ')}" for item in items)
        case Table():
            return _table(block)
        case Contents():
            return ""  # readers of Markdown make their own


def _paragraph(block: Paragraph) -> str:
    text = escape(block.text)
    if block.role is Role.QUOTE:
        return f"> {_folded(block.text, '> ')}"
    if block.role in {Role.STATUS, Role.DECISION}:
        return f"**{text}**"
    if block.label:
        return f"**{escape(block.label)}{NNBSP}:** {text}" if text else f"**{escape(block.label)}**"
    return text


def _folded(text: str, indent: str) -> str:
    """Keep the lines of ``text`` inside the list item or the quote that holds them."""
    return escape(text).replace("\n", f"\n{indent}")


def _table(block: Table) -> str:
    rows = [block.header, tuple("---" for _ in block.header), *(tuple(_cell(c) for c in row) for row in block.rows)]
    return f"*{escape(block.caption)}*\n\n" + "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cell(text: str) -> str:
    return escape(text).replace("\n", " ")
