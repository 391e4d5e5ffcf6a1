"""Which figures count nobody: years, ages, dates, times, distances, sums, units, addresses, telephone numbers."""

import re
from functools import cache

from corroborate.knowledge.lexicon import lexicon
from corroborate.read.numbers import Number

_STREET = (
    r"St|Street|Ave|Avenue|Road|Rd|Drive|Dr|Blvd|Boulevard|Lane|Ln|Court|Ct|Way|Place|Pl|Highway|Hwy|Parkway|Pkwy"
    r"|Circle|Terrace|Square|Trail|Loop|Pike"
)
_ADDRESS = re.compile(
    rf"\s(?:block of\b|(?:[A-Z0-9][\w.']*\s){{1,4}}(?:{_STREET}|street|avenue|road|drive|boulevard|lane|highway)\b)"
)
_OLD = re.compile(r"[\s-]*(?:years?|yrs?|months?|weeks?|days?)[\s-]*olds?\b|[\s-]*y/?o\b|\s*yo\b", re.IGNORECASE)
_AGED = re.compile(
    r"\b(?:aged?|ages|ages? of|aged? between|aged? from)\s+(?:(?:\d+|months|years)(?:\s*,\s*|\s+and\s+|\s+to\s+|-)?)*$",
    re.IGNORECASE,
)
_AFTER_NAME = re.compile(
    r"(?:[A-Z][\w'’.-]*|\b(?:woman|man|boy|girl|victim|resident|suspect|son|daughter|brother|sister))\s*(?:,|\()\s*$"
)
# "A boy of eight was hit"; not "the mother of two victims".
_CHILD_OF = re.compile(
    r"\b(?:man|woman|boy|girl|child|toddler|infant|teenager|son|daughter|brother|sister|youth) of\s+$", re.IGNORECASE
)
_STANDS_ALONE = re.compile(r"\s*(?:[,;()]|\.(?!\d)|$)|\s+(?:was|were|is|are|died|has|had|who|and|from|in|at)\b")
_FULL_NAME = re.compile(r"[A-Z][\w'’.-]+\s+[A-Z][\w'’.-]+\s*,\s*$")
_AFTER_WORD, _COMMA = re.compile(r"[a-z]\s*,\s*$"), re.compile(r"\s*,")
_APPOSED = re.compile(r"\s*(?:[,;()]|\.(?!\d)|$|\s-{1,2}\s|and\b)")
_REFERENCE = re.compile(r"[\w.,;:!?\]\"”)]\[$")  # "the gunman.[10]": a note's number
_SEASON = re.compile(
    r"\b(?:in|since|of|by|until|from|during|late|early|mid|year|and|between|to)\s+(?:the\s+)?$", re.IGNORECASE
)
_TIME = re.compile(r"\s*(?:[ap]\.?\s?m\b|o'?clock\b|hours GMT|hrs\b|GMT\b|:\d\d)", re.IGNORECASE)
_DIGITS_BEFORE = re.compile(r"(?:\d(?:\s?[-:/]\s?|\.)|\b\d+ of /? ?|\(\d{3}\)\s?|[$£€]\s?)$")
_DIGITS_AFTER = re.compile(r"\s?[-:/]\s?\d|\)\s?\d{3}")
_MONTH = re.compile(
    r"\b(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?\s*$",
    re.IGNORECASE,
)
_OLDEST = 115
_CONTEXT = 48


def counts_nobody(text: str, number: Number, dates: list[tuple[int, int]]) -> bool:
    """Say whether the figure is surely no count of people or things; `dates` are code point spans of dates."""
    # "a quarter of a million": spelt out, it goes on where a date would end.
    if any(
        start < number.core_end and number.core_start < end and not (number.spelt and number.core_end > end)
        for start, end in dates
    ):
        return True
    left = text[max(0, number.start - _CONTEXT) : number.start]
    close = text[max(0, number.core_start - _CONTEXT) : number.core_start]  # with the words of the bound
    right = text[number.core_end : number.core_end + _CONTEXT]
    return (
        is_age(text, number)
        or _is_year(number, left, right)
        or bool(_TIME.match(right) or (_ADDRESS.match(right) and not number.spelt))
        or bool(not number.spelt and (_DIGITS_BEFORE.search(close) or _DIGITS_AFTER.match(right)))
        or bool(not number.spelt and number.value <= 31 and _MONTH.search(close))
        or bool(re.match(r"0\d", text[number.core_start : number.core_end]))
        or bool(not number.spelt and right.startswith("]") and _REFERENCE.search(close))
        or _measures(left, right, number)
    )


def is_age(text: str, number: Number) -> bool:
    """Say whether the figure is somebody's age: "34-year-old", "aged 34", "Ahmad Ali, 34," or "(34)"."""
    if number.value > _OLDEST or number.bound not in ("exact", "about"):
        return False
    left = text[max(0, number.core_start - _CONTEXT) : number.core_start]
    right = text[number.core_end : number.core_end + _CONTEXT]
    if _OLD.match(right) or _AGED.search(left) or (_CHILD_OF.search(left) and _STANDS_ALONE.match(right)):
        return True
    if number.spelt:
        # "Mira Dahl, three, was found": a name before, a verb of its own behind.
        return bool(_FULL_NAME.search(left) and re.match(r"\s*,\s+(?:was|is|has|had|died|who)\b", right))
    if _FULL_NAME.search(left) and re.match(r"\s+who\b", right):
        return True
    return bool(
        (_AFTER_NAME.search(left) and _APPOSED.match(right)) or (_AFTER_WORD.search(left) and _COMMA.match(right))
    )


def _is_year(number: Number, left: str, right: str) -> bool:
    if number.spelt or number.value != int(number.value) or not 1900 <= number.value <= 2100 or number.bound != "exact":
        return False
    after = re.match(r"\s*([a-z]+)", right)
    counted = after is not None and any(after[1] in words for words in _counted_words())
    return not counted or bool(_SEASON.search(left)) or bool(_MONTH.search(left))


@cache
def _counted_words() -> tuple[frozenset[str], ...]:
    book = lexicon("numbers")["counted"]
    return tuple(frozenset(words) for key, words in book.items() if key != "source")


@cache
def _neighbours() -> tuple[frozenset[str], frozenset[str]]:
    book = lexicon("numbers")["not_counts"]
    return frozenset(book["after"]), frozenset(book["before"])


def _measures(left: str, right: str, number: Number) -> bool:
    after, before = _neighbours()
    follows = re.match(r"(?:[\s-]+|\s+(?:full|long|consecutive|straight|more|or so|square)\s+)([\w.'’]+)", right)
    if follows and follows[1].lower().rstrip(".,") in after:
        return True
    if number.value != int(number.value) and re.match(r"\s+(?:\w+\s+){1,2}(?:per|for every)\b", right):
        return True  # "19.3 deaths per 100,000": a rate
    more = re.match(r"\s+(?:more|full|long|consecutive|straight|additional|other)\s+(\w+)", right)
    if more and more[1].lower() in after:
        return True
    if number.spelt:
        return False
    leads = re.search(r"(\S+?)[\s-]*$", left)
    return bool(leads and leads[1].lower().strip("(\"'“,") in before)
