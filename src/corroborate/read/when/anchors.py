"""From which day a text is to be understood: the page's, its dateline's, an embedded post's, or what bounds it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from corroborate.model import Document, Published, Segment
from corroborate.read.when.intervals import Interval
from corroborate.read.when.shapes import found_shapes
from corroborate.read.when.values import work_out

_LEAST_LAG = timedelta(days=7)
"""How long after its last embedded post a text may have been written, at least: "this past Sunday" is of the last week.
Of the articles with a date and embedded posts at hand (three, FA-KES) none came later than two days after the last."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """The day of the page, and of each embedded post as (start, end, day); offsets are code points of the document."""

    page: Published | None = None
    posts: tuple[tuple[int, int, Published], ...] = ()

    def at(self, offset: int) -> Published | None:
        """Return from when what stands at an offset is told: its post's day, else the page's."""
        return next((day for start, end, day in self.posts if start <= offset < end), self.page)

    @staticmethod
    def of(document: Document, segments: Sequence[Segment]) -> "Anchors":
        """Return the anchors of a document whose datelines and posts are found.

        The dateline's day comes before the page's, which may be later (a report that is printed again) or somebody's
        entry of the day of the event; a day of updating counts only where it is not later. Without either, the page
        was written when its last embedded post was there, and within the widest gap between its posts (at least a
        week) after it.
        """
        posts = tuple(
            (piece.start, piece.end, Published(start=day, end=day, basis="embedded post"))
            for piece in segments
            if piece.post is not None and (day := piece.post.date) is not None
        )
        page = _dateline(document.published, segments) or document.published
        if page is None and posts:
            page = _bounded(sorted({day.start for _, _, day in posts}), document)
        return Anchors(page, posts)


def _dateline(published: Published | None, segments: Sequence[Segment]) -> Published | None:
    base = Interval(published.start, published.end, "day") if published else None
    for piece in segments:
        if piece.kind != "dateline":
            continue
        for shape, match in found_shapes(piece.text):
            found = work_out(shape, match.groupdict(), base).interval
            single = found.start is not None and found.start == found.end
            full = match.groupdict().get("y") is not None and "updat" not in piece.text.lower()
            if single and found.start and (full or published is None or found.start <= published.end):
                return Published(start=found.start, end=found.start, basis="dateline")
    return None


def _bounded(days: Sequence[date], document: Document) -> Published:
    gaps = [later - earlier for earlier, later in pairwise(days)]
    last = days[-1] + max([_LEAST_LAG, *gaps])
    if document.retrieved is not None and document.retrieved.date() >= days[-1]:
        last = min(last, document.retrieved.date())
    return Published(start=days[-1], end=last, basis="last embedded post and the days after it,")
