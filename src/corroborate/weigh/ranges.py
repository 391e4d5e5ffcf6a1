"""Harm as ranges by group of people, under the rules of knowledge/ranges.toml."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from math import ceil, floor
from typing import Literal

from corroborate.errors import CorroborateError
from corroborate.knowledge.lexicon import lexicon
from corroborate.model import Bound, Claim, Harm, HarmGroup, Quantity, Range
from corroborate.weigh.case import Case, holds
from corroborate.weigh.origins import Origins

Counted = Literal["killed", "injured"]
MEASURES: tuple[Counted, ...] = ("killed", "injured")
GROUPS: tuple[HarmGroup, ...] = (
    "unspecified", "civilians", "children", "women", "men", "belligerents", "responders", "journalists",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """One figure of people harmed, as one origin gives it: low 0 and high None where it is not bounded.

    `part` says that the text gives it as a part of a larger figure, `direct` that it is the origin's word and not what
    an outlet makes of it later ("at least 19" for the hospital's 19), which takes the place of nothing.
    """

    group: HarmGroup
    measure: Counted
    low: int
    high: int | None
    bound: Bound
    part: bool
    direct: bool
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
    """Return the credible figures in order of claims: each origin's latest only, without the parts of its totals."""
    found = [count for claim in case.claims if holds(claim) for count in _of_claim(case, claim, origins)]
    latest: dict[tuple[str, HarmGroup, Counted], date] = {}
    for count in found:
        key = (count.origin, count.group, count.measure)
        if count.on is not None and count.direct:
            latest[key] = max(latest.get(key, count.on), count.on)
    now = [c for c in found if c.on is None or c.on >= latest.get((c.origin, c.group, c.measure), c.on)]
    # A part alone ("200 of them in one strike" is a strike of its own) is all that is known of its event.
    return [count for count in now if not count.part or not any(_holds_part(other, count) for other in now)]


def _holds_part(whole: Count, part: Count) -> bool:
    """Whether a count is the same origin's total of which the other, of the same people, is a part."""
    return (
        not whole.part
        and (whole.origin, whole.group, whole.measure) == (part.origin, part.group, part.measure)
        and (whole.high is None or whole.high >= part.low)
    )


def harm(found: Iterable[Count], origins: Origins, rule: str | None = None) -> dict[HarmGroup, Harm]:
    """Return the ranges by group under a rule (the default where none is given); who nobody counts is left out.

    Raises CorroborateError E501 where there is no such rule.
    """
    rules = lexicon("ranges")
    name = rule or rules["default"]
    if name not in rules["rules"]:
        raise CorroborateError("E501", "ranges", f"{name!r} is none of {', '.join(rules['rules'])}")
    chosen = rules["rules"][name]
    by_group: dict[HarmGroup, dict[Counted, list[Count]]] = defaultdict(lambda: defaultdict(list))
    for count in found:
        by_group[count.group][count.measure].append(count)
    ranges = {
        group: {measure: _ruled(by_group[group][measure], origins, chosen) for measure in by_group[group]}
        for group in GROUPS
        if group in by_group
    }
    return {group: Harm(killed=own.get("killed"), injured=own.get("injured")) for group, own in ranges.items()}


def _of_claim(case: Case, claim: Claim, origins: Origins) -> Iterator[Count]:
    """Yield the claim's figures: of two wholes of the same people in it, the larger."""
    kept: dict[tuple[HarmGroup, Counted, bool], Quantity] = {}
    for quantity in sorted(claim.quantities, key=lambda quantity: quantity.start):
        for measure in MEASURES:
            if quantity.measure != measure or (quantity.low is None and quantity.high is None):
                continue
            if quantity.high == 0:  # "no civilians were killed" is a denial, and no figure beside others
                continue
            key = (quantity.who or "unspecified", measure, quantity.part_of is not None)
            kept[key] = max(kept.get(key, quantity), quantity, key=_size)
    origin = origins.of(claim.id).origin
    direct = claim.voice != "own" or origin.kind in ("outlet", "agency", "organisation", "post")
    for (group, measure, part), quantity in kept.items():
        low, high = whole(quantity)
        yield Count(
            group=group,
            measure=measure,
            low=low,
            high=high,
            bound=quantity.bound,
            part=part,
            direct=direct,
            claim=claim.id,
            origin=origin.claims[0],
            on=case.dated(claim),
        )


def _size(quantity: Quantity) -> float:
    return quantity.low if quantity.low is not None else quantity.high or 0


def whole(quantity: Quantity) -> tuple[int, int | None]:
    """Return a quantity's least and most in whole people: more than 120 is at least 121, fewer than 10 at most 9."""
    low = (
        0 if quantity.low is None else floor(quantity.low) + 1 if quantity.bound == "more_than" else ceil(quantity.low)
    )
    if quantity.high is None:
        return low, None
    return low, max(low, ceil(quantity.high) - 1 if quantity.bound == "less_than" else floor(quantity.high))


def _ruled(found: list[Count], origins: Origins, rule: Mapping[str, str]) -> Range:
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
    if rule["max"] == "lowest":
        most = least
    return Range(min=least, max=most, best=_best(found, origins) if rule.get("best") == "most_origins" else None)


def _best(found: list[Count], origins: Origins) -> int:
    """Return the figure of most origins that can be shown (of most origins where none can), the lower of two level."""
    pointed = [count for count in found if origins.of(count.claim).shown] or found
    told: dict[int, set[str]] = defaultdict(set)
    for count in pointed:
        told[count.high if count.bound in ("up_to", "less_than") and count.high else count.low].add(count.origin)
    return min(told, key=lambda figure: (-len(told[figure]), figure))
