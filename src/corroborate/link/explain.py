"""Why two readings were linked, in words: the level each comparison reached, by its label in knowledge/linking.toml."""

import sys
from collections.abc import Iterable, Sequence
from datetime import date

from corroborate.link.features import Days, Figure, Reading
from corroborate.link.model import comparisons
from corroborate.link.table import main_figure
from corroborate.model import Link

_WORDS = {
    "at_least": "at least",
    "more_than": "more than",
    "up_to": "up to",
    "less_than": "fewer than",
    "about": "about",
}


def because(a: Reading, b: Reading, levels: Sequence[int]) -> tuple[str, ...]:
    """Return the levels that spoke for or against the pair, the weightiest first; `levels` has one of each."""
    values = _values(a, b)
    said = [
        (abs(one.weights[level]), label.format(**values))
        for one, level in zip(comparisons(), levels, strict=True)
        if (label := one.labels[level]) is not None
    ]
    # The same words explain thousands of links: one copy of each is kept.
    return tuple(sys.intern(sentence) for _, sentence in sorted(said, key=lambda item: (-item[0], item[1])))


def link_of(a: Reading, b: Reading, weight: float, reasons: tuple[str, ...]) -> Link:
    """Return the link between the first claims of two accounts."""
    first, second = sorted((a.claims[0], b.claims[0]))
    return Link(a=first, b=second, weight=round(weight, 3), because=reasons)


def spoken(figure: Figure) -> str:
    """Return a figure with its bound, its people and what befell them: "at least 300 civilians killed"."""
    number = f"{figure.said:,.0f}" if figure.said is not None else "an unknown number"
    parts = (_WORDS.get(figure.bound, ""), number, figure.who or "", figure.measure)
    return " ".join(part for part in parts if part)


def period(days: Days | None) -> str:
    """Return days in words, in ISO dates."""
    if days is None:
        return "time not said"
    start, end = date.fromordinal(days.start).isoformat(), date.fromordinal(days.end).isoformat()
    if days.open:
        return f"since {start}"
    return start if start == end else f"{start} to {end}"


def area(reading: Reading) -> str:
    """Return the names of a reading's places."""
    return ", ".join(dict.fromkeys(spot.name for spot in reading.spots)) or "place not said"


def _values(a: Reading, b: Reading) -> dict[str, str]:
    one, other = main_figure(a), main_figure(b)
    same = sorted(
        {spoken_number(f) for f in a.figures} & {spoken_number(f) for f in b.figures} - {""},
        key=lambda text: (-len(text), text),
    )
    return {
        "place": _common([spot.name for spot in a.spots], [spot.name for spot in b.spots]) or area(a),
        "other_place": area(b),
        "around": ", ".join(_names(a, a.around & b.around) or _names(b, a.around & b.around)) or area(a),
        "day": period(a.days),
        "other_day": period(b.days),
        "type": a.type,
        "mode": a.mode or "",
        "other_mode": b.mode or "",
        "actors": ", ".join(sorted(a.actors & b.actors or a.actors)),
        "other_actors": ", ".join(sorted(b.actors)),
        "targets": ", ".join(sorted(a.targets & b.targets or a.targets)),
        "other_targets": ", ".join(sorted(b.targets)),
        "victims": ", ".join(sorted(a.persons & b.persons)),
        "figure": ", ".join(same),
        "figures": spoken(one) if one else "none",
        "other_figures": spoken(other) if other else "none",
    }


def spoken_number(figure: Figure) -> str:
    """Return number and measure alone ("44 killed"), empty where there is no number."""
    return f"{figure.said:,.0f} {figure.measure}" if figure.said is not None else ""


def _names(reading: Reading, keys: Iterable[str]) -> list[str]:
    wanted = set(keys)
    named = [spot.name for spot in reading.spots if spot.ids & wanted]
    return list(dict.fromkeys(named)) or sorted(key[5:] for key in wanted if key.startswith("name:"))


def _common(a: Iterable[str], b: Iterable[str]) -> str:
    others = set(b)
    return ", ".join(dict.fromkeys(name for name in a if name in others))
