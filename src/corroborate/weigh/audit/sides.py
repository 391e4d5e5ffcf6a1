"""What rests only on those who speak for a side of the conflict."""

from collections import defaultdict
from collections.abc import Iterator

from corroborate.model import Claim, Finding
from corroborate.weigh.audit.text import Audited, stems, told, words
from corroborate.weigh.case import listed, party_name

# Two claims are on one matter where they share three telling words, or two of claims at most this far apart: about ten
# average news sentences (24 words of about six letters; GUM news).
_NEAR = 1_500
_SHARED, _SHARED_NEAR = 3, 2
# What somebody did, of PLOVER's material types and the added ones; that an official holds a view rests on nobody else.
_DEEDS = ("ASSAULT", "COERCE", "DISPLACE", "CONTROL", "RETREAT", "MOBILIZE", "COOPERATE", "AID")


def one_sided(audited: Audited) -> Iterator[Finding]:
    """Yield each matter whose named voices all speak for a side, with the nameless and unlinked beside them."""
    claims = [claim for claim in audited.claims if claim.voice == "attributed" and told(claim) and claim.chain]
    for matter in _matters(audited, claims):
        bound: dict[str, str] = {}
        free = False
        nameless: dict[str, None] = {}
        for claim in matter:
            last = claim.chain[-1]
            if last.kind == "unnamed" or (last.kind == "recording" and not any(e.link for e in claim.evidence)):
                nameless[f"“{last.name}”" + (", which is not linked" if last.kind == "recording" else "")] = None
                continue
            side = _side(audited, claim)
            free |= side is None
            if side is not None:
                bound.setdefault(last.name, party_name(audited.parties, side))
        if not bound or free or not any(c.event is not None and c.event.type in _DEEDS for c in matter):
            continue
        for evidence in (e for claim in _near(audited, matter) for e in claim.evidence if e.link is None):
            nameless[f"“{evidence.text}”, which is not linked"] = None
        who = listed(f"{name} ({side})" for name, side in bound.items())
        beside = f" and on {listed(nameless)}" if nameless else ""
        longest = max(matter, key=lambda claim: (claim.end - claim.start, claim.id))
        yield audited.finding(
            "one_side",
            f"What is told here ({words(longest)}) rests on nobody who can be named but those who speak for a side: "
            f"{who}{beside}.",
            matter,
            matter,
        )


def _matters(audited: Audited, claims: list[Claim]) -> list[list[Claim]]:
    """Return the claims put together by what they are on: they share telling words, or speaker and sentence."""
    group = list(range(len(claims)))
    tell = [stems(claim.text) for claim in claims]
    for i, one in enumerate(claims):
        for j in range(i + 1, len(claims)):
            shared = len(tell[i] & tell[j])
            near = claims[j].start - one.start <= _NEAR
            same_speaker = _speaker(one) == _speaker(claims[j])
            at_once = same_speaker and audited.sentence(one.start) == audited.sentence(claims[j].start)
            if shared >= _SHARED or (near and shared >= _SHARED_NEAR) or (same_speaker and near and shared) or at_once:
                old, new = group[j], group[i]
                group = [new if number == old else number for number in group]
    matters: dict[int, list[Claim]] = defaultdict(list)
    for number, claim in zip(group, claims, strict=True):
        matters[number].append(claim)
    return list(matters.values())


def _speaker(claim: Claim) -> str:
    return claim.chain[-1].name


def _side(audited: Audited, claim: Claim) -> str | None:
    """Return the side for which the last voice of a claim speaks on the day of the document, None for none."""
    party = claim.chain[-1].party or (claim.source.party if claim.source else None)
    if party is None:
        return None
    published = audited.document.published
    try:
        return audited.parties.speaks_for(party, published.end if published else None)
    except KeyError:
        return None


def _near(audited: Audited, matter: list[Claim]) -> list[Claim]:
    """Return the claims within and just behind a matter that share a telling word with it."""
    first, last = min(c.start for c in matter), max(c.end for c in matter)
    tell = frozenset().union(*(stems(claim.text) for claim in matter))
    return [
        c for c in audited.claims if first <= c.start <= last + _NEAR // 3 and len(tell & stems(c.text)) >= _SHARED_NEAR
    ]
