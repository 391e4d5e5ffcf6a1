"""Places in a text, and the documents that hold them.

Offsets are code points into the document's text as kept, end exclusive; `text[start:end]` equals the `text` given.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

SegmentKind = Literal["dateline", "heading", "body", "post", "caption", "boilerplate"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A stretch of a document's text: code points, end exclusive."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Span":
        """Return the span of `text` from `start` to `end`; raise ValueError if that is not inside the text."""
        if not 0 <= start < end <= len(text):
            raise ValueError(f"span {start}:{end} is not inside a text of {len(text)} code points")
        return Span(start=start, end=end, text=text[start:end])

    def covers(self, other: "Span") -> bool:
        """Say whether the other span lies wholly within this one."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Say whether the two spans share at least one code point."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """The feed, archive or file that an item came in: its evidence ("sha256:" and hex) and the item's part in it."""

    evidence: str
    part: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """When a document was published: the first and last day it can have been, and what says so."""

    start: date
    end: date
    basis: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What is known of a social post: its author's name, handle (without the @), day and links."""

    author: str | None
    handle: str | None
    date: date | None
    links: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment(Span):
    """A part of a document that must be read in its own way; `post` is set where the kind is post."""

    kind: SegmentKind
    post: Post | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One acquisition of one text. See docs/records.md for each field."""

    id: str
    evidence: str
    within: Within | None
    url: str | None
    archive_url: str | None
    retrieved: datetime | None
    name: str
    media_type: str
    outlet: str | None
    title: str | None
    author: str | None
    language: str | None
    text: str
    published: Published | None
    sentences: tuple[tuple[int, int], ...]
    segments: tuple[Segment, ...]

    @property
    def report(self) -> str:
        """The text, of the same length, with spaces in place of what belongs to the page alone."""
        parts, at = [], 0
        for segment in self.segments:
            if segment.kind == "boilerplate":
                parts += [self.text[at : segment.start], " " * (segment.end - segment.start)]
                at = segment.end
        return "".join([*parts, self.text[at:]])
