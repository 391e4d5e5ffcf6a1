"""Embedded social posts, found by their tail: display name, handle and date, with or without any punctuation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from corroborate.model import Post

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?"
    r"|Nov(?:ember)?|Dec(?:ember)?)"
)
"""A month's English name or its abbreviation, as a regular expression."""
_DATE = (
    rf"(?:\d{{1,2}}:\d{{2}}\s*(?:[AP]M)?\s*[·•\-–]?\s*)?"
    rf"(?:(?P<month>{MONTH})\.?\s+(?P<day>\d{{1,2}}),?|(?P<day2>\d{{1,2}})\s+(?P<month2>{MONTH})\.?,?)"
    r"\s+(?P<year>20\d\d)\b"
)
# Twitter's own rule: a handle has at most 15 letters, digits and underscores.
_WITH_AT = re.compile(rf"\(?@(?P<handle>\w{{1,15}})\)?\s*[,·•\-–—]?\s*{_DATE}")
_WITHOUT_AT = re.compile(rf"\b(?P<handle>[A-Za-z0-9_]{{4,15}})\s+{_DATE}")
_IN_BRACKETS = re.compile(rf"\((?P<handle>[A-Za-z0-9_]{{4,15}})\)\s*[,·•\-–—]?\s*{_DATE}")
# A handle that has lost its @ is only recognised where it is written as no word is: a capital after a small letter, a
# digit or an underscore within.
_HANDLE_SHAPE = re.compile(r"[a-z][A-Z]|[A-Za-z]\d|_|[A-Z]{2}[a-z].*[A-Z]")
# Brands and names that are written so without being anybody's handle.
_NOT_HANDLES = {
    "youtube", "iphone", "ipad", "whatsapp", "linkedin", "facebook", "mcdonald", "mccain", "covid19",
    "instagram", "twitter", "ebay", "tiktok",
}  # fmt: skip

URGENT = re.compile(r"\b(?:BREAKING|URGENT|JUST IN)\b(?=\s+[A-Z0-9])")
"""Words in capitals that open a post or a headline: a sentence begins with them, and one behind them."""

LINK = re.compile(
    r"https?://[^\s<>\")]+"
    r"|pic\.twitter\.com/\w+"
    r"|\bhttps? ?t co (?P<tco>[A-Za-z0-9]{10})\b"
    r"|\bpic twitter com (?P<pic>[A-Za-z0-9]{10})\b"
)
"""A link, also one that lost its punctuation: the shortener's ids have ten letters and digits, so only that length can
be put back without guessing."""

# How far before a handle a link still counts as evidence that a post ends here: a display name and a tag or two.
_LINK_NEAR = 90  # code points


@dataclass(frozen=True, slots=True)
class Tail:
    """The end of a post: from its display name (or handle) to the end of its date, in code points."""

    start: int
    end: int
    author: str | None
    handle: str
    day: date
    bordered: bool  # a dash, an @ or a line of its own shows where the post's own words end


def find_tails(text: str) -> list[Tail]:
    """Return the tails of posts in `text`, in order; where the evidence is thin there is none."""
    found: list[Tail] = []
    for match in _WITH_AT.finditer(text):
        day = _day(match)
        if day is not None:
            start, author = _name_before_at(text, match.start())
            found.append(Tail(start, match.end(), author, match["handle"], day, True))
    for match in _IN_BRACKETS.finditer(text):
        day = _day(match)
        start, author = _name_before_at(text, match.start())
        if day is not None and author and any(_alike(word, match["handle"]) for word in author.split()):
            found.append(Tail(start, match.end(), author, match["handle"], day, False))
    for match in _WITHOUT_AT.finditer(text):
        day = _day(match)
        if day is None or any(tail.start < match.end() and match.start() < tail.end for tail in found):
            continue
        tail = _bare(text, match, day)
        if tail is not None:
            found.append(tail)
    return sorted(found, key=lambda tail: tail.start)


def links_in(text: str, start: int, end: int) -> tuple[tuple[int, int, str], ...]:
    """Return (start, end, address) of each link between two offsets, damaged ones put back where only one way fits."""
    found = []
    for match in LINK.finditer(text, start, end):
        if match["tco"]:
            address = f"https://t.co/{match['tco']}"
        elif match["pic"]:
            address = f"https://pic.twitter.com/{match['pic']}"
        else:
            address = match[0].rstrip(".,;")
        found.append((match.start(), match.end(), address))
    return tuple(found)


def limit(day: date) -> int:
    """Return how many characters a post of that day could have (Twitter went from 140 to 280 on 7 November 2017)."""
    return 140 if day < date(2017, 11, 7) else 280


def visible_length(text: str, start: int, end: int) -> int:
    """Return the length that counts against the limit: a link counts 23, a picture's nothing."""
    length = end - start
    for low, high, address in links_in(text, start, end):
        length += (0 if "pic.twitter.com" in address else 23) - (high - low)
    return length


def as_post(text: str, start: int, tail: Tail) -> Post:
    """Return what is known of the post that begins at `start` and ends with `tail`."""
    links = tuple(address for _, _, address in links_in(text, start, tail.end))
    return Post(author=tail.author, handle=tail.handle, date=tail.day, links=links)


def _day(match: re.Match[str]) -> date | None:
    month = _MONTHS.index((match["month"] or match["month2"])[:3].lower()) + 1
    try:
        return date(int(match["year"]), month, int(match["day"] or match["day2"]))
    except ValueError:
        return None


def _name_before_at(text: str, at: int) -> tuple[int, str | None]:
    """Return where the display name before an @handle begins, and the name: behind a dash, else capitalised words."""
    before = text[max(0, at - 70) : at]
    dash = re.search(r"(?:[—–]\s*|(?:^|\s)--?\s+)([^\n—–]{1,60}?)\s*$", before)
    if dash:
        return at - (len(before) - dash.start()), dash[1].strip() or None
    line = re.search(r"\n\s*([^\n]{1,60}?)\s*$", before)
    if line and len(line[1].split()) <= 5:
        return at - (len(before) - line.start(1)), line[1].strip()
    words = re.search(r"((?:[A-Z0-9][\w'’.\-]*\s+){1,4})$", before)
    if words:
        return at - (len(before) - words.start(1)), words[1].strip()
    return at, None


def _bare(text: str, match: re.Match[str], day: date) -> Tail | None:
    handle = match["handle"]
    if not _HANDLE_SHAPE.search(handle) or handle.lower() in _NOT_HANDLES:
        return None
    before = list(re.finditer(r"\S+", text[max(0, match.start() - 80) : match.start()]))[-4:]
    offset = max(0, match.start() - 80)
    alike = [word for word in before if _alike(word[0], handle)]
    if alike:
        # The farthest word that the handle repeats begins the name, if all from it on could be a name.
        for word in alike:
            name = text[offset + word.start() : match.start()].strip()
            if all(part[0].isupper() or part[0].isdigit() for part in name.split()):
                return Tail(offset + word.start(), match.end(), name, handle, day, False)
    near = links_in(text, max(0, match.start() - _LINK_NEAR), match.start())
    if near and before and before[-1][0][0].isupper() and near[-1][1] <= offset + before[-1].start():
        # A link shortly before, a capitalised word between it and the handle: a post whose name is not certain.
        start = near[-1][1] + 1
        name = text[start : match.start()].strip()
        known = len(name.split()) <= 3 and all(part[0].isupper() for part in name.split())
        return Tail(
            offset + before[-1].start() if not known else start,
            match.end(),
            name if known else None,
            handle,
            day,
            False,
        )
    return None


def _alike(word: str, handle: str) -> bool:
    """Say whether a word of a display name is repeated in the handle (whole, or as a handle cut at 15 letters)."""
    plain, tag = re.sub(r"\W|_", "", word).lower(), handle.replace("_", "").lower()
    return len(plain) >= 3 and (plain in tag or (len(plain) > len(tag) >= 10 and plain.startswith(tag)))
