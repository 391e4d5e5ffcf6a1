"""Figures of one document that do not fit each other, and shares that follow from its own counts."""

from collections import defaultdict
from collections.abc import Iterator

from corroborate.knowledge.lexicon import lexicon
from corroborate.model import Claim, Finding, Measure, Quantity, Span
from corroborate.weigh.audit.text import Audited, told

# A figure of a text: where it begins and ends, and what it measures.
_Key = tuple[int, int, Measure]
_PEOPLE: tuple[Measure, ...] = ("killed", "injured", "displaced", "missing", "detained")


def figures(audited: Audited) -> Iterator[Finding]:
    """Yield shares of a population, parts above their total, and figures of a heading that the text does not have."""
    yield from _shares(audited)
    yield from _parts(audited)
    yield from _headings(audited)


def _shares(audited: Audited) -> Iterator[Finding]:
    """Hold people displaced or harmed against the one population that the document gives."""
    populations = [
        (c, q) for c in audited.claims for q in c.quantities if q.measure == "population" and (q.low or q.high)
    ]
    if len({(q.low, q.high) for _, q in populations}) != 1:
        return
    home, population = populations[0]
    whole = population.low or population.high or 0
    seen: set[tuple[str, float]] = set()
    for claim in audited.claims:
        for quantity in claim.quantities:
            part = quantity.low if quantity.low is not None else quantity.high
            if quantity.measure not in ("displaced", "killed") or not part or part < whole / 100 or not told(claim):
                continue
            if (quantity.measure, part) in seen or not audited.is_own(claim.start):
                continue
            seen.add((quantity.measure, part))
            share = part / whole
            called = _called(audited, (claim, home))
            said = (
                f"{quantity.text} {quantity.measure} of a population of {population.text} are {100 * share:.0f}%"
                if share <= 1
                else f"{quantity.text} {quantity.measure} are more than the population of {population.text}"
            )
            if called is None and share <= 1:
                continue
            words = f"; the document says “{called.text}”" if called is not None else ""
            spans: list[Span] = [quantity, population, *([called] if called is not None else [])]
            yield audited.finding("figures", f"By the document's own figures {said}{words}.", spans, (claim, home))


def _called(audited: Audited, claims: tuple[Claim, ...]) -> Span | None:
    """Return the words for a share in the sentences of the claims."""
    for word in lexicon("audit")["figures"]["shares"]:
        for claim in claims:
            low, high = audited.sentence(claim.start)
            at = audited.document.text.lower().find(word, low, high)
            if at >= 0:
                return audited.span(at, at + len(word))
    return None


def _parts(audited: Audited) -> Iterator[Finding]:
    """Add the parts of each total, group by group."""
    parts: dict[_Key, dict[str, tuple[Claim, Quantity]]] = defaultdict(dict)
    totals: dict[_Key, tuple[Claim, Quantity]] = {}
    for claim in audited.claims:
        for quantity in claim.quantities:
            if quantity.measure not in _PEOPLE:
                continue
            totals.setdefault((quantity.start, quantity.end, quantity.measure), (claim, quantity))
            if quantity.part_of is not None and quantity.low is not None:
                key = (quantity.part_of.start, quantity.part_of.end, quantity.measure)
                parts[key].setdefault(f"{quantity.who or quantity.text}", (claim, quantity))
    for key, found in sorted(parts.items()):
        if key not in totals:
            continue
        claim, total = totals[key]
        added = sum(quantity.low or 0 for _, quantity in found.values())
        if total.high is not None and added > total.high:
            said = " + ".join(quantity.text for _, quantity in found.values())
            spans = [total, *(quantity for _, quantity in found.values())]
            yield audited.finding(
                "figures",
                f"The parts ({said}) come to {added:,.0f}, which is more than their total, {total.text}.",
                spans,
                (claim, *(other for other, _ in found.values())),
            )


def _headings(audited: Audited) -> Iterator[Finding]:
    """Look for each figure of a heading in the text below it."""
    body: dict[str, set[tuple[float | None, float | None]]] = defaultdict(set)
    for claim in audited.claims:
        for quantity in claim.quantities:
            if "heading" not in claim.flags:
                body[quantity.measure].add((quantity.low, quantity.high))
    for claim in (c for c in audited.claims if "heading" in c.flags):
        for quantity in claim.quantities:
            others = body.get(quantity.measure, set())
            if quantity.measure in ("killed", "injured") and others and not any(_fits(quantity, o) for o in others):
                given = ", ".join(sorted({_plain(low, high) for low, high in others}))
                yield audited.finding(
                    "figures",
                    f"The heading gives {quantity.text} {quantity.measure}; the text gives {given}.",
                    (quantity,),
                    (claim,),
                )


def _fits(quantity: Quantity, other: tuple[float | None, float | None]) -> bool:
    """Whether a figure of the text can be that of the heading: the same number, whatever its bound."""
    own = {value for value in (quantity.low, quantity.high) if value is not None}
    return bool(own & {value for value in other if value is not None})


def _plain(low: float | None, high: float | None) -> str:
    if low is not None and high is not None:
        return f"{low:,.0f}" if low == high else f"{low:,.0f} to {high:,.0f}"
    return f"{low:,.0f} or more" if low is not None else f"up to {high or 0:,.0f}"
