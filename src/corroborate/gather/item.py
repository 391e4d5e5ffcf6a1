"""What the steps of gathering hand to each other: an item as found, a draft of its text, a document with its bytes."""

from dataclasses import dataclass
from datetime import datetime

from corroborate.errors import Problem
from corroborate.model import Document, Post, Published, Segment, SegmentKind, Within


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing found, as bytes: a file, a member of an archive, or standard input.

    `name` is the path as given, for messages ("-" for standard input, "archive.zip!member" for a member); `label` is
    the same without the folder that was asked for, so that it is equal on every machine. `unpacked` is true for an
    archive whose members follow as items of their own: its bytes are evidence, and it gives no documents itself.
    The fields after `retrieved` are what a sidecar file says of it.
    """

    name: str
    label: str
    data: bytes
    within: Within | None = None
    unpacked: bool = False
    url: str | None = None
    archive_url: str | None = None
    retrieved: datetime | None = None
    outlet: str | None = None
    published: Published | None = None
    title: str | None = None
    author: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A document and its own bytes, whose SHA-256 is the document's `evidence`: the item's, or one line's of it."""

    document: Document
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a format tells of one document. `problems` are things that went wrong on the way, as code and detail."""

    text: str
    media_type: str
    segments: tuple[Segment, ...] = ()
    title: str | None = None
    author: str | None = None
    outlet: str | None = None
    url: str | None = None
    archive_url: str | None = None
    published: Published | None = None
    problems: tuple[tuple[str, str], ...] = ()

    def problems_of(self, name: str) -> list[Problem]:
        """Return the problems as values that name the item."""
        return [Problem(code=code, name=name, detail=detail) for code, detail in self.problems]


class Paragraphs:
    """A text that is put together from paragraphs, with an empty line between them, and the segments among them."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._segments: list[Segment] = []

    def add(self, text: str, kind: SegmentKind | None = None, post: Post | None = None) -> None:
        """Append a paragraph, passing over an empty one; with a kind it becomes a segment."""
        text = text.strip()
        if not text:
            return
        if self._parts:
            self._parts.append("\n\n")
            self._length += 2
        start = self._length
        self._parts.append(text)
        self._length += len(text)
        if kind is not None:
            self._segments.append(Segment(start=start, end=self._length, text=text, kind=kind, post=post))

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(self._parts)

    @property
    def segments(self) -> tuple[Segment, ...]:
        """The segments, in the order of the text."""
        return tuple(self._segments)


def printable(text: str) -> str:
    """Return text that can be written as UTF-8: lone surrogates and NUL, which JSON and PDF can hold, as U+FFFD."""
    return "".join("\ufffd" if c == "\0" or "\ud800" <= c <= "\udfff" else c for c in text)
