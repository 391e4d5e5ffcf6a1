"""Independent origins: which claims come from one mouth, by the design's rule, with the reasons.

Two reports are independent only if their words do not come from the same mouth. Voices are first put together by name,
institution and copied post; what the press says in its own voice is then followed through what it cites and copies, to
a voice behind it or to itself.
"""

from collections import defaultdict
from dataclasses import dataclass

from corroborate.model import Origin, OriginCount, SourceKind
from corroborate.weigh.case import Case, listed, party_name, publisher
from corroborate.weigh.cited import copies, echoes, followed
from corroborate.weigh.groups import Groups
from corroborate.weigh.quoted import resting
from corroborate.weigh.same_voice import (
    headings,
    hearsay,
    same_institution,
    same_names,
    same_titles,
    unresolved,
)
from corroborate.weigh.voices import PRESS, Voice, voices

_RANK: tuple[SourceKind, ...] = (
    "person", "organisation", "post", "document", "recording", "agency", "outlet", "unnamed",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Mouth:
    """One origin with what the count needs: whether it can be pointed at, and the side it speaks for."""

    origin: Origin
    shown: bool
    side: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Origins:
    """The origins of an incident, those that can be pointed at first, and their two counts."""

    mouths: tuple[Mouth, ...]
    count: OriginCount

    def of(self, claim: str) -> Mouth:
        """Return the origin of a claim."""
        return next(mouth for mouth in self.mouths if claim in mouth.origin.claims)


def count_origins(case: Case) -> Origins:
    """Return the independent origins behind the claims of one incident, and how many are shown and possible."""
    heard = resting(case, voices(case))
    groups = Groups()
    same_institution(case, heard, groups)
    same_names(heard, groups)
    same_titles(case, heard, groups)
    hearsay(case, heard, groups)
    unresolved(case, heard, groups)
    copies(case, heard, groups)
    headings(case, heard, groups)
    unseen = echoes(heard, groups)
    behind = followed(case, heard, groups)
    by_group: dict[str, list[Voice]] = defaultdict(list)
    for voice in heard:
        by_group[behind[voice.claim.id]].append(voice)
    mouths = [_mouth(case, key, members, groups, unseen) for key, members in sorted(by_group.items())]
    mouths.sort(
        key=lambda mouth: (not mouth.shown, _RANK.index(mouth.origin.kind), mouth.origin.name, mouth.origin.claims)
    )
    shown = max(1, sum(mouth.shown for mouth in mouths))
    return Origins(mouths=tuple(mouths), count=OriginCount(shown=shown, possible=max(shown, len(mouths))))


def _mouth(case: Case, key: str, members: list[Voice], groups: Groups, unseen: set[str]) -> Mouth:
    own = [voice for voice in members if groups.find(voice.key) == key] or members
    first = min(own, key=lambda voice: (not voice.pointed, _RANK.index(voice.kind), -len(voice.name), voice.name))
    shown = any(voice.pointed and voice.claim.id not in unseen for voice in own)
    party = first.party or next((voice.party for voice in own if voice.party), None)
    claims = sorted(voice.claim.id for voice in members)
    documents = sorted({voice.claim.document for voice in members})
    reasons = (_named_in(case, members), *groups.reasons.get(key, ()), *_status(first, shown, unseen))
    side = case.side(party, case.dated(first.claim))
    if side is not None:
        reasons = (*reasons, f"{first.name} speaks for a party to the conflict ({party_name(case.parties, side)})")
    origin = Origin(
        name=first.name,
        kind=first.kind,
        party=party,
        documents=tuple(documents),
        claims=tuple(claims),
        because=reasons,
    )
    return Mouth(origin=origin, shown=shown, side=side)


def _named_in(case: Case, members: list[Voice]) -> str:
    words: dict[str, str] = {}
    for voice in sorted(members, key=lambda voice: (voice.claim.document, voice.claim.start)):
        name = publisher(case.document(voice.claim))
        words[name] = words.get(name) or voice.words
    said = [
        f"{name} (“{quoted}”)" if quoted else f"{name} (in its own words)" for name, quoted in sorted(words.items())
    ]
    return f"in {listed(said)}"


def _status(first: Voice, shown: bool, unseen: set[str]) -> tuple[str, ...]:
    if shown:
        return ()
    if first.claim.id in unseen:
        return (f"{first.name} echoes somebody who is not among these reports: possible, not shown",)
    if first.kind in PRESS:
        return (f"{first.name} names nobody: its independence is possible, and cannot be shown",)
    return (f"{first.name} cannot be named: possible, not shown",)
