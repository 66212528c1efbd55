"""The last steps common to word-processing files: typed tables of contents, warnings."""

from collections.abc import Iterable, Sequence

from clausecheck.document import Document, DocumentBuilder
from clausecheck.readers.notices import Notices
from clausecheck.readers.toc import mark_typed_toc
from clausecheck.vocabulary import Layer


def metadata(entries: Iterable[tuple[str | None, str | None]]) -> list[tuple[str, str]]:
    """Keep the (name, text) pairs that have both, trimmed."""
    return [(name, text.strip()) for name, text in entries if name and text and text.strip()]


def finish(builder: DocumentBuilder, notices: Notices, *, signed: bool, metadata: Sequence[tuple[str, str]]) -> Document:
    """Freeze the document; ``signed``: the package carries an electronic signature."""
    mark_typed_toc(builder.build(), builder)
    draft = builder.build()
    body = [draft.quote(block.span) for block in draft.blocks if block.layer is Layer.BODY]
    notices.tell(builder, sum(map(len, body)))
    if signed:
        builder.warn("document_signe", "le document est signé électroniquement\u202f: toute modification rompt la signature")
    return builder.build(metadata=metadata)
