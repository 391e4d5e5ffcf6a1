"""The shapes of time expressions, as patterns over the bare text: punctuation and capitals may be gone.

A general date parser finds dates in "may" and "a second", and takes 40 ms a sentence; these are tried in an order of
precedence and then held against their surroundings.
"""

import re
from functools import lru_cache

MONTHS = {
    name: number
    for number, names in enumerate(
        ["january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
         "september sept sep", "october oct", "november nov", "december dec"], start=1,
    )
    for name in names.split()
}  # fmt: skip
DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

_MON = "(?:(?:" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")(?!\w)(?:(?<=\b[a-z]{3})\.|(?<=\bsept)\.)?)"
_FULL_MONTH = "(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_SPELT_DAYS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
]
SPELT_DAY = {name.replace("-", joint): n for n, name in enumerate(_SPELT_DAYS, 1) for joint in ("-", " ")}
"""The day of the month by its spelt ordinal, as speech says it ("the first of march")."""
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?!\w)(?!\.\d)"
_SPELT = "(?:" + "|".join(sorted(SPELT_DAY, key=len, reverse=True)) + r")\b"
_NOUN_COUNTED = (
    r"(?:people|civilians|children|women|men|soldiers|fighters|militants|troops|victims|families|refugees|others|percent"
    r"|per\s+cent|million|billion|points?|homes|houses|prisoners|detainees|wounded|dead|pounds?|lbs?|kg|kilograms?|tons?|tonnes?"
    r"|metres?|meters?|km|kilometres?|kilometers?|miles?|feet|square|dollars?|rounds|calories)"
)
# "June 20 people" in a text without punctuation is a month and a figure.
_NOT_COUNTED = rf"(?![\s-]+{_NOUN_COUNTED}\b)"
_YEAR = r"(?:19|20)\d\d(?![\w])(?!\s?\d{3}\b)(?![\s-]block\b)"  # "the 2000 block of Mill Street" is an address
_TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
_ONES = r"(?:one|two|three|four|five|six|seven|eight|nine)"
_TEENS = r"(?:ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
_SPELT_YEAR = (
    rf"(?:nineteen[ -](?:{_TENS}(?:[ -]{_ONES})?|{_TEENS})|twenty[ -](?:{_TENS}(?:[ -]{_ONES})|{_TEENS})"
    rf"|two thousand(?:(?: and)? (?:{_TEENS}|{_ONES}))?)"
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WEEKDAY_SHORT = r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)"
_COUNT = (
    rf"(?:\d{{1,3}}(?!\d)|an?|the|one|{_TENS}(?:[ -]{_ONES})?|{_TEENS}|{_ONES}|several|many|a few|a couple of|couple of"
    r"|few|some)"
)
OCCASION = (
    r"(?:operation|offensive|campaign|war|conflict|siege|battle|invasion|assault|ceasefire|cease-fire|truce|uprising"
    r"|attack|occupation|fighting|bombardment|blockade|protests|revolution)"
)
"""What has a first week and a last day, as a regular expression."""
_ORDINAL = r"(?:first|second|third|fourth|1st|2nd|3rd|4th)"
_PART = (
    r"(?P<part>early|mid|late|(?:in )?the early part of|(?:the )?beginning of|(?:the )?start of|(?:the )?end of"
    r"|(?:the )?middle of)(?:\s+|-)(?:in\s+)?"
)
_NAMED_DAY = rf"(?:(?P<dow>{_WEEKDAY}|{_WEEKDAY_SHORT})\.?,?\s+(?:the\s+)?)?"
_THEN_YEAR = rf"(?:(?:,\s*|\s+)(?:in\s+)?(?P<y>{_YEAR}|{_SPELT_YEAR})|,?\s+(?:of\s+)?(?P<of>last|this|next) year)?"
_TO = r"\s?(?:-|–|to|through)\s?"
_TIME_OF_DAY = r"(?P<hour>morning|afternoon|evening|night|noon|dawn|midnight)"
_UNIT = r"(?P<unit>hour|day|week|weekend|month|quarter|year|decade)"
_BOUND = (
    r"(?P<bound>(?:(?:just|only|little)\s+)?"
    r"(?:more than|less than|over|about|around|nearly|almost|at least|up to|some)\s+)?"
)

_LASTS = r"(?:last|past|next|coming)"
_END_OF = r"(?:the )?(?:end|beginning|start|middle) of"
_DAY_PART = r"(?:morning|afternoon|evening|night)"
_SEASON = r"(?P<season>spring|summer|autumn|fall|winter)"
_MORE = r"(?:more\s+|full\s+|straight\s+|consecutive\s+)?"

# In order of precedence: what an earlier shape took, a later one does not see.
_SHAPES: list[tuple[str, str]] = [
    ("iso", r"(?P<y>(?:19|20)\d\d)-(?P<m>0[1-9]|1[0-2])-(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"),
    ("slashed", r"(?P<a>\d{1,2})[/.-](?P<b>\d{1,2})[/.-](?P<y>(?:19|20)\d\d)(?!\d)"),
    (
        "days_of",
        rf"(?:the\s+)?(?P<d>{_DAY})\s?(?:-|–|to|and|through)\s?(?:the\s+)?(?P<d2>{_DAY})\s+(?:of\s+)?(?P<mon>{_MON})"
        rf"{_THEN_YEAR}",
    ),
    ("of_days", rf"(?P<mon>{_MON})\s+(?P<d>{_DAY})(?:{_TO}|\s+and\s+)(?P<d2>{_DAY}){_NOT_COUNTED}{_THEN_YEAR}"),
    ("day_month", rf"{_NAMED_DAY}(?:the\s+)?(?P<d>{_DAY})\s+(?:of\s+)?(?P<mon>{_MON}){_THEN_YEAR}"),
    ("spelt_day", rf"{_NAMED_DAY}(?:the\s+)?(?P<d>{_SPELT})\s+of\s+(?P<mon>{_FULL_MONTH}){_THEN_YEAR}"),
    ("month_day", rf"{_NAMED_DAY}(?P<mon>{_MON})\s+(?P<d>{_DAY})(?!\s?\d{{3}}\b){_NOT_COUNTED}{_THEN_YEAR}"),
    ("month_year", rf"(?:{_PART})?(?P<mon>{_MON})(?:,|\s+of|\s+in)?\s+(?P<y>{_YEAR}|{_SPELT_YEAR})"),
    ("month_turn", rf"(?:{_PART})?(?P<mon>{_FULL_MONTH}),?\s+(?:of\s+)?(?P<of>last|this|next) year\b"),
    ("turn_month", rf"(?P<turn>last|this past|this|next|this coming)\s+(?P<mon>{_FULL_MONTH})\b"),
    ("part_month", rf"{_PART}(?P<mon>{_FULL_MONTH})\b"),
    ("bare_month", rf"(?P<mon>{_FULL_MONTH})\b"),
    (
        "quarter",
        rf"(?:(?:the|fiscal|its|their)\s+)*(?P<n>{_ORDINAL})[ -]quarter"
        rf"(?:\s+(?:of\s+)?(?:fiscal\s+)?(?:(?P<y>{_YEAR})|(?P<turn>last|this|next) year))?(?!s)",
    ),
    (
        "year_quarter",
        rf"(?:(?P<y>{_YEAR})|(?P<turn>last|this|next) year)(?:['’]s|\s+s)?\s+(?P<n>{_ORDINAL})[ -]quarter",
    ),
    ("season", rf"(?:the\s+)?(?:(?P<part>early|mid|late)[ -])?{_SEASON}\s+(?:of\s+)?(?P<y>{_YEAR}|{_SPELT_YEAR})"),
    ("turn_season", rf"(?P<turn>last|this past|this|next|this coming)\s+{_SEASON}\b(?!\s+of\b)"),
    ("decade", r"(?:the\s+)?(?:(?P<part>early|mid|late)[ -])?(?P<decade>(?:19|20)\d0)['’]?s\b"),
    ("years", rf"(?P<y>{_YEAR}){_TO}(?P<y2>{_YEAR})"),
    ("part_year", rf"{_PART}(?P<y>{_YEAR})"),
    ("year", rf"(?:(?P<named>fiscal|the year)\s+)?(?P<y>{_YEAR}|{_SPELT_YEAR})"),
    (
        "each",
        rf"(?:each|every)\s+(?:(?P<wd>{_WEEKDAY})|(?:single\s+)?"
        r"(?P<unit>day|week|month|year|quarter|hour|night|morning))\b",
    ),
    (
        "weekday",
        r"(?:(?:late|early|earlier|later)\s+)?"
        r"(?:(?P<turn>last|this past|this coming|this|next|past|the previous|the following)\s+)?(?:(?:early|late)\s+)?"
        rf"(?P<wd>{_WEEKDAY})(?:['’]s)?(?:\s+{_TIME_OF_DAY})?(?P<ago>\s+(?:of\s+)?last week)?\b",
    ),
    (
        "day_word",
        r"(?:(?P<part>early|late|earlier|later)\s+)?(?P<word>the day before yesterday|the day after tomorrow|yesterday"
        r"|today|tonight|tomorrow|last night|this morning|this afternoon|this evening|overnight"
        rf"|(?:half an|an|one) hour ago|(?:{_COUNT}\s+)?(?:minutes|moments|hours) ago)(?:\s+{_DAY_PART})?\b",
    ),
    (
        "unit",
        rf"(?:(?P<part>earlier|late|early|later|{_END_OF})\s+)?"
        r"(?P<turn>last|this past|this coming|this|next|the past|past|the current|current|the coming|coming)\s+"
        r"(?P<unit>week|weekend|month|quarter|year|decade)\b(?!-)",
    ),
    (
        "of_unit",
        rf"(?P<part>earlier in|later in|early in|late in|{_END_OF}|over|at|during)\s+the\s+"
        r"(?P<unit>week|weekend|month|year)\b(?!-)",
    ),
    ("named_unit", r"the\s+(?P<unit>weekend)\b"),
    ("ago", rf"{_BOUND}(?P<n>{_COUNT})\s+(?P<unit>day|week|month|year|decade)s?\s+(?:or so\s+)?(?:ago|back)\b"),
    ("vague_ago", r"(?P<unit>day|week|month|year|decade)s\s+ago\b"),
    ("year_ago", r"(?:the\s+)?(?P<unit>year)-(?:ago|earlier)\b(?:\s+(?:period|quarter))?"),
    (
        "told",
        r"(?P<turn>the same|that same|that very|that|the next|the following|the previous|the preceding)\s+"
        r"(?P<unit>day|week|month|year)\b(?!-)(?!\s+of\b)"
        r"|the (?:following|next) (?P<hour>morning|afternoon|evening|night)\b",
    ),
    (
        "shift",
        rf"{_BOUND}(?P<n>{_COUNT})\s+(?P<unit>day|week|month|year|decade)s?\s+"
        r"(?P<way>earlier|before(?!\s+(?:the|that|he|she|it|they|his|her|its))|later|afterwards?)\b",
    ),
    (
        "occasion",
        r"(?:just\s+)?(?:within|in|during|over|on)\s+(?:just\s+)?(?:the\s+)?(?:very\s+)?"
        r"(?P<nth>first|opening|last|final|past|second|third|fourth|fifth)\s+"
        rf"(?:(?P<n>{_COUNT})\s+)?{_UNIT}s?\s+of\s+(?:the\s+|its\s+|their\s+|a\s+)?"
        rf"(?:[\w’']+\s+){{0,4}}?(?P<occasion>{OCCASION})\b",
    ),
    (
        "past",
        r"(?:(?:over|in|during|for|within|throughout)\s+)?(?:at least\s+)?"
        rf"the\s+(?P<turn>{_LASTS})\s+(?P<n>{_COUNT})\s+{_UNIT}s?\b",
    ),
    (
        "recent",
        r"(?:(?:over|in|during|for|within)\s+)(?:the\s+)?(?P<turn>recent|coming|past|last)\s+"
        r"(?P<unit>day|week|month|year)s\b",
    ),
    (
        "period",
        r"(?P<over>(?:just\s+|only\s+)?(?:in|within|over|during|for|throughout)\s+)"
        rf"(?:just\s+|only\s+|a period of\s+|the space of\s+)?{_BOUND}(?P<n>{_COUNT})[ -]{_MORE}{_UNIT}s?\b"
        r"(?!-)(?!\s+(?:old|of age|in (?:prison|jail))\b)",
    ),
    ("duration", rf"{_BOUND}(?P<n>{_COUNT})[ -]{_MORE}{_UNIT}s?\b(?!-?\s?old\b)(?!\s+of age\b)"),
]
_PATTERNS = [(name, re.compile(body, re.IGNORECASE)) for name, body in _SHAPES]
_WORD = re.compile(r"(?<![\w$£€.,/@#-])\w+")
_OPENING_WORDS = (
    "mon tue tues wed thu thur thurs fri sat sun one two three four five six seven eight nine ten eleven twelve "
    "thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty "
    "ninety a an the this that last next past coming current same recent each every its their fiscal early earlier "
    "late later mid beginning start middle end spring summer autumn fall winter day days week weeks month months year "
    "years decade decades hour hours weekend quarter yesterday today tonight tomorrow overnight in on at over during "
    "within for throughout just only little more less about around nearly almost up some several many few couple "
    "half minutes moments"
)
# What a time expression begins with, unless with a digit: a fifth of the words of a text. Only there the shapes are
# tried, which takes 0.28 of the time that searching a text for each of them takes.
_OPENINGS = frozenset([*MONTHS, *DAYS, *(re.split("[- ]", day)[0] for day in SPELT_DAY), *_OPENING_WORDS.split()])

_LEAD = re.compile(
    r"\b(?:in|since|of|by|until|till|from|last|this|next|early|late|mid|during|to|through|between|and|before|after|on|every|throughout|for)[\s-]+(?:the\s+)?$",
    re.IGNORECASE,
)
_YEAR_LEAD = re.compile(
    r"\b(?:in|since|of|by|until|till|from|early|late|mid|during|to|through|between|and|before|after|the|year|throughout|for"
    r"|around|spring|summer|autumn|fall|winter|than|compared with|fiscal|into|both|vs|a|an|its|his|her|their|our)"
    r"[\s-]+(?:the\s+)?$|[(]$|\w['’]s\s+$",
    re.IGNORECASE,
)
_COUNTED_RIGHT = re.compile(rf"[\s-]+(?:of the )?{_NOUN_COUNTED}\b", re.IGNORECASE)
_RARE = ("may", "march")


# Of few texts: a document's is asked for by those who look for dates, figures and places.
@lru_cache(maxsize=4)
def found_shapes(text: str) -> tuple[tuple[str, re.Match[str]], ...]:
    """Return (shape, match) of the time expressions of a text, in order, none overlapping."""
    starts = [m.start() for m in _WORD.finditer(text) if m[0][0].isdigit() or m[0].casefold() in _OPENINGS]
    taken: list[tuple[str, re.Match[str]]] = []
    covered = bytearray(len(text))
    for shape, pattern in _PATTERNS:
        end = 0
        for start in starts:
            match = pattern.match(text, start) if start >= end else None
            if match is None:
                continue
            end = match.end()
            if covered.find(1, start, end) >= 0 or not _holds(text, shape, match):
                continue
            covered[start:end] = b"\1" * (end - start)
            taken.append((shape, match))
    return tuple(sorted(taken, key=lambda found: found[1].start()))


def is_rare_month(match: re.Match[str]) -> bool:
    """Say whether the match rests on a month whose name is a common verb as well ("may", "march")."""
    month = match.groupdict().get("mon")
    return month is not None and month.lower() in _RARE


def _holds(text: str, shape: str, match: re.Match[str]) -> bool:
    """Say whether the words are surely a time: a bare month or year needs a word that leads to one."""
    left = text[max(0, match.start() - 24) : match.start()]
    if shape == "year":
        if _COUNTED_RIGHT.match(text, match.end()):
            return False
        return match["named"] is not None or bool(_YEAR_LEAD.search(left))
    if shape in ("period", "duration"):
        return (match["n"] or "").lower() not in ("the", "some")
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
