"""The document model: one text, one offset space, every character traceable to its place on paper."""

from clausecheck.document.builder import DocumentBuilder
from clausecheck.document.model import (
    Anchor,
    Block,
    Coverage,
    Document,
    PageLocator,
    ParagraphLocator,
    Problem,
    Source,
    TextSpan,
)

__all__ = [
    "Anchor",
    "Block",
    "Coverage",
    "Document",
    "DocumentBuilder",
    "PageLocator",
    "ParagraphLocator",
    "Problem",
    "Source",
    "TextSpan",
]
