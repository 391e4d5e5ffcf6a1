"""The parts of a document: dateline, headings, body, embedded posts, captions, boilerplate.

What the surface shows is found before the text is parsed, so that a sentence can be made to start there; where an
embedded post begins often shows only in the parse, and is settled after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corroborate.model import Document, Post, Segment, SegmentKind
from corroborate.read.segment import page, posts
from corroborate.read.segment.boundaries import chance

if TYPE_CHECKING:
    from spacy.tokens import Doc

IsName = Callable[[str], bool]

# The title is looked for this far from the start: a date and a byline may come before it (FA-KES: at most 43 code
# points in the 250 of 420 articles that repeat it).
_TITLE_WITHIN = 300
# A heading has at most this many words. Of the 420 FA-KES titles the longest has 18.
_HEADING_WORDS = 25
_SUBHEADING_WORDS = 12
# Other reports' headlines at a page's end: lines of 5 words or more (the shortest of FA-KES' 420 titles has 5) that
# begin with a capital and end without a stop, three at least.
_HEADLINES = 3
_HEADLINE = re.compile(r"(?=(?:\S+\s+){4})[^\W\d_a-z].{0,200}[\w…]", re.DOTALL)
# A sentence this short before a post's own words rather belongs to the post: of the sentences of GUM's news, headings
# counted, 24% are as short, while every post is short by its platform's rule.
_SHORT_SENTENCE = 60
# A capitalised place where a post may begin although the parse has no sentence start there: what is passed over becomes
# the document's own words, the worse mistake; a forced start behind it ("... | BREAKING") makes it less likely.
_MAY_START = 0.1


@dataclass(slots=True)
class Surface:
    """What the surface shows: pieces of a kind that is certain, posts' tails, and where sentences must start."""

    pieces: list[Segment] = field(default_factory=list)
    tails: list[posts.Tail] = field(default_factory=list)
    breaks: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Segmented:
    """The segments in order, and the stretches of which it is not sure whether they still belong to the post behind."""

    segments: tuple[Segment, ...]
    unsure: tuple[tuple[int, int], ...] = ()


def surface(document: Document, is_place: IsName, is_agency: IsName) -> Surface:
    """Return what can be said of a document's parts before it is parsed; `breaks` are offsets of code points."""
    text = document.text
    found = Surface(pieces=list(document.segments))
    if not any(piece.kind == "post" for piece in found.pieces):
        found.tails = posts.find_tails(text)
    if found.pieces:
        _dateline_of_body(text, found, is_place, is_agency)
    else:
        _opening(document, found, is_place, is_agency)
        _lines(text, found)
        _ending(text, found, is_agency)
    found.pieces.sort(key=lambda piece: piece.start)
    found.breaks = _breaks(text, found)
    return found


def segment(doc: Doc, document: Document, shown: Surface) -> Segmented:
    """Return the segments of a parsed document: they do not overlap, and what is nothing else is body."""
    pieces = list(shown.pieces)
    unsure: list[tuple[int, int]] = []
    floor = 0
    for tail in shown.tails:
        floor = max([floor, *(p.end for p in pieces if p.end <= tail.start and p.kind != "body")])
        start, doubtful = _post_start(doc, tail, floor)
        if doubtful < start:
            unsure.append((doubtful, start))
        pieces = [p for p in pieces if p.end <= start or p.start >= tail.end]
        pieces.append(_piece(document.text, start, tail.end, "post", posts.as_post(document.text, start, tail)))
        floor = tail.end
    if not document.segments:
        pieces += _imperatives(doc, document.text, pieces)
    pieces.sort(key=lambda piece: piece.start)
    return Segmented(tuple(_with_body(document.text, pieces)), tuple(unsure))


def _piece(text: str, start: int, end: int, kind: SegmentKind, post: Post | None = None) -> Segment:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Segment(start=start, end=end, text=text[start:end], kind=kind, post=post)


def _opening(document: Document, found: Surface, is_place: IsName, is_agency: IsName) -> None:
    """Find the title, and the dateline before or behind it: a date, a place, an agency, a rubric."""
    text, at = document.text, 0
    first = page.DATE_FIRST.match(text)
    if first:
        found.pieces.append(_piece(text, 0, first.end(), "dateline"))
        at = first.end()
    title = (document.title or "").strip()
    where = text.find(title, 0, _TITLE_WITHIN + len(title)) if title else -1
    if where >= at and not text[at:where].strip(" \n.:-–—|"):
        end = where + len(title)
        if end < len(text):
            found.pieces.append(_piece(text, where, end, "heading"))
            at = end + (1 if text[end : end + 1] == "." else 0)
    else:
        at = _agency_after_heading(text, at, found, is_agency)
    at += len(text[at:]) - len(text[at:].lstrip(" \n.|"))
    for offset in (at, *_line_starts(text, at)):
        end = _dateline(text, offset, is_place, is_agency)
        if end:
            if found.pieces and found.pieces[-1].kind == "dateline" and not text[found.pieces[-1].end : offset].strip():
                offset = found.pieces.pop().start
            found.pieces.append(_piece(text, offset, end, "dateline"))
            return


def _dateline_of_body(text: str, found: Surface, is_place: IsName, is_agency: IsName) -> None:
    """Find the dateline of a page whose other parts are known: at the start of one of its first paragraphs."""
    body = [p for p in found.pieces if p.kind == "body"]
    others = [p for p in found.pieces if p.kind != "body"]
    for at in (0, *_line_starts(text, 0)):
        if any(piece.start <= at < piece.end for piece in others):
            continue
        end = _dateline(text, at, is_place, is_agency)
        if end and not any(piece.start < end and at < piece.end for piece in others):
            whole = next((p for p in body if p.start <= at < p.end), None)
            if whole is not None:
                found.pieces.remove(whole)
                found.pieces.append(_piece(text, end, whole.end, "body"))
            found.pieces.append(_piece(text, at, end, "dateline"))
            return


def _line_starts(text: str, at: int) -> list[int]:
    """Return where the next few paragraphs begin: a dateline may stand after a title and a caption."""
    return [match.end() for match in re.finditer(r"\n\s*", text[: at + 1500]) if match.end() > at][:6]


def _dateline(text: str, at: int, is_place: IsName, is_agency: IsName) -> int:
    """Return where the dateline that begins at `at` ends, or 0."""
    match = page.PLACE_AGENCY.match(text, at)
    if match and (is_agency(match["agency"]) or match["place"].split(",")[0].isupper()):
        return match.end()
    match = page.PLACE_DASH.match(text, at)
    if match and match["place"].split(",")[0] not in page.NO_PLACE:
        return match.end()
    match = page.PLACE_COMMA.match(text, at)
    if match and is_agency(match["agency"]):
        return match.end()
    match = page.PLACE_HYPHEN.match(text, at)
    if match and is_place(match["place"]):
        return match.end()
    match = page.PLACE_BARE.match(text, at)
    if match and (match["rubric"] or is_place(match["place"].title())):
        return match.end()
    match = re.compile(
        rf"(?:(?P<agency>[A-Z][\w-]+(?: [A-Z][\w-]+)?)\s+)?{page.DAY}(?:\s+title:)?\s+(?=[A-Z0-9])"
    ).match(text, at)
    if match and at > 0 and (not match["agency"] or is_agency(match["agency"])):
        return match.end()
    return 0


def _agency_after_heading(text: str, at: int, found: Surface, is_agency: IsName) -> int:
    """Find "TITLE AFP Friday 3 Jun 2016 TEXT" where neither a line break nor a known title shows the title's end."""
    head = text[at : at + _TITLE_WITHIN]
    if "\n" in head.strip()[:120]:
        return at
    for match in re.finditer(
        rf"(?P<before>\S+)\s+(?P<agency>[A-Z][A-Za-z]+)(?P<date>\s+{page.DAY})?\s+(?=[A-Z0-9])", head
    ):
        title = head[: match.start("agency")].strip()
        if (
            not is_agency(match["agency"])
            or title.endswith(",")  # "the service's head, Petra Lund, told": a name, and no title ends so
            or re.search(r"[.!?]\s", title)
            or len(title.split()) not in range(3, _HEADING_WORDS + 1)
        ):
            continue
        if match["before"].lower() in {
            "to",
            "told",
            "by",
            "of",
            "the",
            "from",
            "and",
            "with",
            "via",
            "a",
            "an",
            "for",
            "in",
        }:
            continue
        found.pieces.append(_piece(text, at, at + match.start("agency"), "heading"))
        found.pieces.append(_piece(text, at + match.start("agency"), at + match.end(), "dateline"))
        return at + match.end()
    return at


def _lines(text: str, found: Surface) -> None:
    """Find headings, captions and boilerplate that stand on lines of their own."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text) if m[0].strip()]
    if len(lines) < 2:
        return
    neighbours = False  # behind "Related news" other reports' headlines follow, until a sentence ends
    clips = False  # behind the film that plays the others are listed
    tail = _headlines_at_the_end([text[start:end].strip() for start, end in lines])
    for number, (start, end) in enumerate(lines):
        if any(piece.start < end and start < piece.end for piece in found.pieces):
            continue
        line = text[start:end].strip()
        words = len(line.split())
        closed = line[-1] in '.!?:;,"”’)' or line[0] in "*•-–—"
        following = next((text[low:high] for low, high in lines[number + 1 : number + 2]), "")
        clips = bool((clips and page.CLIP.match(line)) or page.PLAYING.match(line))
        neighbours = (neighbours and not (closed and line[-1] in '.!?:"”')) or bool(page.NEIGHBOURS.match(line))
        if neighbours or clips or number >= tail or page.FORM.match(line):
            found.pieces.append(_piece(text, start, end, "boilerplate"))
        elif page.PHOTO.search(line):
            found.pieces.append(_piece(text, start, end, "caption"))
        elif page.BOILERPLATE.match(line) and words <= 2 * _SUBHEADING_WORDS:
            found.pieces.append(_piece(text, start, end, "boilerplate"))
        elif (
            not closed
            and words <= (_HEADING_WORDS if number == 0 else _SUBHEADING_WORDS)
            and (
                number == 0
                or (len(following.split()) > 2 * words and _has_blank_before(text, start) and line[0].isupper())
            )
        ):
            found.pieces.append(_piece(text, start, end, "heading"))


def _headlines_at_the_end(lines: Sequence[str]) -> int:
    """Return from which line on only other reports' headlines stand; the number of lines where there are none.

    Three lines or more behind a full stop that are as long as headlines and end without a stop. A list of the dead has
    shorter ones.
    """
    first = len(lines)
    while first and _HEADLINE.fullmatch(lines[first - 1]):
        first -= 1
    body = first and lines[first - 1].rstrip('"”’)').endswith(".")
    return first if body and len(lines) - first >= _HEADLINES else len(lines)


def _has_blank_before(text: str, start: int) -> bool:
    return bool(re.search(r"\n\s*\n\s*$", text[max(0, start - 20) : start]))


def _ending(text: str, found: Surface, is_agency: IsName) -> None:
    """Find what closes a report: an agency's signature, the credit of the picture on top."""
    match = page.CAPTION_END.search(text)
    if match and not any(piece.end > match.start() for piece in found.pieces):
        found.pieces.append(_piece(text, match.start(), len(text), "caption"))
        return
    match = page.SIGNATURE.search(text, max(0, len(text) - 90))
    if match and not any(piece.end > match.start() for piece in found.pieces):
        named = re.split(r"\s*(?:[/&]|\band\b)\s*", match["name"])
        if any(is_agency(name) for name in named):
            found.pieces.append(_piece(text, match.start(), len(text), "boilerplate"))


def _breaks(text: str, found: Surface) -> list[int]:
    offsets = {match.end() for match in re.finditer(r"\n\s*\n\s*", text)}
    for piece in found.pieces:
        offsets |= {piece.start, piece.end}
    for tail in found.tails:
        offsets |= {tail.start, tail.end}
    # The first words of a post may stand before its mark of urgency.
    offsets |= {match.end() for match in posts.URGENT.finditer(text)}
    # A link that lost its punctuation reads like words; an intact one is a token that the encoder knows.
    offsets |= {at for match in posts.LINK.finditer(text) if match["tco"] or match["pic"] for at in match.span()}
    return sorted(_skip_space(text, offset) for offset in offsets if 0 < _skip_space(text, offset) < len(text))


def _skip_space(text: str, offset: int) -> int:
    while offset < len(text) and text[offset].isspace():
        offset += 1
    return offset


def _post_start(doc: Doc, tail: posts.Tail, floor: int) -> tuple[int, int]:
    """Return where the post that ends with `tail` begins, and the earliest place where it may begin as well.

    A post cannot be longer than its platform allowed on its day. Within that, its last sentence is its own; one before
    it is, while short or telegraphic (no finite verb, a headline's capitals). Prose that would also fit is doubtful.
    """
    text = doc.text
    paragraph = max(
        (m.end() for m in re.finditer(r"\n\s*\n\s*", text[: tail.start]) if text[m.end() : tail.start].strip()),
        default=0,
    )
    if tail.bordered and paragraph > floor:
        return paragraph, paragraph
    own = _skip_space(text, max(floor, paragraph))
    sure = {own, *(match.start() for match in posts.URGENT.finditer(text, own, tail.start))}
    starts = [
        token
        for token in doc
        if own <= token.idx < tail.start and not token.is_space
        and (token.is_sent_start or token.idx in sure or (chance(token) >= _MAY_START and token.text[0].isupper()))
        and posts.visible_length(text, token.idx, tail.start) <= posts.limit(tail.day)
    ]  # fmt: skip
    if not starts:
        nearest = [token for token in doc if own <= token.idx < tail.start and not token.is_space]
        limited = [t for t in nearest if posts.visible_length(text, t.idx, tail.start) <= posts.limit(tail.day)]
        best = max(limited, key=chance, default=None)
        return (best.idx, own) if best is not None else (tail.start, own)
    # What is only links and tags is no sentence of its own.
    start = starts[-1]
    for token in reversed(starts[:-1]):
        stretch = text[token.idx : start.idx]
        words_behind = posts.LINK.sub("", text[start.idx : tail.start]).split()
        # A link closes what it is put to: the words before it belong to the same post.
        if (
            len(words_behind) < 4
            or posts.LINK.match(text, start.idx)
            or len(stretch.strip()) <= _SHORT_SENTENCE
            or _telegraphic(doc, token.idx, start.idx)
        ):
            start = token
        else:
            return start.idx, token.idx
    return start.idx, start.idx


def _telegraphic(doc: Doc, start: int, end: int) -> bool:
    words = [token for token in doc if start <= token.idx < end and token.is_alpha]
    long = [token for token in words if len(token) >= 4]
    capitals = sum(token.text[0].isupper() for token in long)
    finite = any(token.tag_ in {"VBZ", "VBP", "VBD", "MD"} for token in words)
    # Telegraphic: no article and no auxiliary ("44 civilians killed in strikes on ..."); prose of that length has one.
    full = any(token.lower_ in {"the", "a", "an"} or token.pos_ == "AUX" for token in words)
    # Title case: all but a few of the longer words have capitals ("US Forces Enter City as Coalition Drops Bombs").
    return not finite or not full or (len(long) >= 3 and capitals >= 0.7 * len(long))


def _imperatives(doc: Doc, text: str, pieces: list[Segment]) -> list[Segment]:
    """Find invitations within running text: a sentence that begins with "Watch", "Follow us" and has no subject."""
    found = []
    for sent in doc.sents:
        words = [token for token in sent if not token.is_space]
        if not words or any(piece.start < sent.end_char and sent.start_char < piece.end for piece in pieces):
            continue
        first = words[0]
        orders = (
            first.lower_ == "watch"
            and first.pos_ == "VERB"
            and not any(c.dep_.startswith("nsubj") for c in first.children)
        )
        if orders or page.BOILERPLATE.match(text, first.idx, sent.end_char):
            found.append(_piece(text, sent.start_char, sent.end_char, "boilerplate"))
    return found


def _with_body(text: str, pieces: list[Segment]) -> list[Segment]:
    segments: list[Segment] = []
    at = 0
    for piece in [*pieces, None]:
        end = piece.start if piece else len(text)
        if end > at and text[at:end].strip(" \n\t.|"):
            segments.append(_piece(text, at, end, "body"))
        if piece:
            if piece.start < piece.end:
                segments.append(piece)
            at = max(at, piece.end)
    return segments
