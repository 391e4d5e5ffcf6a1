"""Figures in a text, in digits or words, with their bound as said: what they count is not asked here.

Works on the bare text, so that it reads "160 000", "at least a dozen" and "20-30" alike with and without punctuation.
"""

import re
from dataclasses import dataclass, replace
from functools import cache

from text_to_num import text2num

from corroborate.knowledge.lexicon import lexicon
from corroborate.model import Bound

_UNITS = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety"
)
_WORD = "(?:" + "|".join(sorted(_UNITS.split(), key=len, reverse=True)) + ")"
_BIG = "(?:hundred|thousand|million|billion)"
_SPELT = (
    rf"(?:{_WORD}(?:-{_WORD}|\ {_WORD})?(?:\ {_BIG}(?:\ and\ {_WORD}(?:[- ]{_WORD})?|\ {_WORD}(?:[- ]{_WORD})?)?)*)"
)
# Thousands split by a comma, a full stop is a decimal point; a space splits thousands only before exactly three digits.
_DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:\.\d+)?)"
# "1 2 million" is what is left of "1.2 million" where the punctuation is gone.
_LOST_POINT = r"(?:\d{1,3}\ \d{1,2}(?=\ (?:million|billion)\b))"
_SCALE = r"(?:(?:[ -]?(?:hundred|thousand|million|billion)|k|m|mn|bn)\b)"
_GLUED = re.compile(r"https?\S*|www\.\S+|\S*[@#_/]\S*|\w*[A-Za-z]\d\w*|\d+(?:st|nd|rd|th)\b|\d+:\d\d|\d+-\d+-\d[\d-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A figure: `start` and `end` hold its bound words too, `core` only the figure; code points of the text."""

    start: int
    end: int
    core_start: int
    core_end: int
    low: float | None
    high: float | None
    bound: Bound
    spelt: bool = False

    @property
    def value(self) -> float:
        """The figure as named, whichever side it bounds."""
        return self.low if self.low is not None else self.high or 0.0


def find_numbers(text: str) -> list[Number]:
    """Return the figures of `text` in order, none overlapping; ranges and bounds are already applied."""
    glued = [m.span() for m in _GLUED.finditer(text) if not re.fullmatch(r"\d+-\d+", m[0])]
    found = []
    for match in _pattern().finditer(text):
        if any(a < match.end() and match.start() < b for a, b in glued):
            continue
        number = _number(match)
        if number is not None:
            found.append(number)
    return [_bounded(text, number) for number in _ranged(text, found)]


@cache
def _pattern() -> re.Pattern[str]:
    book = lexicon("numbers")
    vague = sorted((w for block in book["vague"] for w in block["words"]), key=len, reverse=True)
    multiple = sorted((w for w in book["multiples"] if w != "source"), key=len, reverse=True)
    return re.compile(
        rf"(?<![\w.,$£€'’/])(?<![^\d]-)(?:(?P<vague>(?<!\bas\ )(?<!\bhow\ )(?<!\bso\ )(?:{'|'.join(vague)}))"
        rf"|(?P<factor>{_SPELT}|\d+)\ dozen"
        rf"|(?:an?\ )?(?P<multiple>{'|'.join(multiple)})"
        rf"|(?P<digits>{_LOST_POINT}|{_DIGITS})(?P<scale>{_SCALE})?"
        rf"|(?P<spelt>{_SPELT}))(?![\w])(?!['’.,]?\d)",
        re.IGNORECASE,
    )


@cache
def _vague() -> dict[str, tuple[float, float]]:
    return {w: (block["low"], block["high"]) for block in lexicon("numbers")["vague"] for w in block["words"]}


def _number(match: re.Match[str]) -> Number | None:
    start, end = match.span()
    low: float
    high: float
    bound: Bound = "exact"
    if word := match["vague"]:
        low, high = _vague()[word.lower()]
        bound = "vague"
    elif match["multiple"] or match["factor"]:
        factor = _value(match["factor"]) if match["factor"] else 1.0
        if factor is None:
            return None
        word = (match["multiple"] or "dozen").lower()
        low = high = factor * lexicon("numbers")["multiples"][word]
        bound = "about"
    else:
        value = _value(match["digits"] or match["spelt"])
        if value is None:
            return None
        if scale := match["scale"]:
            value *= lexicon("numbers")["scales"][scale.strip(" -").lower()]
        low = high = value
    return Number(
        start=start, end=end, core_start=start, core_end=end, low=low, high=high, bound=bound, spelt=not match["digits"]
    )


def _value(said: str) -> float | None:
    if not said[0].isdigit():
        try:
            return float(text2num(said.lower().replace("-", " "), "en"))
        except ValueError:
            return None  # a run of number words that makes no number ("one two")
    if re.fullmatch(r"\d{1,3} \d{1,2}", said):
        return float(said.replace(" ", "."))
    return float(re.sub(r"[, \u00a0\u202f]", "", said))


def _ranged(text: str, found: list[Number]) -> list[Number]:
    """Join "20-30", "20 to 30", "two or three", "between 20 and 30" into one figure with both its ends."""
    joined: list[Number] = []
    for number in found:
        before = joined[-1] if joined else None
        if before is not None and before.bound == number.bound == "exact" and before.value < number.value:
            gap = text[before.end : number.start].lower()
            lead = text[max(0, before.start - 9) : before.start].lower()
            is_range = (gap in ("-", "–", " - ", " – ") or gap in (" to ", " or ")) and not lead.endswith("from ")
            is_between = gap == " and " and lead.endswith("between ")
            if is_range or is_between:
                start = before.start - (len("between ") if is_between else 0)
                low = before.value
                # "one to two million": the scale belongs to both ends.
                if number.value >= 1e5 and low < 1000:
                    low *= 10 ** (len(str(int(number.value))) - len(str(int(number.value)).rstrip("0")))
                    low = low if low < number.value else before.value
                joined[-1] = replace(
                    before, start=start, end=number.end, core_end=number.end, low=low, high=number.high
                )
                continue
        joined.append(number)
    return joined


@cache
def _bound_words() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, Bound]]:
    book = lexicon("numbers")
    kinds = {
        w: kind for key in ("bounds", "bounds_after") for kind, ws in book[key].items() if kind != "source" for w in ws
    }
    before = sorted((w for k, ws in book["bounds"].items() if k != "source" for w in ws), key=len, reverse=True)
    after = sorted((w for k, ws in book["bounds_after"].items() if k != "source" for w in ws), key=len, reverse=True)
    words = "|".join(re.escape(w) for w in before)
    return (
        re.compile(
            rf"(?<!\w)(?P<word>{words})\s+(?:(?:a|an|another|the|additional|further|other)\s+)?$", re.IGNORECASE
        ),
        re.compile(rf"^\s+(?P<word>{'|'.join(after)})(?!\w)|^(?P<plus>\s?\+)", re.IGNORECASE),
        kinds,
    )


def _bounded(text: str, number: Number) -> Number:
    left, right, kinds = _bound_words()
    start = number.start
    # Two words at most ("at least about 20"): the outer one says which side is open.
    for _ in range(2):
        match = left.search(text, max(0, start - 40), start)
        if match is None or match.end() != start:
            break
        word = match["word"].lower()
        number = _apply(replace(number, start=match.start()), kinds[word])
        start = match.start()
    if match := right.match(text[number.end : number.end + 24]):
        kind: Bound = "more_than" if match["plus"] else kinds[match["word"].lower()]
        number = _apply(replace(number, end=number.end + match.end()), kind)
    return number


def _apply(number: Number, bound: Bound) -> Number:
    if bound in ("at_least", "more_than"):
        return replace(number, bound=bound, low=number.value, high=None)
    if bound in ("up_to", "less_than"):
        return replace(number, bound=bound, low=None, high=number.high if number.high is not None else number.value)
    return number if number.bound == "vague" else replace(number, bound=bound)
