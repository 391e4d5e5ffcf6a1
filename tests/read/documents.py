"""Documents for the reader's tests."""

from datetime import date

from corroborate.model import Document, Published


def document(
    text: str, *, outlet: str | None = "The Valley Post", title: str | None = None, day: date | None = None
) -> Document:
    """Return a document of that text as gather would hand it on."""
    published = Published(start=day, end=day, basis="metadata") if day else None
    return Document(
        id="d_test", evidence="sha256:0", within=None, url=None, archive_url=None, retrieved=None, name="test.txt",
        media_type="text/plain", outlet=outlet, title=title, author=None, language="en", text=text, published=published,
        sentences=(), segments=(),
    )  # fmt: skip
