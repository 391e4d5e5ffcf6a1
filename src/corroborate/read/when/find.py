"""Times in a text, each as an interval with how finely it was said and what it was worked out from.

The words are found by patterns over the bare text (punctuation and capitals may be gone) and worked out by our own
arithmetic: a general date parser finds dates in "may" and "a second", and takes 40 ms a sentence.
"""

import re
from dataclasses import replace

from spacy.tokens import Doc

from corroborate.model import Published, Span, When
from corroborate.read.mentions import DateMention
from corroborate.read.numbers import find_numbers
from corroborate.read.when import intervals
from corroborate.read.when.intervals import Interval

_MONTHS = {
    name: number
    for number, names in enumerate(
        ["january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"], start=1,
    )
    for name in names.split()
}  # fmt: skip
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MON = "(?:(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")(?!\w)(?:(?<=\b[a-z]{3})\.|(?<=\bsept)\.)?)"
_FULL_MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\w)"
# "June 20 people" in a text without punctuation is a month and a figure.
_NOT_COUNTED = r"(?!\s+(?:people|civilians|children|women|men|soldiers|fighters|militants|troops|victims|others)\b)"
_YEAR = r"(?:19|20)\d\d(?![\w])(?!\s?\d{3}\b)"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WEEKDAY_SHORT = r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)"
_COUNT = (
    r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|a few|a couple of"
    r"|couple of|few)"
)
_OCCASION = (
    r"(?:operation|offensive|campaign|war|conflict|siege|battle|invasion|assault|ceasefire|truce|uprising|attack"
    r"|occupation|fighting)"
)

_PART_WORD = r"(?P<part>early|mid|late|the beginning of|the start of|the end of|the middle of)(?:\s+|-)(?:in\s+)?"
_NAMED_DAY = rf"(?:(?:{_WEEKDAY}|{_WEEKDAY_SHORT})\.?,?\s+)?"
_THEN_YEAR = rf"(?:(?:,\s*|\s+)(?P<y>{_YEAR}))?"
_TO = r"\s?(?:-|–|to)\s?"

# In order of precedence: what an earlier shape took, a later one does not see.
_SHAPES: list[tuple[str, str]] = [
    ("iso", r"(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"),
    ("slashed", r"(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y>(?:19|20)\d\d)(?!\d)"),
    ("days_of", rf"(?P<d>{_DAY})\s?(?:-|–|to|and)\s?(?P<d2>{_DAY})\s+(?:of\s+)?(?P<mon>{_MON}){_THEN_YEAR}"),
    ("of_days", rf"(?P<mon>{_MON})\s+(?P<d>{_DAY}){_TO}(?P<d2>{_DAY}){_NOT_COUNTED}{_THEN_YEAR}"),
    ("day_month", rf"{_NAMED_DAY}(?:the\s+)?(?P<d>{_DAY})\s+(?:of\s+)?(?P<mon>{_MON}){_THEN_YEAR}"),
    ("month_day", rf"{_NAMED_DAY}(?P<mon>{_MON})\s+(?P<d>{_DAY})(?!\s?\d{{3}}\b){_NOT_COUNTED}{_THEN_YEAR}"),
    ("month_year", rf"(?:{_PART_WORD})?(?P<mon>{_MON})(?:,|\s+of)?\s+(?P<y>{_YEAR})"),
    ("turn_month", rf"(?P<turn>last|this past|this|next)\s+(?P<mon>{_FULL_MONTH})\b"),
    ("part_month", rf"{_PART_WORD}(?P<mon>{_FULL_MONTH})\b"),
    ("bare_month", rf"(?P<mon>{_FULL_MONTH})\b"),
    ("years", rf"(?P<y>{_YEAR}){_TO}(?P<y2>{_YEAR})"),
    ("part_year", rf"{_PART_WORD}(?P<y>{_YEAR})"),
    ("year", rf"(?P<y>{_YEAR})"),
    (
        "weekday",
        r"(?:(?P<turn>last|this past|this|next|past|the previous|the following)\s+)?(?:(?:early|late)\s+)?"
        rf"(?P<wd>{_WEEKDAY})(?:\s+(?:morning|afternoon|evening|night))?(?P<ago>\s+(?:of\s+)?last week)?",
    ),
    (
        "day_word",
        r"(?P<word>yesterday|today|tonight|tomorrow|last night|this morning|this afternoon|this evening"
        r"|earlier today|overnight)\b",
    ),
    (
        "unit",
        r"(?:(?:earlier|late|early|later)\s+)?(?P<turn>last|this past|this|next|the previous|the past|past)\s+"
        r"(?P<unit>week|weekend|month|year)\b(?!-)",
    ),
    (
        "ago",
        r"(?P<bound>(?:more than|over|about|around|nearly|almost|at least)\s+)?"
        rf"(?P<n>{_COUNT})\s+(?P<unit>day|week|month|year)s?\s+(?:ago|back)\b",
    ),
    (
        "past",
        rf"(?:over|in|during|for|within)\s+the\s+(?:last|past)\s+(?P<n>{_COUNT})\s+"
        r"(?P<unit>hour|day|week|month|year)s?\b",
    ),
    (
        "occasion",
        r"(?:just\s+)?(?:within|in|during|over)\s+(?:just\s+)?the\s+(?:first|opening|last|final|past)\s+"
        rf"(?:{_COUNT}\s+)?(?P<unit>day|week|month|year)s?\s+of\s+(?:the\s+)?(?:[\w’']+\s+){{0,4}}?"
        rf"(?P<occasion>{_OCCASION})\b",
    ),
]
_PATTERNS = [(name, re.compile(rf"(?<![\w$£€.,/@#-])(?:{body})", re.IGNORECASE)) for name, body in _SHAPES]
_LEAD = re.compile(
    r"\b(?:in|since|of|by|until|till|from|last|this|next|early|late|mid|during|to|through|between|and|before|after|on|every|throughout|for)[\s-]+(?:the\s+)?$",
    re.IGNORECASE,
)
_YEAR_LEAD = re.compile(
    r"\b(?:in|since|of|by|until|till|from|early|late|mid|during|to|through|between|and|before|after|the|year|throughout|for|around|spring|summer|autumn|fall|winter)[\s-]+(?:the\s+)?$|[(]$",
    re.IGNORECASE,
)
_EDGE = re.compile(r"\b(?P<word>since|until|till|up to|before|after|from|between|as of)\s+(?:the\s+)?$", re.IGNORECASE)
# What is still to come ("to be held on Friday") lies after the anchor, all else before it.
_AHEAD = re.compile(
    r"\b(?:will|to be|due|scheduled|set to|planned|is expected|are expected)\b[^.;,\n]*$", re.IGNORECASE
)
_RARE = ("may", "march")
_SAID = "said in full"


def date_spans(text: str) -> list[tuple[int, int]]:
    """Return the code point spans of the times in `text`, in order."""
    return [match.span() for _, match in _found(text)]


def find_dates(doc: Doc, anchor: Published | None) -> list[DateMention]:
    """Return the times of a document in order, worked out from `anchor` (when it was published) where they need one.

    Where there is no anchor, a time that needs one keeps its precision and has neither start nor end.
    """
    text = doc.text
    base = Interval(anchor.start, anchor.end, "day") if anchor else None
    mentions = []
    for shape, match in _found(text):
        if _is_verb(doc, match):
            continue
        ahead = bool(_AHEAD.search(text, max(0, match.start() - 40), match.start()))
        found, needs = _work_out(shape, match, base, ahead)
        basis = _basis(anchor) if needs else _SAID
        start, found = _edge(text, match, found, base)
        if found.start is None and found.end is None:
            basis = None
        span = Span.of(text, start, match.end())
        when = When(text=span.text, start=found.start, end=found.end, precision=found.precision, basis=basis)
        mentions.append(DateMention(span=span, when=when))
    return _joined(text, mentions)


def _found(text: str) -> list[tuple[str, re.Match[str]]]:
    taken: list[tuple[str, re.Match[str]]] = []
    for shape, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if any(m.start() < match.end() and match.start() < m.end() for _, m in taken):
                continue
            if _holds(text, shape, match):
                taken.append((shape, match))
    return sorted(taken, key=lambda found: found[1].start())


def _holds(text: str, shape: str, match: re.Match[str]) -> bool:
    """Say whether the words are surely a time: a bare month or year needs a word that leads to one."""
    left = text[max(0, match.start() - 24) : match.start()]
    if shape == "year":
        right = text[match.end() : match.end() + 14]
        counted = re.match(
            r"\s+(?:people|civilians|children|women|men|families|fighters|soldiers|troops|refugees)\b", right
        )
        return counted is None and bool(_YEAR_LEAD.search(left))
    month = match.groupdict().get("mon")
    if month is None:
        return True
    rare = month.rstrip(".").lower() in _RARE
    if shape == "bare_month":
        led = bool(_LEAD.search(left)) and not (rare and re.search(r"\b(?:to|and|for|the|of the)\s+$", left))
        return led if rare or month.islower() else True
    if shape in ("month_day", "day_month") and rare and month.islower() and not match["y"]:
        return bool(_LEAD.search(left))
    return True


def _is_verb(doc: Doc, match: re.Match[str]) -> bool:
    month = match.groupdict().get("mon")
    if month is None or month.lower() not in _RARE:
        return False
    span = doc.char_span(match.start("mon"), match.end("mon"), alignment_mode="expand")
    return span is not None and any(token.pos_ in ("AUX", "VERB") for token in span)


def _basis(anchor: Published | None) -> str | None:
    if anchor is None:
        return None
    days = str(anchor.start) if anchor.start == anchor.end else f"{anchor.start} to {anchor.end}"
    return f"{anchor.basis} {days}"


def _work_out(shape: str, match: re.Match[str], base: Interval | None, ahead: bool) -> tuple[Interval, bool]:
    """Return the interval, and whether the anchor had a part in it."""
    groups = match.groupdict()
    if ahead and shape in ("weekday", "day_month", "month_day") and not groups.get("turn"):
        groups["turn"] = "next"
    if shape == "slashed":
        return _slashed(groups), False
    if shape == "iso":
        return intervals.day(int(groups["y"]), int(groups["m"]), int(groups["d"])) or Interval(None, None, "day"), False
    if groups.get("mon"):
        return _calendar(groups, base)
    if groups.get("y"):
        first = intervals.year(int(groups["y"]), _part(groups.get("part")))
        return (intervals.span(first, intervals.year(int(groups["y2"]))) if groups.get("y2") else first), False
    return _relative(shape, groups, base), True


def _calendar(groups: dict[str, str | None], base: Interval | None) -> tuple[Interval, bool]:
    number = _MONTHS[(groups["mon"] or "").rstrip(".").lower()]
    part = _part(groups.get("part"))
    days = [int(re.sub(r"\D", "", groups[key] or "")) for key in ("d", "d2") if groups.get(key)]

    def build(year: int) -> Interval | None:
        if not days:
            return intervals.month(year, number, part)
        first, last = intervals.day(year, number, days[0]), intervals.day(year, number, days[-1])
        return intervals.span(first, last) if first and last else None

    unknown = Interval(None, None, "day" if days else "month")
    if groups.get("y"):
        return build(int(groups["y"] or 0)) or unknown, False
    if base is None:
        return unknown, True
    after = groups.get("turn") == "next"
    found = intervals.recent(base, build, after=after)
    if (
        groups.get("turn") == "last"
        and found
        and base.start
        and found.start
        and found.start <= base.start <= (found.end or base.start)
    ):
        found = build(found.start.year - 1)
    return found or unknown, True


def _slashed(groups: dict[str, str | None]) -> Interval:
    """Read 14/06/2017; 05/06/2017 may be either order, and stays open between the two days."""
    a, b, year = int(groups["a"] or 0), int(groups["b"] or 0), int(groups["y"] or 0)
    options = [found for found in (intervals.day(year, b, a), intervals.day(year, a, b)) if found]
    if len(options) == 1 or (options and options[0] == options[-1]):
        return options[0]
    return Interval(None, None, "day")


def _part(word: str | None) -> str | None:
    if word is None:
        return None
    word = word.lower()
    names = {"beginning": "early", "start": "early", "end": "late", "middle": "mid"}
    return next((kind for name, kind in names.items() if name in word), word)


def _count(said: str | None) -> int | None:
    if said is None or said.lower() in ("a", "an"):
        return 1
    if said.lower().split()[0] in ("several", "few") or "few" in said or "couple" in said:
        return None
    return int(find_numbers(said)[0].value)


def _relative(shape: str, groups: dict[str, str | None], base: Interval | None) -> Interval:
    unit = (groups.get("unit") or "day").lower()
    precision = {"week": "week", "weekend": "week", "month": "month", "year": "year"}.get(unit, "day")
    unknown = Interval(None, None, "day" if shape in ("weekday", "day_word") else precision)  # type: ignore[arg-type]
    if base is None or shape == "occasion":
        return unknown  # an occasion has no date of its own here: "the first week of the operation"
    turn = (groups.get("turn") or "").lower()
    found: Interval | None = None
    if shape == "weekday":
        found = _weekday(groups, turn, base)
    elif shape == "day_word":
        word = (groups["word"] or "").lower()
        found = intervals.shifted(base, days={"yesterday": -1, "last night": -1, "tomorrow": 1}.get(word, 0))
        if found and found.start and word == "overnight":
            found = replace(found, start=(intervals.shifted(base, days=-1) or found).start)
    elif shape == "unit":
        found = _unit(unit, turn, base)
    else:
        count = _count(groups.get("n"))
        if count is None:
            return unknown
        key = {"hour": "days"}.get(unit, unit + "s")
        count = max(1, round(count / 24)) if unit == "hour" else count
        found = intervals.shifted(base, **{key: -count})
        if found and shape == "past":
            found = Interval(found.start, base.end, "open")
    return found or unknown


def _weekday(groups: dict[str, str | None], turn: str, base: Interval) -> Interval | None:
    number = _DAYS.index((groups["wd"] or "").lower())
    if groups.get("ago"):
        week = intervals.shifted(base, weeks=-1)
        return (
            intervals.weekday(Interval(week.end, week.end, "day"), number) if week and base.start == base.end else week
        )
    if turn in ("next", "the following"):
        return intervals.weekday(base, number, after=True)
    return intervals.weekday(base, number, before=turn in ("last", "this past", "past", "the previous"))


def _unit(unit: str, turn: str, base: Interval) -> Interval | None:
    step = {"last": -1, "the previous": -1, "next": 1}.get(turn, 0)
    if unit == "weekend":
        sunday = intervals.weekday(base, 6, before=True)
        if sunday is None or step > 0:
            return None
        saturday = intervals.shifted(sunday, days=-1)
        return Interval(saturday.start if saturday else None, sunday.end, "week")
    if turn in ("the past", "past", "this past"):
        back = intervals.shifted(base, **{unit + "s": -1})
        return Interval(back.start, base.end, "open") if back else None
    if step == 0:
        return intervals.this(base, unit)
    return intervals.shifted(base, **{unit + "s": step})


def _edge(text: str, match: re.Match[str], found: Interval, base: Interval | None) -> tuple[int, Interval]:
    """Open an interval at one side where the words before it say so ("since", "until", "before", "after")."""
    edge = _EDGE.search(text, max(0, match.start() - 20), match.start())
    if edge is None or edge.end() != match.start():
        return match.start(), found
    word = edge["word"].lower()
    if word == "since":
        return edge.start(), Interval(found.start, base.end if base and found.start else None, "open")
    if word in ("until", "till", "up to", "as of"):
        return edge.start(), Interval(None, found.end, "open")
    if word == "before":
        return edge.start(), Interval(None, found.start, "open")
    if word == "after":
        return edge.start(), Interval(found.start, None, "open")
    return match.start(), found


def _joined(text: str, mentions: list[DateMention]) -> list[DateMention]:
    """Join "from 1 March to 10 June" and "between March and June" into one interval."""
    joined: list[DateMention] = []
    for mention in mentions:
        before = joined[-1] if joined else None
        if before is not None:
            gap = text[before.span.end : mention.span.start].lower()
            lead = text[max(0, before.span.start - 9) : before.span.start].lower()
            ranged = (gap in (" to ", " until ", " through ", " till ") and lead.endswith("from ")) or (
                gap == " and " and lead.endswith("between ")
            )
            first, last = before.when, mention.when
            if mention.span.text.lower().startswith(("until ", "till ")) and lead.endswith("from ") and gap == " ":
                ranged = True
            if ranged and first.start and last.end and first.start <= last.end:
                lead_word = "from " if lead.endswith("from ") else "between "
                span = Span.of(text, before.span.start - len(lead_word), mention.span.end)
                when = When(
                    text=span.text,
                    start=first.start,
                    end=last.end,
                    precision=last.precision if last.precision != "open" else first.precision,
                    basis=last.basis,
                )
                joined[-1] = DateMention(span=span, when=when)
                continue
        joined.append(mention)
    return joined
