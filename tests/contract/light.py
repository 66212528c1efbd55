"""The contract as Markdown and HTML."""

from html import escape

from contract import Contract, Item


def markdown(contract: Contract) -> bytes:
    """Return the contract in Markdown: numbers typed, footnotes at the end."""
    parts = [_markdown_group(kind, items) for kind, items in contract.groups()]
    parts += [f"[^{number}]: {words}" for number, words in contract.notes]
    return ("\n\n".join(parts) + "\n").encode()


def _markdown_group(kind: str, items: list[Item]) -> str:
    if kind == "row":
        lines = [item.text for item in items]
        return "\n".join([lines[0], "|---" * len(items[0].cells) + "|", *lines[1:]])
    separator = "\n" if kind in ("dash", "letter", "box") else "\n\n"
    marks = {"box": "- "}
    return separator.join("#" * (i.level or 0) + " " * bool(i.level) + marks.get(kind, "") + i.lead + _called(i, "[^{}]") for i in items)


def _called(item: Item, form: str) -> str:
    calls = [form.format(number) for number, _ in item.notes]
    return "".join(chunk + call for chunk, call in zip(item.chunks, [*calls, ""], strict=True))


def html(contract: Contract) -> bytes:
    """Return the contract as a web page: letters by the list, footnotes at the end with their back links."""
    body = "\n".join(_html_group(kind, items) for kind, items in contract.groups())
    notes = "".join(f'<li id="note{number}">{escape(words)}</li>' for number, words in contract.notes)
    page = (
        f'<!DOCTYPE html><html lang="fr"><head><meta charset="utf-8"><title>CCP</title></head><body>{body}'
        f'<section role="doc-endnotes"><ol>{notes}</ol></section><footer>{escape(contract.footer)}</footer></body></html>'
    )
    return page.encode()


def _html_group(kind: str, items: list[Item]) -> str:
    if kind == "row":
        rows = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in item.cells) + "</tr>" for item in items)
        return f"<table>{rows}</table>"
    if kind in ("dash", "letter"):
        tag = {"dash": "<ul>{}</ul>", "letter": '<ol type="a">{}</ol>'}[kind]
        return tag.format("".join(f"<li>{_html_words(item)}</li>" for item in items))
    return "\n".join(_html_line(item) for item in items)


def _html_line(item: Item) -> str:
    tag = f"h{item.level}" if item.level else "p"
    return f"<{tag}>{item.lead}{_html_words(item)}</{tag}>"


def _html_words(item: Item) -> str:
    calls = [f'<sup><a href="#note{number}" role="doc-noteref">{number}</a></sup>' for number, _ in item.notes]
    return "".join(escape(chunk) + call for chunk, call in zip(item.chunks, [*calls, ""], strict=True))
