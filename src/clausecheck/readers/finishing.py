"""The last steps common to word-processing files: typed tables of contents, warnings."""

from collections.abc import Iterable, Sequence

from clausecheck.document import Document, DocumentBuilder
from clausecheck.readers.certificates import in_brackets
from clausecheck.readers.notices import Notices
from clausecheck.readers.toc import mark_typed_toc
from clausecheck.vocabulary import Layer


def metadata(entries: Iterable[tuple[str | None, str | None]]) -> list[tuple[str, str]]:
    """Keep the (name, text) pairs that have both, trimmed."""
    return [(name, text.strip()) for name, text in entries if name and text and text.strip()]


def finish(builder: DocumentBuilder, notices: Notices, *, signatures: Sequence[str], metadata: Sequence[tuple[str, str]]) -> Document:
    """Freeze the document; ``signatures``: the electronic signatures of the package, in words."""
    mark_typed_toc(builder.build(), builder)
    draft = builder.build()
    body = [draft.quote(block.span) for block in draft.blocks if block.layer is Layer.BODY]
    notices.tell(builder, sum(map(len, body)))
    if signatures:
        told = in_brackets(signatures)
        builder.warn("document_signe", f"le document est signé électroniquement{told}\u202f: toute modification rompt la signature")
    return builder.build(metadata=metadata)
