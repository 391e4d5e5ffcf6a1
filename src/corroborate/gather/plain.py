"""Plain text: kept as decoded, with line ends as "\\n"; a block of labelled lines at its top is read as metadata."""

import re

from corroborate.gather.dates import published
from corroborate.gather.decode import Decoded
from corroborate.gather.item import Draft
from corroborate.model import Segment

# The labels that people put above a text they paste into a file.
_LABELS = {
    "title": "title", "headline": "title", "outlet": "outlet", "source": "outlet", "publisher": "outlet",
    "publication": "outlet", "date": "date", "published": "date", "url": "url", "link": "url",
    "archive": "archive_url", "archive url": "archive_url", "archived": "archive_url",
    "by": "author", "author": "author", "byline": "author", "note": "note",
}  # fmt: skip
_LINE = re.compile(r"([A-Za-z][A-Za-z ]{0,15}?)[ \t]*:[ \t]*(\S.*?)[ \t]*(?:\n|$)")
# One labelled line can be the text's own ("Source: a resident said"); two with an empty line after them are a header.
_FEWEST = 2


def read_plain(decoded: Decoded) -> Draft | None:
    """Return the draft of a plain text; None where it holds nothing but blanks."""
    text = decoded.text.replace("\r\n", "\n")
    if not text.strip():
        return None
    found, end = _header(text)
    header = Segment(start=0, end=end, text=text[:end], kind="boilerplate") if end else None
    return Draft(
        text=text,
        media_type="text/plain",
        segments=(header,) if header else (),
        title=found.get("title"),
        author=found.get("author"),
        outlet=found.get("outlet"),
        url=found.get("url"),
        archive_url=found.get("archive_url"),
        published=published(found["date"], "header") if "date" in found else None,
    )


def _header(text: str) -> tuple[dict[str, str], int]:
    """Return what a header block says, and where its last line ends (0: there is none)."""
    found: dict[str, str] = {}
    at = 0
    while match := _LINE.match(text, at):
        label = _LABELS.get(match[1].lower())
        if label is None or label in found:
            break
        found[label] = match[2]
        at = match.end()
    rest = text[at:]
    if len(found) < _FEWEST or (rest and not rest.startswith("\n")):
        return {}, 0
    return found, len(text[:at].rstrip("\n"))
