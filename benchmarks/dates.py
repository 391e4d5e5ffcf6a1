"""When: `python -m benchmarks.dates DATA... [--half dev|test] [--json]`, DATA being TimeML: .tml files, folders of
them, or a tar archive (gzipped or not).

`value_right` is the share of the DATE expressions whose value is a day, week, month or year (YYYY-MM-DD, YYYY-Www,
YYYY-Www-WE, YYYY-MM, YYYY, also of a part of them, mod START, MID or END) for which ours is right; the anchor is the
document's creation time. An expression is answered by the time found whose words (without "since", "until") share most
with its own. Our interval is right where its first and last day are those of the value; or where the words name a part
("early June", "later this year", mod START, MID or END) and ours lies within the value's; or where words before it open
ours at one side ("since", "until", "before", "after", "by"): then the side that they name must be the value's first day
("since", "after"), its last ("until", "by") or the day before its first ("before"). An expression not found is wrong.

`value_right_found` is the same among those found with an interval: what we answer is right so often. `span_f1` counts
expressions (of all four types) with exactly the same words, `overlap_f1` with a common word, `type_f1` those with a
common word and the same type. Nothing here finds "now", "recently" or "the future", which name no day.
"""

from __future__ import annotations

import re
import sys
import tarfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.common import Counts, arguments, report
from corroborate import model
from corroborate.read.encoder import Encoder
from corroborate.read.mentions import DateMention
from corroborate.read.when import intervals
from corroborate.read.when.anchors import Anchors
from corroborate.read.when.find import find_dates

_TYPES = {"date": "DATE", "time": "TIME", "period": "DURATION", "duration": "DURATION", "set": "SET"}
_PART = re.compile(r"\b(?:early|late|mid|earlier|later|beginning|start|end|middle)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Timex:
    """One TIMEX3: code points of the text, and its attributes."""

    start: int
    end: int
    type: str
    value: str
    mod: str | None


@dataclass(frozen=True, slots=True)
class Story:
    """One TimeML document: its name, its text, its creation day and its expressions."""

    name: str
    text: str
    created: date | None
    times: tuple[Timex, ...]


def main(given: Sequence[str] | None = None) -> int:
    """Measure the times of the documents given."""
    parser = arguments(__doc__)
    parser.add_argument(
        "--half", choices=("dev", "test"), help="only every other document by name (test: 2nd, 4th ...)"
    )
    options = parser.parse_args(given)
    stories = [story for path in options.data for story in read_stories(path)]
    if options.half:
        stories = sorted(stories, key=lambda story: story.name)[options.half == "test" :: 2]
    encoder = Encoder()
    tally = Tally()
    for story in stories:
        anchor = model.Published(start=story.created, end=story.created, basis="created") if story.created else None
        tally.add(story, find_dates(encoder.parse(story.text), Anchors(anchor), ranges=False))
    report("dates", tally.figures(len(stories)), (), options)
    return 0


def read_stories(path: Path) -> Iterator[Story]:
    """Yield the TimeML documents of a file, a folder or a tar archive; raise ValueError for one that is not XML."""
    if path.is_dir():
        for file in sorted(path.rglob("*.tml")):
            yield read_story(file.name, file.read_bytes())
    elif path.suffix == ".tml":
        yield read_story(path.name, path.read_bytes())
    else:
        with tarfile.open(path) as archive:
            for member in archive:
                data = archive.extractfile(member) if member.name.endswith(".tml") else None
                if data is not None and not Path(member.name).name.startswith("._"):
                    yield read_story(Path(member.name).name, data.read())


def read_story(name: str, data: bytes) -> Story:
    """Return one document; its text is that of the TEXT element."""
    try:
        root = ElementTree.fromstring(data)
    except ElementTree.ParseError as error:
        raise ValueError(f"{name}: {error}") from error
    body = root.find("TEXT")
    pieces: list[str] = []
    times: list[Timex] = []
    if body is not None:
        _walk(body, pieces, times)
    created = root.find("DCT/TIMEX3")
    value = created.get("value", "") if created is not None else ""
    day = re.match(r"\d{4}-\d\d-\d\d", value)
    return Story(name, "".join(pieces), date.fromisoformat(day[0]) if day else None, tuple(times))


def _walk(element: ElementTree.Element, pieces: list[str], times: list[Timex]) -> None:
    start = sum(map(len, pieces))
    pieces.append(element.text or "")
    for child in element:
        _walk(child, pieces, times)
        pieces.append(child.tail or "")
    if element.tag == "TIMEX3" and element.get("value"):
        end = sum(map(len, pieces))
        times.append(Timex(start, end, element.get("type", ""), element.get("value", ""), element.get("mod")))


def interval_of(value: str) -> tuple[date, date] | None:
    """Return the first and last day of a value that is a day, week, weekend, month or year; None for any other."""
    if day := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        found = intervals.day(*map(int, day.groups()))
    elif week := re.fullmatch(r"(\d{4})-W(\d\d?)(-WE)?", value):
        monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
        first = monday + timedelta(days=5) if week[3] else monday
        return first, monday + timedelta(days=6)
    elif month := re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", value):
        found = intervals.month(int(month[1]), int(month[2]))
    elif year := re.fullmatch(r"(?:19|20)\d\d", value):
        found = intervals.year(int(year[0]))
    else:
        return None
    return (found.start, found.end) if found and found.start and found.end else None


def is_right(text: str, wanted: Timex, found: DateMention) -> bool:
    """Say whether a time found has the wanted value, by the rule above."""
    days = interval_of(wanted.value)
    if days is None:
        return False
    first, last = days
    when = found.when
    lead = text[found.span.start : found.named.start].split()
    if lead:
        word = lead[0].lower()
        if word in ("since", "after"):
            return when.start == first
        return when.end == (first - timedelta(days=1) if word == "before" else last)
    if when.start is None or when.end is None:
        return False
    if (when.start, when.end) == days:
        return True
    part = wanted.mod in ("START", "MID", "END") or _PART.search(found.span.text) is not None
    return part and first <= when.start and when.end <= last


class Tally:
    """What was found over all documents."""

    def __init__(self) -> None:
        self.exact, self.overlap, self.typed = Counts(), Counts(), Counts()
        self.wanted = self.right = self.answered = 0
        self.by_unit: dict[str, list[int]] = {unit: [0, 0] for unit in ("day", "week", "month", "year")}
        self.wrong: list[tuple[str, str, str, str]] = []

    def add(self, story: Story, found: Sequence[DateMention]) -> None:
        """Count one document."""
        left = list(found)
        for counts in (self.exact, self.overlap, self.typed):
            counts.wanted += len(story.times)
            counts.found += len(found)
        for wanted in story.times:
            best = max(left, key=lambda m: _shared(m, wanted), default=None)
            if best is None or _shared(best, wanted) == 0:
                best = None
            else:
                left.remove(best)
                self.overlap.right += 1
                self.exact.right += (best.named.start, best.named.end) == (wanted.start, wanted.end)
                self.typed.right += _TYPES[best.kind] == wanted.type
            if wanted.type == "DATE" and interval_of(wanted.value) is not None:
                self._value(story, wanted, best)

    def _value(self, story: Story, wanted: Timex, found: DateMention | None) -> None:
        right = found is not None and is_right(story.text, wanted, found)
        answered = found is not None and (found.when.start is not None or found.when.end is not None)
        self.wanted += 1
        self.right += right
        self.answered += answered
        unit = "week" if "W" in wanted.value else {10: "day", 7: "month"}.get(len(wanted.value), "year")
        self.by_unit[unit][0] += right
        self.by_unit[unit][1] += 1
        if not right:
            said = f"{found.span.text!r} {found.when.start}..{found.when.end}" if found else "not found"
            around = story.text[max(0, wanted.start - 50) : wanted.end + 40].replace("\n", " ")
            self.wrong.append((wanted.value, story.text[wanted.start : wanted.end], said, around))

    def figures(self, documents: int) -> dict[str, float | None]:
        """Return the figures."""
        return {
            "value_right": _share(self.right, self.wanted),
            "value_right_found": _share(self.right, self.answered),
            **{f"value_right_{unit}": _share(*pair) for unit, pair in self.by_unit.items()},
            "span_f1": self.exact.f1,
            "overlap_f1": self.overlap.f1,
            "type_f1": self.typed.f1,
            "expressions": self.wanted,
            "documents": documents,
        }


def _shared(mention: DateMention, wanted: Timex) -> int:
    return max(0, min(mention.named.end, wanted.end) - max(mention.named.start, wanted.start))


def _share(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None


if __name__ == "__main__":
    sys.exit(main())
