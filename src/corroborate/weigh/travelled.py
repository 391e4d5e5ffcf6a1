"""A figure that stands in two incidents with another area or period: the later account is shown against the earlier."""

from collections.abc import Iterable, Mapping, Sequence

from corroborate.model import Claim, Contradiction, Disputed, Link, Side
from corroborate.weigh.case import Case, holds
from corroborate.weigh.contradictions import place_of
from corroborate.weigh.origins import Origins


def travelled(
    number: int,
    cases: Sequence[Case],
    origins: Sequence[Origins],
    of_claim: Mapping[str, int],
    links: Iterable[Link],
) -> tuple[Contradiction, ...]:
    """Return contradictions on place or day between one incident and an earlier one with the same figure.

    Taken from links between claims of two incidents. It is shown on the incident that was told of later; on both where
    the days of publication do not tell.
    """
    result: dict[Disputed, list[Side]] = {}
    for link in links:
        a, b = of_claim.get(link.a), of_claim.get(link.b)
        if a is None or b is None or a == b or number not in (a, b):
            continue
        mine, other = (link.a, link.b) if a == number else (link.b, link.a)
        found = _compare(cases, origins, (number, mine), (b if a == number else a, other))
        for item in found:
            result.setdefault(item.about, []).extend(item.sides)
    return tuple(_joined(about, sides) for about, sides in sorted(result.items()))


def _joined(about: Disputed, sides: Sequence[Side]) -> Contradiction:
    """Return one contradiction of the sides, those that say the same put together."""
    values = sorted({side.value for side in sides})
    joined = []
    for value in values:
        same = [side for side in sides if side.value == value]
        claims = tuple(sorted({claim for side in same for claim in side.claims}))
        names = tuple(sorted({name for side in same for name in side.origins}))
        joined.append(Side(value=value, claims=claims, origins=names))
    return Contradiction(
        about=about, sides=tuple(joined), claims=tuple(sorted({claim for side in joined for claim in side.claims}))
    )


def _compare(
    cases: Sequence[Case], origins: Sequence[Origins], mine: tuple[int, str], other: tuple[int, str]
) -> list[Contradiction]:
    one, two = _claim(cases[mine[0]], mine[1]), _claim(cases[other[0]], other[1])
    if _told(cases[mine[0]], one) < _told(cases[other[0]], two) or not (holds(one) and holds(two)):
        return []
    figures = sorted(_figures(one) & _figures(two))
    if not figures:
        return []
    said = ", ".join(figures)
    found: list[Contradiction] = []
    about: Disputed
    for about, first, second in (
        ("place", place_of(cases[mine[0]], one), place_of(cases[other[0]], two)),
        ("day", _period(one), _period(two)),
    ):
        if first is not None and second is not None and first != second:
            sides = tuple(
                Side(value=f"{said}: {value}", claims=(claim.id,), origins=(counted.of(claim.id).origin.name,))
                for value, claim, counted in ((first, one, origins[mine[0]]), (second, two, origins[other[0]]))
            )
            found.append(Contradiction(about=about, sides=sides, claims=tuple(sorted((one.id, two.id)))))
    return found


def _claim(case: Case, claim_id: str) -> Claim:
    return next(claim for claim in case.claims if claim.id == claim_id)


def _told(case: Case, claim: Claim) -> str:
    day = case.dated(claim)
    return day.isoformat() if day else ""


def _figures(claim: Claim) -> set[str]:
    return {
        f"{said:,.0f} {quantity.measure}"
        for quantity in claim.quantities
        if (said := quantity.low if quantity.low is not None else quantity.high) is not None
    }


def _period(claim: Claim) -> str | None:
    when = claim.when
    if when is None or when.start is None:
        return None
    if when.precision == "open" or when.end is None:
        return f"since {when.start.isoformat()}"
    return when.start.isoformat() if when.start == when.end else f"{when.start.isoformat()} to {when.end.isoformat()}"
