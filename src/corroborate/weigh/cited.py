"""What rests on what: copied words, echoes, and whom the press cites."""

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise

from corroborate.model import SharedText
from corroborate.weigh.case import Case, holds, publisher, tokens
from corroborate.weigh.groups import Groups, distance, figures_of
from corroborate.weigh.voices import PRESS, UNRESOLVED, Voice

# Two documents are copies of one text from this share of the shorter on: 0.02% of 11,991 unrelated pairs (GVA, FA-KES).
_NEAR_COPY = 0.3


def copies(case: Case, heard: list[Voice], groups: Groups) -> None:
    """Join what stands in two documents in the same words: the press's own words, posts, and nameless voices."""
    by_document: dict[str, list[Voice]] = defaultdict(list)
    for voice in heard:
        by_document[voice.claim.document].append(voice)
    for pair in case.shared:
        for one in by_document.get(pair.a, ()):
            for other in by_document.get(pair.b, ()):
                alike = one.kind == other.kind or (one.kind in PRESS and other.kind in PRESS)
                own_words = alike and one.kind in (*PRESS, "post", "unnamed")
                mine = own_words or _renamed(one, other) or _told(one, other)
                if one.key != other.key and mine and _copied(pair, one, other):
                    groups.join(one.key, other.key, _copy_reason(case, pair))


def _renamed(one: Voice, other: Voice) -> bool:
    """Whether a copy gives only what somebody is where the other text names him ("a civil defence official")."""
    nameless, named = (one, other) if one.kind == "unnamed" else (other, one)
    if nameless.kind != "unnamed" or named.kind in (*PRESS, "unnamed") or not figures_of(one) & figures_of(other):
        return False
    return bool({word for word in tokens(nameless.name) if len(word) > 3} & set(tokens(named.words)))


def _told(one: Voice, other: Voice) -> bool:
    """Whether the voice of the same words is open in one document and told in the other."""
    if (one.name == UNRESOLVED) == (other.name == UNRESOLVED) or not {one.kind, other.kind}.isdisjoint(PRESS):
        return False
    return " ".join(one.claim.text.split()) == " ".join(other.claim.text.split())


def _copied(pair: SharedText, one: Voice, other: Voice) -> bool:
    if max(pair.share_a, pair.share_b) >= _NEAR_COPY:
        return True
    a, b = one.claim, other.claim
    return a.start < pair.a_end and pair.a_start < a.end and b.start < pair.b_end and pair.b_start < b.end


def _copy_reason(case: Case, pair: SharedText) -> str:
    a, b = case.documents[pair.a], case.documents[pair.b]
    text = a.text[pair.a_start : pair.a_end]
    words = " ".join(text.split()[:8])
    share = round(100 * max(pair.share_a, pair.share_b))
    return f"{publisher(a)} and {publisher(b)} print the same words (“{words} …”; {share}% of the shorter text)"


def echoes(heard: list[Voice], groups: Groups) -> set[str]:
    """Join an echo to the voice it repeats; return the claims of echoes whose voice is not among the claims."""
    unseen: set[str] = set()
    # A speaker who echoes once in a document echoes there whatever else he adds in it.
    echoing = {(voice.claim.document, voice.key) for voice in heard if voice.echo}
    for document, key in sorted(echoing):
        own = [voice for voice in heard if voice.key == key and voice.claim.document == document]
        at = min(voice.claim.source.start if voice.claim.source else voice.claim.start for voice in own)
        others = [voice for voice in heard if groups.find(voice.key) != groups.find(key) and voice.kind not in PRESS]
        before = [voice for voice in others if voice.claim.document == document and voice.claim.start < at]
        elsewhere = {groups.find(voice.key): voice for voice in others if voice.pointed}
        target = max(before, key=lambda voice: voice.claim.start) if before else None
        if target is None and len(elsewhere) == 1:
            target = next(iter(elsewhere.values()))
        if target is None:
            unseen.update(voice.claim.id for voice in own)
        else:
            groups.join(key, target.key, f"“{own[0].name}” echoes “{target.name}”: an echo has not seen it")
    return unseen


def followed(case: Case, heard: list[Voice], groups: Groups) -> dict[str, str]:
    """Return for each claim the group of its origin: the press is followed to whom it cites or copies."""
    cites: dict[str, set[str]] = defaultdict(set)
    telling = {voice.key for voice in heard if voice.kind in PRESS and holds(voice.claim)}
    for voice in heard:
        if not holds(voice.claim) and voice.kind not in PRESS and voice.home in telling:
            # What an outlet tells as having happened does not rest on somebody who denies it.
            continue
        if voice.kind == "post" and _embedded(case, voice):
            # A post that a page shows beside its text is not what the text says that it rests on.
            continue
        steps = [groups.find(key) for key in (*voice.path, voice.key)]
        for one, other in pairwise(steps):
            if one != other:
                cites[one].add(other)
    _copied_from(case, heard, groups, cites)
    by_group: dict[str, list[Voice]] = defaultdict(list)
    for voice in heard:
        by_group[groups.find(voice.key)].append(voice)
    behind: dict[str, str] = {}
    for voice in heard:
        own = groups.find(voice.key)
        behind[voice.claim.id] = own
        if voice.kind in PRESS and not voice.witness:
            target = _target(voice, own, _reached(own, cites), cites, by_group)
            if target != own:
                name = by_group[target][0].name if by_group.get(target) else target.partition(":")[2]
                groups.join(target, target, f"{voice.name} cites or repeats {name}")
            behind[voice.claim.id] = target
    return behind


def _embedded(case: Case, voice: Voice) -> bool:
    document = case.document(voice.claim)
    posts = [segment for segment in document.segments if segment.kind == "post"]
    whole = any(segment.end - segment.start >= len(document.text.strip()) for segment in posts)
    return not whole and any(segment.start <= voice.claim.start < segment.end for segment in posts)


def _copied_from(case: Case, heard: list[Voice], groups: Groups, cites: dict[str, set[str]]) -> None:
    """Let a document in its own voice that copies another rest on whom the other names."""
    for pair in case.shared:
        for one in heard:
            for other in heard:
                if (one.claim.document, other.claim.document) not in ((pair.a, pair.b), (pair.b, pair.a)):
                    continue
                forward = (one, other) if one.claim.document == pair.a else (other, one)
                if one.kind in PRESS and other.kind not in PRESS and _copied(pair, *forward):
                    cites[groups.find(one.key)].add(groups.find(other.key))


def _reached(key: str, cites: dict[str, set[str]]) -> set[str]:
    """Return every group that the key's words may come from, through whatever cites whatever."""
    seen: set[str] = set()
    left = [key]
    while left:
        for other in cites.get(left.pop(), ()):
            if other not in seen:
                seen.add(other)
                left.append(other)
    return seen


def _target(
    voice: Voice, own: str, reached: set[str], cites: dict[str, set[str]], by_group: Mapping[str, list[Voice]]
) -> str:
    """Return the group that a claim of the press rests on: a voice behind it, else who is cited, else itself.

    Where outlets cite each other in a circle, the first key of the circle stands for all.
    """
    beyond = [key for key in reached if not key.startswith("press:")]
    if beyond:
        return min(beyond, key=lambda key: (distance(voice, by_group.get(key, ())), key))
    ends = [key for key in reached if key != own and not cites.get(key)]
    if ends:
        return min(ends)
    return min(reached) if reached else own
