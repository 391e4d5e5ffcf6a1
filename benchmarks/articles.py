"""Articles of corpora as documents: what the benchmarks hand to the reader in place of gathered files."""

from __future__ import annotations

from datetime import date

from corroborate.gather.html_meta import unarchived
from corroborate.model import Document, Published
from corroborate.model.ids import document_id, evidence_id


def article(name: str, title: str, text: str, published: str, url: str | None = None) -> Document:
    """Return an article as a document: its title stands above its text, its day is known where `published` is an ISO
    day.
    """
    whole = f"{title.strip()}\n\n{text.strip()}" if title.strip() else text.strip()
    evidence = evidence_id(whole.encode())
    try:
        day = date.fromisoformat(published[:10])
    except ValueError:
        day = None
    address = unarchived(url) if url else None
    return Document(
        id=document_id(evidence, name),
        evidence=evidence,
        within=None,
        url=address,
        archive_url=url if address != url else None,
        retrieved=None,
        name=name,
        media_type="text/plain",
        outlet=None,
        title=title.strip() or None,
        author=None,
        language="en",
        text=whole,
        published=Published(start=day, end=day, basis="metadata") if day else None,
        sentences=(),
        segments=(),
    )
