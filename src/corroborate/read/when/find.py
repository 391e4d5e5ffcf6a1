"""Times in a text, each as an interval with how finely it was said and what it was worked out from."""

import re
from dataclasses import replace
from datetime import date, timedelta

from spacy.tokens import Doc, Token

from corroborate.model import Published, Span, When
from corroborate.read.grammar.words import Words
from corroborate.read.mentions import DateMention
from corroborate.read.when.anchors import Anchors
from corroborate.read.when.intervals import Interval
from corroborate.read.when.shapes import OCCASION, found_shapes, is_rare_month
from corroborate.read.when.values import Value, after, count_of, work_out

_POSSESSIVE = frozenset({"'s", "’s"})
_EDGE = re.compile(r"\b(?P<word>since|until|till|up to|before|after|as of|by)\s+(?:the\s+)?$", re.IGNORECASE)
# What is still to come ("to be held on Friday") lies after the anchor, all else before it.
_AHEAD = re.compile(
    r"\b(?:will|wo|to be|due|scheduled|set to|planned|plans to|is expected|are expected|expects to)\b[^.;,\n]*$",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:to be|due|scheduled|set|planned|upcoming|expected|next)\b(?:\s+\w+){0,4}\s+$", re.IGNORECASE
)
_WILL = frozenset(["will", "shall", "wo", "'ll", "’ll"])
_PLANS = frozenset(
    ["expect", "schedule", "plan", "intend", "set", "hope", "due", "slate", "prepare", "vow", "promise", "threaten",
     "want", "likely", "ready", "is", "are", "seek", "aim", "propose"]
)  # fmt: skip
_IS = frozenset(["be", "is", "are", "being"])
_PAST = frozenset(["has", "have", "had", "was", "were", "did"])
# How far back a time counts as told of just before ("the next day"): two sentences of news text.
_NEAR = 300  # code points
_YEAR_BEHIND = re.compile(r",?\s+(?:of\s+)?(?:19|20)\d\d$")
_BEGAN = re.compile(
    rf"(?:\b(?P<a>{OCCASION})\b[^.;\n]{{0,60}}?\b(?:began|begun|started|launched|opened)\b"
    rf"|\b(?:began|started|launched|opened)\b[^.;\n]{{0,40}}?\b(?P<b>{OCCASION})\b)[^.;\n]{{0,20}}$",
    re.IGNORECASE,
)


def date_spans(text: str) -> list[tuple[int, int]]:
    """Return the code point spans of the times and stretches of time in `text`, in order."""
    return [match.span() for _, match in found_shapes(text)]


def find_dates(doc: Doc, anchors: Anchors, *, ranges: bool = True) -> list[DateMention]:
    """Return the times of a document in order, worked out from its anchors where they need one.

    With `ranges`, two times that bound a stretch ("from 1 March to 10 June") are one.
    Where there is no anchor, a time that needs one keeps its precision and has neither start nor end. A stretch of time
    ("in one week") has neither, too: it is not of the day on which it is told.
    """
    text = Words.of(doc).text
    mentions: list[DateMention] = []
    occasions: list[tuple[int, re.Match[str]]] = []
    told: tuple[int, Interval] | None = None
    for shape, match in found_shapes(text):
        if is_rare_month(match) and _is_verb(doc, match):
            continue
        anchor = anchors.at(match.start())
        base = Interval(anchor.start, anchor.end, "day") if anchor else None
        before = told[1] if told and match.start() - told[0] <= _NEAR else None
        value = work_out(shape, match.groupdict(), base, before, _is_ahead(doc, text, match))
        if value.kind in ("date", "time") and value.interval.start and value.interval.end:
            told = (match.end(), value.interval)
        if shape == "occasion":
            occasions.append((len(mentions), match))
        mentions.append(_mention(text, match, value, base, _basis(value, anchor, before)))
    _date_occasions(text, mentions, occasions)
    _take_years(mentions)
    return _joined(text, mentions) if ranges else mentions


def _mention(text: str, match: re.Match[str], value: Value, base: Interval | None, basis: str | None) -> DateMention:
    start, found = match.start(), value.interval
    if value.kind in ("date", "time"):
        start, found = _edge(text, match, found, base)
    span = Span.of(text, start, match.end())
    known = found.start is not None or found.end is not None
    when = When(
        text=span.text, start=found.start, end=found.end, precision=found.precision, basis=basis if known else None
    )
    return DateMention(span=span, named=Span.of(text, match.start(), match.end()), kind=value.kind, when=when)


def _is_verb(doc: Doc, match: re.Match[str]) -> bool:
    span = doc.char_span(match.start("mon"), match.end("mon"), alignment_mode="expand")
    return span is not None and any(token.pos_ in ("AUX", "VERB") for token in span)


def _is_ahead(doc: Doc, text: str, match: re.Match[str]) -> bool | None:
    """Say whether what is told of is still to come, or past; None where neither verb nor words say so."""
    span = doc.char_span(match.start(), match.end(), alignment_mode="expand")
    root = span.root if span is not None and len(span) else None
    if root is not None and root.head.i != root.i and root.head.pos_ in ("NOUN", "PROPN"):
        # "The occupation in March" is of the noun, whatever the verb of the sentence foresees; it is rather past.
        return _PLANNED.search(text, max(0, match.start() - 60), match.start()) is not None
    verb = _verb_over(root) if root is not None else None
    if verb is not None:
        helpers = {child.lower_ for child in verb.children if child.dep_.startswith("aux")}
        if helpers & _WILL or ("to" in (child.lower_ for child in verb.children) and _looks_ahead(verb)):
            return True
        if verb.tag_ == "VBD" or helpers & _PAST or (verb.tag_ == "VBN" and not helpers & _IS):
            return False  # a participle alone ("44 killed on 14 March") has lost its "were"
    return True if _AHEAD.search(text, max(0, match.start() - 40), match.start()) else None


def _looks_ahead(infinitive: Token) -> bool:
    """Say whether an infinitive hangs on a word of plans ("expected to", "is to", "as soon as")."""
    return infinitive.head.lemma_.lower() in _PLANS or infinitive.head.lower_ in _PLANS


def _verb_over(token: Token) -> Token | None:
    while token.pos_ not in ("VERB", "AUX"):
        if token.head.i == token.i:
            return None
        token = token.head
    return token


def _basis(value: Value, anchor: Published | None, before: Interval | None) -> str | None:
    if value.basis == "said":
        return "said in full"
    if value.basis == "told":
        return f"the time told before, {_days(before)}" if before else None
    return f"{anchor.basis} {_days(Interval(anchor.start, anchor.end, 'day'))}" if anchor else None


def _days(found: Interval) -> str:
    return str(found.start) if found.start == found.end else f"{found.start} to {found.end}"


def _edge(text: str, match: re.Match[str], found: Interval, base: Interval | None) -> tuple[int, Interval]:
    """Open an interval at one side where the words before it say so ("since", "until", "before", "after")."""
    edge = _EDGE.search(text, max(0, match.start() - 20), match.start())
    if edge is None or edge.end() != match.start():
        return match.start(), found
    word = edge["word"].lower()
    if word in ("before", "after") and {match[0][-2:], text[match.end() : match.end() + 2]} & _POSSESSIVE:
        return match.start(), found  # "after Thursday's strikes": they were on Thursday
    if word == "since":
        return edge.start(), Interval(found.start, base.end if base and found.start else None, "open")
    if word in ("until", "till", "up to", "as of", "by"):
        return edge.start(), Interval(None, found.end, "open")
    if word == "before":
        return edge.start(), Interval(None, found.start - timedelta(days=1) if found.start else None, "open")
    return edge.start(), Interval(found.start, None, "open")


def _date_occasions(text: str, mentions: list[DateMention], occasions: list[tuple[int, re.Match[str]]]) -> None:
    """Date "the first week of the operation" where the document says of one operation only on what day it began."""
    for index, match in occasions:
        nth = match["nth"].lower()
        count = count_of(match["n"])
        began = {
            (mention.when.start, mention.when.end): mention.when
            for mention in mentions
            if mention.kind == "date"
            and mention.when.precision == "day"
            and mention.when.start
            and (said := _BEGAN.search(text, max(0, mention.span.start - 160), mention.span.start))
            and (said["a"] or said["b"]).lower() == match["occasion"].lower()
        }
        if len(began) != 1 or nth not in ("first", "opening") or count is None:
            continue
        first = next(iter(began.values()))
        found = after(Interval(first.start, first.end, "day"), match["unit"].lower(), count)
        if found is not None:
            old = mentions[index]
            basis = f"the {match['occasion'].lower()} began on {_days(Interval(first.start, first.end, 'day'))}"
            when = When(text=old.span.text, start=found.start, end=found.end, precision=found.precision, basis=basis)
            mentions[index] = DateMention(span=old.span, named=old.named, kind=old.kind, when=when)


def _take_years(mentions: list[DateMention]) -> None:
    """Give "September 8" of a page without a day the year of the one "September 8, 2022" that the page says in full."""
    full: dict[str, set[date]] = {}
    for mention in mentions:
        if mention.when.precision == "day" and mention.when.start and mention.when.start == mention.when.end:
            bare = _YEAR_BEHIND.sub("", mention.named.text.lower())
            full.setdefault(bare, set()).add(mention.when.start)
    for index, mention in enumerate(mentions):
        days = full.get(mention.named.text.lower(), set())
        if mention.span == mention.named and mention.when.start is None and mention.when.end is None and len(days) == 1:
            day = next(iter(days))
            when = replace(mention.when, start=day, end=day, basis="said in full elsewhere on the page")
            mentions[index] = replace(mention, when=when)


def _joined(text: str, mentions: list[DateMention]) -> list[DateMention]:
    """Join "from 1 March to 10 June", "between March and June" and "28 May - 3 June" into one interval."""
    joined: list[DateMention] = []
    for mention in mentions:
        lead = _range_lead(text, joined[-1], mention) if joined else None
        if lead is None:
            joined.append(mention)
            continue
        before = joined.pop()
        first, last = before.when, mention.when
        span = Span.of(text, before.span.start - len(lead), mention.span.end)
        precision = last.precision if last.precision != "open" else first.precision
        when = When(text=span.text, start=first.start, end=last.end, precision=precision, basis=last.basis)
        joined.append(DateMention(span=span, named=span, kind="period", when=when))
    return joined


def _range_lead(text: str, before: DateMention, mention: DateMention) -> str | None:
    """Return the word that opens a range of two times ("from ", "between ", ""), None where they are none."""
    first, last = before.when, mention.when
    if first.start is None or last.end is None or first.start > last.end:
        return None
    gap = text[before.span.end : mention.span.start].lower()
    left = text[max(0, before.span.start - 9) : before.span.start].lower()
    until = gap == " " and mention.span.text.lower().startswith(("until ", "till "))
    if left.endswith("from ") and (until or gap in (" to ", " until ", " through ", " till ")):
        return "from "
    if left.endswith("between ") and gap == " and ":
        return "between "
    days = first.precision == last.precision == "day"
    return "" if days and gap in ("-", " - ", "–", " – ", " — ") else None
