"""The rules of linking as shipped in knowledge/linking.toml, typed."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from corroborate.knowledge.lexicon import lexicon

# Counts of people and things that identify an event, the gravest first.
COUNTS = ("killed", "injured", "missing", "detained", "displaced", "fighters", "vehicles")
# A figure below five is shared by a fifth of unrelated events (knowledge/linking.toml): it identifies nothing.
TELLING_FIGURE = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkingRules:
    """What takes part, what makes a total, when two events are apart (in days and km), and the model."""

    acts: frozenset[str]
    harm: tuple[str, ...]
    place_km: float
    days: int
    period: re.Pattern[str]
    single: re.Pattern[str]
    plural: re.Pattern[str]
    means: frozenset[str]
    travelled_from: float
    war_from: float
    threshold: float
    unscored: float
    floor: float
    alike: float
    same_people: float
    day_gap: int
    told_together_days: int
    much_else: float
    slack_km: float
    largest_block: int
    model: dict[str, Any]


@cache
def linking_rules() -> LinkingRules:
    """Return the shipped rules."""
    data = lexicon("linking")
    takes_part, totals, clustering = data["participation"], data["totals"], data["clustering"]
    return LinkingRules(
        acts=frozenset(takes_part["acts"]),
        harm=tuple(takes_part["harm"]),
        place_km=takes_part["place_km"],
        days=takes_part["days"],
        period=_any_of(totals["period"]),
        single=_any_of(totals["single"]),
        plural=_any_of(totals["plural"]),
        means=frozenset(takes_part["means"]),
        travelled_from=totals["travelled_from"],
        war_from=totals["war_from"],
        threshold=clustering["threshold"],
        unscored=clustering["unscored"],
        floor=clustering["floor"],
        alike=clustering["alike"],
        same_people=clustering["same_people"],
        day_gap=clustering["day_gap"],
        told_together_days=clustering["told_together_days"],
        much_else=clustering["much_else"],
        slack_km=clustering["slack_km"],
        largest_block=data["blocking"]["largest_block"],
        model=data["model"],
    )


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile(r"\b(?:" + "|".join(patterns) + r")", re.IGNORECASE)
