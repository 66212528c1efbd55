"""E-mail reader: the body as a document, the attachments as members to read in turn."""

import hashlib
from email import policy
from email.message import EmailMessage, MIMEPart
from email.parser import BytesParser

from clausecheck.document import Document, DocumentBuilder, Source
from clausecheck.readers.archives import Member
from clausecheck.readers.outline import Outline
from clausecheck.readers.plaintext import add_text

_HEADERS = (("subject", "objet"), ("from", "de"), ("to", "à"), ("date", "date"))


def read_mail(data: bytes, path: str) -> tuple[Document, list[Member]]:
    """Return the body of a message and its attachments."""
    message = BytesParser(policy=policy.default).parsebytes(data)
    source = Source(path, hashlib.sha256(data).hexdigest(), "eml", len(data))
    return _body(message, source), [_member(part, rank) for rank, part in enumerate(message.iter_attachments(), 1)]


def _body(message: EmailMessage, source: Source) -> Document:
    metadata = [(label, str(message[name])) for name, label in _HEADERS if message[name]]
    body = message.get_body(preferencelist=("plain", "html"))
    if body is not None and body.get_content_type() == "text/html":
        from dataclasses import replace

        from clausecheck.readers import html

        return replace(html.read(_text(body).encode(), source), metadata=tuple(metadata))
    builder = DocumentBuilder(source)
    if body is not None:
        add_text(Outline(builder), _text(body).splitlines())
    return builder.build(metadata=metadata)


def _text(part: MIMEPart) -> str:
    try:
        return str(part.get_content())
    except (LookupError, UnicodeDecodeError):
        payload = part.get_payload(decode=True)
        return payload.decode("cp1252", "replace") if isinstance(payload, bytes) else ""


def _member(part: EmailMessage, rank: int) -> Member:
    name = (part.get_filename() or f"piece-{rank}").replace("\\", "/").rsplit("/", 1)[-1]
    if part.get_content_type() == "message/rfc822":
        return Member(name if name.endswith(".eml") else f"{name}.eml", part.get_payload(0).as_bytes())  # type: ignore[union-attr]
    payload = part.get_payload(decode=True)
    return Member(name, payload if isinstance(payload, bytes) else b"")
