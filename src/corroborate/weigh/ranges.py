"""Harm from the lowest to the highest credible figure, by group of people.

The rule (Every Casualty's Standards, v1.0, name a range from lowest to highest among the ways to report disagreement;
Airwars stores minima and maxima by group): a report enters unless it denies, negates or only supposes what it says; the
later figure of an origin takes the place of its earlier one; bounds are kept, so that "at least 300" alone is 300 with
no maximum; a part of a total ("including six children") is a figure of its own group and is never added.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from typing import Literal

from corroborate.model import Bound, Claim, Harm, HarmGroup, Quantity, Range
from corroborate.weigh.case import Case, holds
from corroborate.weigh.origins import Origins

Counted = Literal["killed", "injured"]
MEASURES: tuple[Counted, ...] = ("killed", "injured")
GROUPS: tuple[HarmGroup, ...] = (
    "unspecified", "civilians", "children", "women", "men", "belligerents", "responders", "journalists",
)  # fmt: skip
# A second figure of the same people in one claim is a part of the first where these words lead to it.
_PART = re.compile(
    r"\b(?:of (?:them|whom|those|which)|including|among (?:them|whom|those)|in (?:one|a single))\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One figure of people harmed, as one origin gives it: low 0 and high None where it is not bounded."""

    group: HarmGroup
    measure: Counted
    low: int
    high: int | None
    bound: Bound
    claim: str
    origin: str
    on: date | None

    @property
    def said(self) -> str:
        """The figure as spoken, with its bound."""
        words = {
            "at_least": "at least ",
            "more_than": "more than ",
            "up_to": "up to ",
            "less_than": "fewer than ",
            "about": "about ",
        }
        if self.bound == "vague":
            return (
                f"{self.low:,} to {self.high:,} (in a vague word)" if self.high is not None else f"{self.low:,} or more"
            )
        number = {"more_than": self.low - 1, "less_than": (self.high or 0) + 1, "up_to": self.high or 0}.get(
            self.bound, self.low
        )
        return f"{words.get(self.bound, '')}{number:,}"


def counts(case: Case, origins: Origins) -> list[Count]:
    """Return the credible figures, each origin's latest only, in the order of claims."""
    found = [count for claim in case.claims if holds(claim) for count in _of_claim(case, claim, origins)]
    latest: dict[tuple[str, HarmGroup, Counted], date] = {}
    for count in found:
        key = (count.origin, count.group, count.measure)
        if count.on is not None:
            latest[key] = max(latest.get(key, count.on), count.on)
    return [
        count for count in found if count.on is None or count.on >= latest[(count.origin, count.group, count.measure)]
    ]


def harm(found: Iterable[Count]) -> dict[HarmGroup, Harm]:
    """Return the ranges by group; a group that nobody counts is left out."""
    by_group: dict[HarmGroup, dict[Counted, list[Count]]] = defaultdict(lambda: defaultdict(list))
    for count in found:
        by_group[count.group][count.measure].append(count)
    return {
        group: Harm(killed=_range(by_group[group].get("killed")), injured=_range(by_group[group].get("injured")))
        for group in GROUPS
        if group in by_group
    }


def _of_claim(case: Case, claim: Claim, origins: Origins) -> Iterator[Count]:
    kept: dict[tuple[HarmGroup, Counted], Quantity] = {}
    for quantity in sorted(claim.quantities, key=lambda quantity: quantity.start):
        for measure in MEASURES:
            if quantity.measure != measure or (quantity.low is None and quantity.high is None):
                continue
            key = (quantity.who or "unspecified", measure)
            if key in kept and _is_part(case.document(claim).text, kept[key], quantity):
                continue
            if key in kept:
                # Two figures of the same people in one claim: the larger is the whole.
                quantity = max(kept[key], quantity, key=lambda q: q.low if q.low is not None else q.high or 0)
            kept[key] = quantity
    origin = origins.of(claim.id).origin.claims[0]
    for (group, measure), quantity in kept.items():
        low, high = whole(quantity)
        yield Count(
            group=group,
            measure=measure,
            low=low,
            high=high,
            bound=quantity.bound,
            claim=claim.id,
            origin=origin,
            on=case.dated(claim),
        )


def whole(quantity: Quantity) -> tuple[int, int | None]:
    """Return a quantity's least and most in whole people: more than 120 is at least 121, fewer than 10 at most 9."""
    low = (
        0 if quantity.low is None else floor(quantity.low) + 1 if quantity.bound == "more_than" else ceil(quantity.low)
    )
    if quantity.high is None:
        return low, None
    return low, max(low, ceil(quantity.high) - 1 if quantity.bound == "less_than" else floor(quantity.high))


def _is_part(text: str, first: Quantity, second: Quantity) -> bool:
    return _PART.search(text[first.end : second.end]) is not None


def _range(found: list[Count] | None) -> Range | None:
    if not found:
        return None
    # A figure with no floor ("up to 20") says nothing on the least unless it stands alone.
    floors = [count.low for count in found if count.bound not in ("up_to", "less_than")]
    highs = [count.high for count in found if count.high is not None]
    least = min(floors) if floors else 0
    most = max(highs) if highs else None
    if most is not None and most < max(count.low for count in found):
        # Somebody's "at least" lies above every figure that is bounded: nobody bounds it from above.
        most = None
    if most is not None:
        least = min(least, most)
    return Range(min=least, max=most)
