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

from corroborate.model import Claim, Document, Quantity, Toll, TollBasis
from corroborate.weigh.listed import people_listed

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
    r"|slaying|martyr\w*|deceased|did(?: not|n['’]t) survive|succumb\w*|passe[sd] away"
    r"|claim(?:s|ed) (?:\w+ )?(?:life|lives)"
    r"|(?:lost|los(?:es|ing)|took) (?:his|her|their)(?: own)? (?:life|lives))\b",
    re.IGNORECASE,
)
_NO_DEATH = re.compile(
    r"attempted\s+(?:\S+\s+){0,2}(?:murder|homicide|manslaughter)|deadly (?:weapon|force)|non-?fatal|not fatal"
    r"|homicide (?:detective|unit|squad|investigator|bureau|division)\w*|brain[- ]dead|death penalty|dead end"
    r"|(?:no one|nobody) (?:was |has )?(?:died|killed)|wasn['’]t killed"
    r"|intent to (?:kill|murder|commit murder)"
    r"|(?:try|trying|tried|attempt\w*|want\w*|threat\w*|plot\w*|plan\w*|going|conspir\w*) to (?:kill|murder)"
    r"|(?:might|could|may|would|should|going to)(?: have)?(?: been| be| get)? (?:killed|died|die|dead)",
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
_SHOT_AFTER = re.compile(r"^[^.;:!?\n]{0,60}?\b(?:shot|stabbed|struck|hit|gunned)\b", re.IGNORECASE)
_SHOT_BEFORE = re.compile(r"\b(?:shot|shoots?|shooting|stabbed|stabbing)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_SHOOTING = re.compile(r"[\s-]+(?:(?:gunshot|shooting) victims|shootings?)\b", re.IGNORECASE)  # "a triple shooting"
_SAYS_HURT = re.compile(r"injur|wound|hurt|hospital|surviv", re.IGNORECASE)
_OTHERS_AFTER = re.compile(r"^\s*(?:\w+\s+)?(?:others?|more)\b", re.IGNORECASE)
_OTHERS_BEFORE = re.compile(r"\b(?:another|other)\s*$", re.IGNORECASE)
# "Civilian dies of wounds", "shelling kills child": a headline leaves out the article.
_ONE = (
    r"(?:civilian|man|woman|boy|girl|child|toddler|teen(?:ager)?|infant|baby|soldier|fighter|journalist|officer|student"
    r"|teacher|driver|gunman|suspect|shooter|victim|person|father|mother|son|daughter|brother|sister|grandmother"
    r"|grandfather|\d{1,3}[- ](?:year|month)s?[- ]old)"
)
_ONE_DEAD = re.compile(
    rf"\b(?:kill(?:s|ed|ing)|claim(?:s|ed) life of)\s+(?:\w+\s+)?{_ONE}\b(?! and (?!injur|wound|hurt))"
    rf"|^\W*(?:[^|:]*[|:]\s*)?(?:\w+\s+)?{_ONE}\b,?\s+(?:\S+\s+)?"
    r"(?:dies|died|killed|dead|shot (?:dead|to death)|fatally)\b",
    re.IGNORECASE,
)
# "Found a man with a gunshot wound": where one is dead, it is he (14 of 17 such reports that tell of no other victim).
_WITH_WOUND = re.compile(r"^[^.;]{0,60}\b(?:gun ?shot|bullet|stab|wounds?)\b", re.IGNORECASE)
# Of somebody who lives where nobody hurt is counted. Of 49 reports with a dead and such words 25 have one injured and
# 11 none; of the others with a dead and no figure of injured one in 13 has any.
_LIVES = re.compile(
    rf"\b(?:another|second|other) (?:\w+[ -]){{0,3}}{_ONE}\b[^.;]{{0,50}}\b(?:wounded|injured|hurt|hit|shot)"
    rf"|\b(?:another|second|other) (?:\w+[ -]){{0,3}}{_ONE}\b[^.;]{{0,50}}\b(?:hospital|surviv)"
    r"|\bexpected to (?:survive|recover|live|be ok)|\bsurvived\b|\bis recovering\b"
    r"|\bremains? (?:in|at) (?:the |a )?(?:hospital|critical|serious|stable)|\bnon-?life-?threatening"
    rf"|{_ONE}\b[^.;]{{0,30}}\b(?:shot|hit|struck|wounded|grazed) in (?:the|his|her) "
    r"(?:leg|arm|hand|foot|shoulder|thigh|ankle|wrist|buttocks|hip)\b",
    re.IGNORECASE,
)
_KILLS = re.compile(r"\b(?:kill(?:s|ed|ing)?|shot|shooting|shoots?|left|leaving|murder\w*)\s+(?:at least )?$", re.I)
_THEN_HIMSELF = re.compile(
    r"(?:killing|killed|kills|then) (?:himself|herself)\b|turn(?:ing|ed|s) the gun on (?:himself|herself)"
    r"|(?:took|taking|takes?) (?:his|her) own life|,? (?:and |then )?self\b"
    r"|(?:gunman|shooter|suspect|attacker|assailant)(?: was|,)? (?:also )?(?:shot and |later )?(?:killed|dead|died)",
    re.IGNORECASE,
)
# The same where nobody is counted: "kills son, then himself".
_MURDER_SUICIDE = re.compile(
    r"murder[-/ –]+suicide|(?:then|and|before (?:killing|shooting)|before turning the gun on) (?:him|her)self\b",
    re.IGNORECASE,
)
_SEVERAL_DEAD = re.compile(
    r"\b(?:one of|some(?: of)?|many(?: of)?|most(?: of)?|among) (?:the )?(?:victims (?:who were )?killed|dead)"
    r"|\b(?:martyrs|bodies|casualties|deaths)\b"
    r"|\b(?:civilians|people|fighters|soldiers|women|children|militants|families)\b[^.;:\n]{0,30}"
    r"\b(?:killed|dead|martyred|died)\b"
    r"|\bkill(?:ed|s|ing)?\s+(?:\w+\s+){0,2}(?:civilians|people|fighters|soldiers|women|children|militants|families)\b",
    re.IGNORECASE,
)
_ONE_OF = re.compile(
    r"\b(?:one of|some of|among) (?:the )?(?:victims (?:who were )?killed|dead|martyrs)\b", re.IGNORECASE
)
_NO_HARM = re.compile(r"\bno (?:\w+ ){0,2}(?:casualties|deaths|fatalities)\b", re.IGNORECASE)
_ASTERISK = re.compile(r"(?<=[A-Za-z])\*+(?=[A-Za-z])")
_COUNTS_HIM = re.compile(r"including (?:the )?(?:shooter|gunman|suspect|killer|attacker|bomber|himself)", re.IGNORECASE)
_OF_SEVERAL = re.compile(
    r"\s+of\s+(?:\w+\s+){0,2}(?:victims|those|people|dead|civilians|them|whom|men|women|children)\b", re.IGNORECASE
)
_ARTICLES = frozenset(["a", "an", "another"])
_SINGLE = _ARTICLES | {"one"}


@dataclass(frozen=True, slots=True)
class _Figure:
    quantity: Quantity | None  # the first of those that were joined; None for a list in which nobody is counted
    start: int
    end: int
    value: int
    single: bool = False
    shot: bool = False  # of those told to be shot and not to be hurt: some of them may be dead


def toll(document: Document, claims: Iterable[Claim]) -> Toll:
    """Return the toll of a document's main event as the document tells it; `claims` are those of the document."""
    told = list(claims)
    text = document.report
    opening = _plain(text[: len(document.title or "") + _OPENING])
    title = _plain(document.title or "")
    # A headline that tells of wounded alone was not written over dead; what is told of dead below it is background.
    only_hurt = _HURT.search(title) is not None and not _DEATH.search(title)
    deadly = not only_hurt and bool(_DEATH.search(opening))
    soon = deadly and bool(_DEATH.search(_plain(text[: len(document.title or "") + _OPENING_DEAD])))
    dead = _figures(document, told, "killed")
    if _ONE_DEAD.search(title) or _NO_HARM.search(opening):
        # The headline tells of one, or the opening of none: what is told of more below is of other events.
        end = len(document.title or "") + _LEAD
        dead = [figure for figure in dead if figure.value == 1 or figure.start < end]
    killed_said = _heaviest(document, dead) if deadly else None
    names = _named(told, "killed") if soon else set()
    killed, basis = _killed(text, opening, dead, killed_said, names, soon, _ONE_DEAD.search(title) is not None)

    hurt = _figures(document, told, "injured")
    if killed == 1:
        hurt = [figure for figure in hurt if not _is_the_dead(text, figure)]
    injured, injured_said = _injured(document, hurt, killed or 0)
    if not hurt:
        hit = _LIVES.search(opening) if killed else _HURT.search(opening) or _HIT.search(opening)
        # Who is named as hurt where one is dead, and nobody hurt is counted, is the dead: 34 of 40 reports.
        injured = (len(_named(told, "injured") - names) if killed != 1 else 0) or int(bool(hit))
    return Toll(
        killed=killed,
        injured=injured,
        killed_from=basis,
        killed_said=killed_said.quantity if killed_said else None,
        injured_said=injured_said.quantity if injured_said else None,
    )


def most_told(values: Iterable[tuple[int | None, bool, int]]) -> int | None:
    """Return the number that reports on one event tell most (of equal ones that told last), None where none tells one.

    Each report gives its number, whether a figure of it says so, and its day (an ordinal). What a figure says counts
    twice as much as what follows from names or from a death told without one: killed and injured of GVA's incidents are
    right in 89.4 and 80.1 percent so, in 89.0 and 79.6 where all count alike.
    """
    told: dict[int, tuple[int, int]] = {}
    for value, said, day in values:
        if value is not None:
            weight, last = told.get(value, (0, 0))
            told[value] = (weight + 1 + said, max(last, day))
    return max(told, key=lambda value: (*told[value], value), default=None)


def _plain(text: str) -> str:
    """Return a text without the asterisks of censored words and what speaks of death without telling of one."""
    return _NO_DEATH.sub(" ", _ASTERISK.sub("", text))


def _killed(
    text: str, opening: str, dead: Sequence[_Figure], said: _Figure | None, names: set[str], deadly: bool, one: bool
) -> tuple[int | None, TollBasis]:
    """Return the number of the killed and what it follows from; no number where several are told of uncounted."""
    if (
        _ONE_OF.search(opening)
        and not _ONE_DEAD.search(opening)
        and (said is None or (said.quantity is not None and said.quantity.text.lower() in _ARTICLES))
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


def _injured(document: Document, hurt: Sequence[_Figure], killed: int) -> tuple[int, _Figure | None]:
    """Return the number of the injured and the figure that says it; of those told to be shot the dead are taken off."""
    numbers: dict[int, list[_Figure]] = defaultdict(list)
    for figure in hurt:
        less = killed if figure.shot and not _of_others(document.text, figure) else 0
        if figure.value > less:
            numbers[figure.value - less].append(figure)
    weight = {number: sum(_weight(document, figure) for figure in told) for number, told in numbers.items()}
    best = max(weight, key=lambda number: (weight[number], number), default=0)
    return best, numbers[best][0] if best else None


def _figures(document: Document, claims: Sequence[Claim], measure: str) -> list[_Figure]:
    """Return the figures of one measure that can be of the main event, in reading order."""
    text = document.text
    home, day = _country(document, claims), _day(document, claims)
    told = [claim for claim in claims if _is_told(claim) and not _is_elsewhere(claim, home, day)]
    found: dict[int, _Figure] = {}
    for claim in told:
        for quantity in claim.quantities:
            value = quantity.low if quantity.low is not None else quantity.high
            if quantity.measure == measure and quantity.part_of is None and value:
                single = quantity.text.lower() in _SINGLE
                if single and _OF_SEVERAL.match(text[quantity.end : quantity.end + 48]):
                    continue
                shot = measure == "injured" and _only_shot(text, quantity)
                found[quantity.start] = _Figure(quantity, quantity.start, quantity.end, int(value), single, shot)
    return _with_lists(document, claims, told, measure, [found[start] for start in sorted(found)])


def _with_lists(
    document: Document, claims: Sequence[Claim], told: Sequence[Claim], measure: str, found: Sequence[_Figure]
) -> list[_Figure]:
    """Put the lists of people in the place of the figures that stand in them."""
    figures = list(found)
    for listed in people_listed(document.text):
        if listed.done is not None and measure != ("killed" if listed.done == "killed" else "injured"):
            continue
        around = [c for c in claims if c.start <= listed.start < c.end]
        if around and not any(c in told for c in around):
            continue
        inside = [f for f in figures if listed.start <= f.start < listed.end]
        if listed.done is None and not inside:
            continue
        figures = [f for f in figures if f not in inside]
        said = next((f.quantity for f in inside), None)
        shot = listed.done == "shot" or (listed.done is None and all(f.shot for f in inside))
        figures.append(_Figure(said, listed.start, listed.end, listed.value, shot=shot))
    return sorted(figures, key=lambda figure: figure.start)


def _is_told(claim: Claim) -> bool:
    return claim.polarity != "negated" and claim.modality not in ("speculated", "denied")


def _is_elsewhere(claim: Claim, home: str | None, day: date | None) -> bool:
    """Say whether a claim is of an earlier event or of one in another country than the report's."""
    countries = {place.country for place in claim.places}
    abroad = home is not None and bool(countries) and None not in countries and home not in countries
    return abroad or _is_background(day, claim)


def _country(document: Document, claims: Sequence[Claim]) -> str | None:
    """Return the country of the places told in the title and the lead, None where most are in no one country."""
    end = len(document.title or "") + _LEAD
    told = Counter(place.country for claim in claims for place in claim.places if place.start < end and place.country)
    most = told.most_common(1)
    return most[0][0] if most and 2 * most[0][1] > told.total() else None


def _day(document: Document, claims: Sequence[Claim]) -> date | None:
    """Return the day of the report, or where it has none the latest day that it tells of as past: in its opening, since
    a page goes on with headlines of later reports.
    """
    if document.published is not None:
        return document.published.start
    days = [(c.start, c.when.end) for c in claims if c.when and c.when.end and c.modality != "speculated"]
    end = len(document.title or "") + _LEAD
    return max((day for start, day in days if start < end), default=max((day for _, day in days), default=None))


def _is_background(day: date | None, claim: Claim) -> bool:
    when = claim.when
    if when is None or when.end is None:
        return False
    if day is not None and day - when.end > _EARLIER:
        return True
    return when.start is not None and when.end - when.start > _PERIOD


def _heaviest(document: Document, figures: Sequence[_Figure]) -> _Figure | None:
    weights: dict[int, float] = defaultdict(float)
    for figure in figures:
        weights[figure.value] += _weight(document, figure)
    if not weights:
        return None
    best = max(weights, key=lambda value: (weights[value], value))
    return next(figure for figure in figures if figure.value == best)


def _weight(document: Document, figure: _Figure) -> float:
    """Return what a figure weighs by where it stands; "a man" half, since a text tells of its dead one by one too."""
    title = len(document.title or "")
    place = "title" if figure.start < title else "lead" if figure.start < title + _LEAD else "rest"
    return _WEIGHTS[place] / (2 if figure.single else 1)


def _himself(text: str, figures: Sequence[_Figure], said: _Figure) -> int:
    """Return 1 where the killer is told to have killed himself after those that the figure counts."""
    if _COUNTS_HIM.search(text):
        return 0
    for figure in figures:
        before = text[max(0, figure.start - 30) : figure.start]
        rest = text[figure.end : figure.end + 110].split(". ")[0]
        if figure.value == said.value and _KILLS.search(before) and _THEN_HIMSELF.search(rest):
            return 1
    return 0


def _only_shot(text: str, figure: Quantity) -> bool:
    """Say whether a figure's people are told to be shot and not to be hurt."""
    after = text[figure.end : figure.end + 70]
    before = text[max(0, figure.start - 25) : figure.start]
    match = _SHOT_AFTER.match(after)
    plain = match is not None and not _SAYS_HURT.search(after[: match.end() + 14])
    return plain or bool(_SHOT_BEFORE.search(before) or _SHOOTING.match(after))


def _is_the_dead(text: str, figure: _Figure) -> bool:
    """Say whether a figure of the injured is of the one that is dead: "a man suffering from a gunshot wound"."""
    wound = _WITH_WOUND.match(text[figure.end : figure.end + 90])
    return figure.single and wound is not None and not _of_others(text, figure)


def _of_others(text: str, figure: _Figure) -> bool:
    before = text[max(0, figure.start - 12) : figure.start]
    return bool(_OTHERS_AFTER.match(text[figure.end : figure.end + 24]) or _OTHERS_BEFORE.search(before))


def _named(claims: Sequence[Claim], status: str) -> set[str]:
    """Return the last names of the victims of one status: a full name, the short one after it, and the name with a word
    too many behind it are one person.
    """
    names = {person.name for claim in claims for person in claim.persons if person.status == status}
    return {name.split()[-1] for name in names if not any(name.startswith(f"{other} ") for other in names)}
