"""What the rules of grading rest on: counted facts, each with a sentence and its claims."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from corroborate.model import Claim, Contradiction
from corroborate.weigh.case import Case, holds, listed, party_name
from corroborate.weigh.contradictions import DID_NOT_HAPPEN, denies
from corroborate.weigh.origins import Mouth, Origins
from corroborate.weigh.ranges import Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A number that rules compare, a sentence that tells it, and the ids of the claims it rests on."""

    value: int
    sentence: str
    claims: tuple[str, ...]


def facts(
    case: Case, origins: Origins, found: Sequence[Count], disputes: Sequence[Contradiction]
) -> Mapping[str, Fact]:
    """Return every fact of knowledge/grades.toml by name."""
    shown = [mouth for mouth in origins.mouths if mouth.shown]
    telling = [mouth for mouth in shown if _tells(case, mouth)]
    bound = [mouth for mouth in origins.mouths if mouth.side is not None]
    unbound = [mouth for mouth in telling if mouth.side is None]
    unnamed = [mouth for mouth in origins.mouths if mouth.origin.kind == "unnamed"]
    harmed = "says of itself that it did this and that people were harmed"
    return {
        "admission": _own_words(case, lambda claim: holds(claim) and _civil(claim), harmed),
        "declared": _own_words(case, holds, "says of itself that it acted"),
        "self_denial": _own_words(case, denies, "denies what it is said to have done"),
        "shown": _shown(origins, shown),
        "possible": Fact(value=origins.count.possible, sentence="", claims=()),
        "unbound": _mouths(unbound, "{n} independent {origin} that {speak} for no party {tell} of it: {names}."),
        "bound": _mouths(bound, "{n} {origin} {speak} for a party to the conflict: {names}."),
        "unnamed": _mouths(unnamed, "{n} {origin} cannot be named and {lift} no grade."),
        "accused": _accused(case),
        "perpetrator_disputed": _disputed(disputes, "perpetrator", "Accounts lay the deed to different parties"),
        "occurrence_disputed": _occurrence(case, origins, disputes),
        "figures_disputed": _disputed(disputes, "figure", "Figures cannot all hold"),
        "harm_disputed": _disputed(
            _on_harm(disputes), None, "Accounts disagree on whether civilians, or anybody, were harmed"
        ),
        "combatants_only": _combatants(case, origins, found),
    }


def _tells(case: Case, mouth: Mouth) -> bool:
    return any(holds(claim) for claim in case.claims if claim.id in mouth.origin.claims)


def _shown(origins: Origins, shown: Sequence[Mouth]) -> Fact:
    count = origins.count
    if not shown:
        sentence = f"No origin can be pointed at; {count.possible} {'is' if count.possible == 1 else 'are'} possible."
        claims = sorted(claim for mouth in origins.mouths for claim in mouth.origin.claims)
        return Fact(value=count.shown, sentence=sentence, claims=tuple(claims))
    names = listed(mouth.origin.name for mouth in shown)
    plural = "origin" if count.shown == 1 else "origins"
    sentence = f"{count.shown} independent {plural} can be shown ({names}), {count.possible} in all are possible."
    return Fact(value=count.shown, sentence=sentence, claims=_claims(shown))


def _mouths(mouths: Sequence[Mouth], sentence: str) -> Fact:
    one = len(mouths) == 1
    words = {
        "n": len(mouths),
        "names": listed(mouth.origin.name for mouth in mouths),
        "origin": "origin" if one else "origins",
        "speak": "speaks" if one else "speak",
        "tell": "tells" if one else "tell",
        "lift": "lifts" if one else "lift",
    }
    return Fact(value=len(mouths), sentence=sentence.format(**words) if mouths else "", claims=_claims(mouths))


def _claims(mouths: Iterable[Mouth]) -> tuple[str, ...]:
    return tuple(sorted({claim for mouth in mouths for claim in mouth.origin.claims}))


def _own_words(case: Case, wanted: Callable[[Claim], bool], what: str) -> Fact:
    """Count the sides that speak of their own deed: the source speaks for the actor's side."""
    sides: dict[str, list[str]] = {}
    for claim in case.claims:
        speaker = claim.chain[-1].party if claim.chain and claim.voice == "attributed" else None
        speaker = speaker or (claim.source.party if claim.source else None)
        side = case.side(speaker, case.dated(claim))
        acting = {case.side(actor.party, case.dated(claim)) for actor in claim.event.actors} if claim.event else set()
        if side is not None and side in acting and claim.modality != "hedged" and wanted(claim):
            sides.setdefault(side, []).append(claim.id)
    names = listed(party_name(case.parties, side) for side in sorted(sides))
    return Fact(
        value=len(sides),
        sentence=f"{names} {what}." if sides else "",
        claims=tuple(sorted(claim for claims in sides.values() for claim in claims)),
    )


def _civil(claim: Claim) -> bool:
    """Whether people are harmed who are not said to be belligerents."""
    harmed = [quantity for quantity in claim.quantities if quantity.measure in ("killed", "injured")]
    return any(quantity.who != "belligerents" for quantity in harmed) or any(
        person.status in ("killed", "injured") for person in claim.persons
    )


def _accused(case: Case) -> Fact:
    by_side: dict[str, list[str]] = {}
    for claim in case.claims:
        if holds(claim) and claim.event is not None:
            for actor in claim.event.actors:
                side = case.side(actor.party, case.dated(claim))
                if side is not None:
                    by_side.setdefault(side, []).append(claim.id)
    if not by_side:
        return Fact(value=0, sentence="No party is named as having done it.", claims=())
    names = listed(party_name(case.parties, side) for side in sorted(by_side))
    return Fact(
        value=len(by_side),
        sentence=f"It is laid to {names}.",
        claims=tuple(sorted({claim for claims in by_side.values() for claim in claims})),
    )


def _on_harm(disputes: Sequence[Contradiction]) -> list[Contradiction]:
    """Return the disputes on whether people were harmed, and on who they were; not on whether the act took place."""
    return [
        dispute
        for dispute in disputes
        if dispute.about == "status" or (dispute.about == "occurrence" and not _on_act(dispute))
    ]


def _on_act(dispute: Contradiction) -> bool:
    return any(side.value == DID_NOT_HAPPEN for side in dispute.sides)


def _disputed(disputes: Sequence[Contradiction], about: str | None, opening: str) -> Fact:
    concerned = [dispute for dispute in disputes if about in (dispute.about, None)]
    sides = "; ".join(
        " against ".join(f"{side.value} ({listed(side.origins)})" for side in dispute.sides) for dispute in concerned
    )
    return Fact(
        value=len(concerned),
        sentence=f"{opening}: {sides}." if concerned else "",
        claims=tuple(sorted({claim for dispute in concerned for claim in dispute.claims})),
    )


def _occurrence(case: Case, origins: Origins, disputes: Sequence[Contradiction]) -> Fact:
    on_act = [dispute for dispute in disputes if _on_act(dispute)]
    found = _disputed(on_act, "occurrence", "Some tell of it and others deny it")
    by_somebody = any(denies(claim) and origins.of(claim.id).shown for claim in case.claims)
    # A denial by nobody who can be named takes no grade down, as an unnamed voice lifts none.
    return found if by_somebody else Fact(value=0, sentence=found.sentence, claims=found.claims)


def _combatants(case: Case, origins: Origins, found: Sequence[Count]) -> Fact:
    harmed = [count for count in found if count.measure in ("killed", "injured")]
    accused = {
        case.side(actor.party, case.dated(claim))
        for claim in case.claims
        if claim.event is not None
        for actor in claim.event.actors
    }
    if any(count.group != "belligerents" for count in harmed):
        return Fact(value=0, sentence="", claims=())
    mouths = {origins.of(count.claim).origin.name: origins.of(count.claim) for count in harmed}
    others = [
        mouth
        for _, mouth in sorted(mouths.items())
        if mouth.shown and (mouth.side is None or mouth.side not in accused)
    ]
    return _mouths(
        others, "{n} {origin} other than the side said to have done it {tell} of belligerents only: {names}."
    )
