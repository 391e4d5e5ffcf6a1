"""The dead and the hurt of the event that one report is mainly about, chosen from all figures that it gives.

A report tells of earlier events and of totals too; the headline and the opening tell of the one that it was written
for. A figure weighs by where it stands, equal figures together, and the heaviest is taken (of equal ones the larger).
Where no figure is given, the named victims are counted; where there are none, a death or a wound told in the opening is
one. Over 516 gun-violence reports with their registers (those it was made on): the first, the largest and the commonest
figure have the killed right in 75, 75 and 76 percent and the injured in 57, 52 and 54; this choice in 83 and 70.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from corroborate.model import Claim, Document, Quantity

_OPENING = 900
"""Code points behind the title that are the opening. Killed and injured right: 500: 83.3 / 67.8, 700: 83.3 / 69.0,
900: 82.9 / 69.2, 1200: 82.4 / 69.6, 1600: 81.4 / 69.8 percent (before figures joined by "and" were added up)."""
_OPENING_DEAD = 600
"""The same for a death that is to be told. Killed right in 422 reports: 600: 84.8, 900: 83.6, 1300: 82.2 percent; with
600 for the wounded too their share falls from 70.4 to 69.4."""
_LEAD = 500

_WEIGHTS = {"title": 3.0, "lead": 2.0, "rest": 1.0}
_EARLIER = timedelta(days=45)  # an event so long before the report is its background
_PERIOD = timedelta(days=15)  # a figure over so long a time is a total of many events

_DEATH = re.compile(
    r"\b(?:kill(?:s|ed|ing)?|dead|died|dies|fatal(?:ly)?|homicides?|murder(?:s|ed)?|manslaughter|deaths?|deadly|slain"
    r"|slaying|martyr\w*)\b",
    re.IGNORECASE,
)
_NO_DEATH = re.compile(
    r"attempted\s+(?:\S+\s+){0,2}(?:murder|homicide|manslaughter)|deadly (?:weapon|force)|non-?fatal|not fatal"
    r"|homicide (?:detective|unit|squad|investigator|bureau|division)\w*|death penalty|dead end"
    r"|(?:no one|nobody) (?:was |has )?(?:died|killed)|wasn['’]t killed",
    re.IGNORECASE,
)
_HURT = re.compile(
    r"\b(?:wounded|injured|wounding|injuring|hospitali[sz]ed|(?:critical|stable|serious) condition|survived)\b",
    re.IGNORECASE,
)
_HIT = re.compile(
    r"\b(?:shot|shoots?|stabbed|gunshot|injur(?:y|ies)|wounds?)\b"
    r"|\b(?:taken|rushed|airlifted|flown) to (?:\S+ ){0,5}hospital",
    re.IGNORECASE,
)
_SHOT_AFTER = re.compile(r"^[^.;:!?\n]{0,60}?\b(?:shot|stabbed|struck|hit|gunned)\b")
_SHOT_BEFORE = re.compile(r"\b(?:shot|shoots?|shooting|stabbed|stabbing)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_SAYS_HURT = re.compile(r"injur|wound|hurt|hospital|surviv", re.IGNORECASE)
_OTHERS_AFTER = re.compile(r"^\s*(?:\w+\s+)?(?:others?|more)\b", re.IGNORECASE)
_OTHERS_BEFORE = re.compile(r"\b(?:another|other)\s*$", re.IGNORECASE)
# "two adults and three children": one count in two figures, with nothing between them but whom the first counts.
_JOINED = re.compile(
    r"^(?:\s+(?!(?:killed|dead|wounded|injured|hurt|shot|died|of)\b)[\w'’-]+){1,3}(?:,|,?\s+and|\s+&)\s+$"
)
# "Civilian dies of wounds", "shelling kills child": a headline leaves out the article.
_ONE = r"(?:civilian|man|woman|boy|girl|child|toddler|teen(?:ager)?|infant|soldier|fighter|journalist|officer|student)"
_ONE_DEAD = re.compile(
    rf"\b(?:kill(?:s|ed|ing)|claim(?:s|ed) life of)\s+(?:\w+\s+)?{_ONE}\b(?! and (?!injur|wound|hurt))"
    rf"|^\W*(?:[^|:]*[|:]\s*)?(?:\w+\s+)?{_ONE}\b,?\s+(?:\S+\s+)?"
    r"(?:dies|died|killed|dead|shot (?:dead|to death)|fatally)\b",
    re.IGNORECASE,
)
_KILLS = re.compile(r"\b(?:kill(?:s|ed|ing)?|shot|shooting|shoots|left|leaving|murder\w*)\s+(?:at least )?$", re.I)
_THEN_HIMSELF = re.compile(
    r"(?:killing|killed|kills|then) (?:himself|herself)\b|turn(?:ing|ed|s) the gun on (?:himself|herself)"
    r"|(?:took|taking|takes) (?:his|her) own life",
    re.IGNORECASE,
)
# The same where nobody is counted: "kills son, then himself".
_MURDER_SUICIDE = re.compile(
    r"murder[-/ –]+suicide|(?:then|and|before (?:killing|shooting)|before turning the gun on) (?:him|her)self\b",
    re.IGNORECASE,
)
_SEVERAL_DEAD = re.compile(
    r"\b(?:one|some|many|most|among) (?:of )?(?:the )?(?:victims (?:who were )?killed|dead)"
    r"|\b(?:martyrs|bodies|casualties|deaths)\b"
    r"|\b(?:civilians|people|fighters|soldiers|women|children|militants|families)\b[^.]{0,30}"
    r"\b(?:killed|dead|martyred|died)\b"
    r"|\bkill(?:ed|s|ing)?\s+(?:\w+\s+){0,2}(?:civilians|people|fighters|soldiers|women|children|militants|families)\b",
    re.IGNORECASE,
)
_ONE_OF = re.compile(
    r"\b(?:one|some|among) (?:of )?(?:the )?(?:victims (?:who were )?killed|dead|martyrs)\b", re.IGNORECASE
)
_ASTERISK = re.compile(r"(?<=[A-Za-z])\*+(?=[A-Za-z])")
_COUNTS_HIM = re.compile(r"including (?:the )?(?:shooter|gunman|suspect|killer|attacker|bomber|himself)", re.IGNORECASE)
_OF_SEVERAL = re.compile(r"\s+of\s+(?:\w+\s+){0,2}(?:victims|those|people|dead|civilians|them|whom)\b", re.IGNORECASE)
_ARTICLES = frozenset(["a", "an", "another"])
_SINGLE = _ARTICLES | {"one"}
# "Father and two children found dead", "the driver and two pupils": one more than the figure.
_AND_ONE = re.compile(
    r"(?:^|\b(?:the|his|her|their)\s+|[.!?|:–-]\s+|\n\s*)(?:\w+\s+)?(?:father|mother|man|woman|boy|girl|wife|husband|son|daughter|brother"
    r"|sister|teacher|driver|officer|soldier|teen|child|parent|grandmother|grandfather)\s+(?:and|&)\s+$",
    re.IGNORECASE,
)


Basis = Literal["figure", "names", "headline", "implied", "nothing"]
"""A figure, named victims, one person in the headline ("child killed"), or a death told without any of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Toll:
    """How many a report says were killed and injured in its main event, and the quantities that say so.

    A quantity is None where the number was not given but follows: from named victims, from a death told without a
    figure (one), from nothing at all (nought). `killed` is None where several dead are told of and nobody counts them.
    """

    killed: int | None
    injured: int
    killed_from: Basis
    killed_said: Quantity | None
    injured_said: Quantity | None


@dataclass(frozen=True, slots=True)
class _Figure:
    quantity: Quantity  # the first of those that were joined
    value: int
    end: int
    single: bool


def toll(document: Document, claims: Iterable[Claim]) -> Toll:
    """Return the toll of a document's main event as the document tells it; `claims` are those of the document."""
    told = list(claims)
    text = document.text
    opening = _plain(text[: len(document.title or "") + _OPENING])
    title = _plain(document.title or "")
    # A headline that tells of wounded alone was not written over dead; what is told of dead below it is background.
    only_hurt = _HURT.search(title) is not None and not _DEATH.search(title)
    deadly = not only_hurt and bool(_DEATH.search(opening))
    soon = deadly and bool(_DEATH.search(_plain(text[: len(document.title or "") + _OPENING_DEAD])))
    dead = _figures(document, told, "killed")
    if _ONE_DEAD.search(title):
        # The headline tells of one: what is told of more below is of other events.
        dead = [figure for figure in dead if figure.value == 1 or _weight(document, figure) > _WEIGHTS["rest"]]
    killed_said = _heaviest(document, dead) if deadly else None
    names = _named(told, "killed") if soon else set()
    killed, basis = _killed(text, opening, dead, killed_said, names, soon, _ONE_DEAD.search(title) is not None)

    hurt = _figures(document, told, "injured")
    shot = [figure for figure in hurt if _only_shot(text, figure)]
    injured_said = _heaviest(document, [figure for figure in hurt if figure not in shot])
    if injured_said is not None:
        injured = injured_said.value
    elif (injured_said := _heaviest(document, shot)) is not None:
        # Of those shot some are dead, unless the figure is of others than the dead.
        apart = any(_of_others(text, figure) for figure in shot if figure.value == injured_said.value)
        injured = injured_said.value if apart else max(0, injured_said.value - (killed or 0))
    else:
        named = _named(told, "injured") - names
        hit = _HURT.search(opening) or (not killed and _HIT.search(opening))
        injured = len(named) or int(hit is not None and bool(hit))
    return Toll(
        killed=killed,
        injured=injured,
        killed_from=basis,
        killed_said=killed_said.quantity if killed_said else None,
        injured_said=injured_said.quantity if injured_said else None,
    )


def _plain(text: str) -> str:
    """Return a text without the asterisks of censored words and what speaks of death without telling of one."""
    return _NO_DEATH.sub(" ", _ASTERISK.sub("", text))


def _killed(
    text: str, opening: str, dead: Sequence[_Figure], said: _Figure | None, names: set[str], deadly: bool, one: bool
) -> tuple[int | None, Basis]:
    """Return the number of the killed and what it follows from; no number where several are told of uncounted."""
    if (
        _ONE_OF.search(opening)
        and not _ONE_DEAD.search(opening)
        and (said is None or said.quantity.text.lower() in _ARTICLES)
    ):
        return None, "nothing"  # of one of several victims
    if said is not None:
        itself = said.single and bool(_MURDER_SUICIDE.search(opening)) and not _COUNTS_HIM.search(text)
        return said.value + max(_himself(text, dead, said), int(itself)), "figure"
    if not deadly:
        return 0, "nothing"
    itself = bool(_MURDER_SUICIDE.search(opening))
    if names:
        return len(names) + int(itself and len(names) == 1), "names"
    if not one and _SEVERAL_DEAD.search(opening):
        return None, "nothing"
    return 1 + int(itself), "headline" if one else "implied"


def _figures(document: Document, claims: Sequence[Claim], measure: str) -> list[_Figure]:
    """Return the figures of one measure that can be of the main event, in reading order."""
    found: dict[int, _Figure] = {}
    home, day = _country(document, claims), _day(document, claims)
    for claim in claims:
        if claim.polarity == "negated" or claim.modality in ("speculated", "denied") or _is_background(day, claim):
            continue
        countries = {place.country for place in claim.places}
        if home is not None and countries and None not in countries and home not in countries:
            continue  # of an earlier event elsewhere
        for quantity in claim.quantities:
            value = quantity.low if quantity.low is not None else quantity.high
            if quantity.measure == measure and quantity.part_of is None and value:
                single = quantity.text.lower() in _SINGLE
                if single and _OF_SEVERAL.match(document.text[quantity.end : quantity.end + 48]):
                    continue
                before = document.text[max(0, quantity.start - 40) : quantity.start]
                one_more = not single and value > 1 and _AND_ONE.search(before) is not None
                found[quantity.start] = _Figure(quantity, int(value) + one_more, quantity.end, single)
    return _joined(document.text, [found[start] for start in sorted(found)])


def _country(document: Document, claims: Sequence[Claim]) -> str | None:
    """Return the country of the places told in the title and the lead, None where most are in no one country."""
    end = len(document.title or "") + _LEAD
    told = Counter(place.country for claim in claims for place in claim.places if place.start < end and place.country)
    most = told.most_common(1)
    return most[0][0] if most and 2 * most[0][1] > told.total() else None


def _day(document: Document, claims: Sequence[Claim]) -> date | None:
    """Return the day of the report, or where it has none the latest day that it tells of as past."""
    if document.published is not None:
        return document.published.start
    return max((c.when.end for c in claims if c.when and c.when.end and c.modality != "speculated"), default=None)


def _is_background(day: date | None, claim: Claim) -> bool:
    when = claim.when
    if when is None or when.end is None:
        return False
    if day is not None and day - when.end > _EARLIER:
        return True
    return when.start is not None and when.end - when.start > _PERIOD


def _joined(text: str, figures: Sequence[_Figure]) -> list[_Figure]:
    joined: list[_Figure] = []
    for figure in figures:
        before = joined[-1] if joined else None
        behind = text[figure.end : figure.end + 12]
        if (
            before is not None
            and _JOINED.match(text[before.end : figure.quantity.start])
            and not re.match(r"\s+(?:\w+\s+)?(?:dead|others)\b", behind)
        ):
            joined[-1] = _Figure(before.quantity, before.value + figure.value, figure.end, single=False)
        else:
            joined.append(figure)
    return joined


def _heaviest(document: Document, figures: Sequence[_Figure]) -> _Figure | None:
    weights: dict[int, float] = defaultdict(float)
    for figure in figures:
        weights[figure.value] += _weight(document, figure) / (2 if figure.single else 1)
    if not weights:
        return None
    best = max(weights, key=lambda value: (weights[value], value))
    return next(figure for figure in figures if figure.value == best)


def _weight(document: Document, figure: _Figure) -> float:
    title = len(document.title or "")
    start = figure.quantity.start
    return _WEIGHTS["title" if start < title else "lead" if start < title + _LEAD else "rest"]


def _himself(text: str, figures: Sequence[_Figure], said: _Figure) -> int:
    """Return 1 where the killer is told to have killed himself after those that the figure counts."""
    if _COUNTS_HIM.search(text):
        return 0
    for figure in figures:
        before = text[max(0, figure.quantity.start - 30) : figure.quantity.start]
        rest = text[figure.end : figure.end + 110].split(". ")[0]
        if figure.value == said.value and _KILLS.search(before) and _THEN_HIMSELF.search(rest):
            return 1
    return 0


def _only_shot(text: str, figure: _Figure) -> bool:
    """Say whether a figure's people are told to be shot and not to be hurt."""
    after = text[figure.end : figure.end + 70]
    before = text[max(0, figure.quantity.start - 25) : figure.quantity.start]
    match = _SHOT_AFTER.match(after)
    plain = match is not None and not _SAYS_HURT.search(after[: match.end() + 14])
    return plain or bool(_SHOT_BEFORE.search(before))


def _of_others(text: str, figure: _Figure) -> bool:
    before = text[max(0, figure.quantity.start - 12) : figure.quantity.start]
    return bool(_OTHERS_AFTER.match(text[figure.end : figure.end + 24]) or _OTHERS_BEFORE.search(before))


def _named(claims: Sequence[Claim], status: str) -> set[str]:
    """Return the last names of the victims of one status: a full name and the short one after it are one person."""
    return {person.name.split()[-1] for claim in claims for person in claim.persons if person.status == status}
