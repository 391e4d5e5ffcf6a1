"""Independent origins: which claims come from one mouth, by the design's rule, with the reasons.

Two reports are independent only if their words do not come from the same mouth. Voices are first put together by name,
institution and copied post; what the press says in its own voice is then followed through what it cites and copies, to
a voice behind it or to itself.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from corroborate.knowledge.lexicon import lexicon
from corroborate.model import Document, Origin, OriginCount, SharedText, SourceKind
from corroborate.weigh.bodies import name_key
from corroborate.weigh.case import Case, holds, listed, party_name, publisher, tokens
from corroborate.weigh.voices import PRESS, UNRESOLVED, Voice, around, is_handle_of, voices

# Two documents are copies of one text from this share of the shorter on: 0.02% of 11,991 unrelated pairs (GVA, FA-KES).
_NEAR_COPY = 0.3
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


class _Groups:
    """Keys put together, each time with the reason."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}
        self.reasons: dict[str, list[str]] = defaultdict(list)

    def find(self, key: str) -> str:
        while self._parent.get(key, key) != key:
            key = self._parent[key]
        return key

    def join(self, a: str, b: str, reason: str) -> None:
        one, other = sorted((self.find(a), self.find(b)))
        if reason not in self.reasons[one]:
            self.reasons[one].append(reason)
        if one != other:
            self._parent[other] = one
            self.reasons[one] += [said for said in self.reasons.pop(other, []) if said not in self.reasons[one]]


def count_origins(case: Case) -> Origins:
    """Return the independent origins behind the claims of one incident, and how many are shown and possible."""
    heard = voices(case)
    groups = _Groups()
    _same_names(heard, groups)
    _same_titles(case, heard, groups)
    _same_institution(case, heard, groups)
    _hearsay(case, heard, groups)
    _unresolved(case, heard, groups)
    _copies(case, heard, groups)
    _headings(case, heard, groups)
    unseen = _echoes(heard, groups)
    behind = _followed(case, heard, groups)
    by_group: dict[str, list[Voice]] = defaultdict(list)
    for voice in heard:
        by_group[behind[voice.claim.id]].append(voice)
    mouths = [_mouth(case, key, members, groups, unseen) for key, members in sorted(by_group.items())]
    mouths.sort(
        key=lambda mouth: (not mouth.shown, _RANK.index(mouth.origin.kind), mouth.origin.name, mouth.origin.claims)
    )
    shown = max(1, sum(mouth.shown for mouth in mouths))
    return Origins(mouths=tuple(mouths), count=OriginCount(shown=shown, possible=max(shown, len(mouths))))


def _same_names(heard: list[Voice], groups: _Groups) -> None:
    """Join a short form to the one longer name that it can mean: "Surovikin", "the Observatory", "SOHR", "@hcwatch"."""
    named = {voice.key: voice.name for voice in heard if voice.key.startswith("name:")}
    named |= {voice.body.key: voice.body.name for voice in heard if voice.body and voice.body.key not in named}
    for voice in heard:
        if voice.body is not None:
            reason = f"“{voice.name}” speaks for {voice.body.name} (“{voice.body.said}”)"
            groups.join(voice.key, voice.body.key, reason)
    for key, name in sorted(named.items()):
        words = set(key.removeprefix("name:").split())
        longer = [
            other
            for other, full in sorted(named.items())
            if other != key and (words < set(other.removeprefix("name:").split()) or _acronym(name, full))
        ]
        if len({groups.find(other) for other in longer}) == 1:
            groups.join(key, longer[0], f"“{name}” is a short form of “{named[longer[0]]}”")
        written = [full for other, full in sorted(named.items()) if other != key and is_handle_of(name, full)]
        if len(written) == 1 and " " not in name.strip():
            reason = f"“@{name.lstrip('@')}” is written from “{written[0]}”"
            groups.join(key, name_key(written[0]), reason)


def _same_titles(case: Case, heard: list[Voice], groups: _Groups) -> None:
    """Join who is named by a title alone ("the colonel") to the one person of the document who has that title."""
    titles = set(lexicon("origins")["titles"])
    for voice in heard:
        words = tokens(voice.name)
        if not voice.key.startswith("name:") or not words or not set(words) <= titles:
            continue
        bearers = {
            groups.find(other.key): other
            for other in heard
            if other.key.startswith("name:")
            and not set(tokens(other.name)) <= titles
            and _bears(other, words, case.document(voice.claim), case.document(other.claim))
        }
        if len(bearers) == 1:
            bearer = next(iter(bearers.values()))
            groups.join(voice.key, bearer.key, f"“{voice.name}” is {' '.join(words)} {bearer.name}")


def _bears(voice: Voice, title: tuple[str, ...], *documents: Document) -> bool:
    """Whether one of the documents gives a voice that title ("Governor Adam Suleiman")."""
    named = f"{' '.join(title)} {' '.join(tokens(voice.name))}"
    return any(named in re.sub(r"[^\w]+", " ", document.text.casefold()) for document in documents)


def _hearsay(case: Case, heard: list[Voice], groups: _Groups) -> None:
    """Join who passes on what another voice of the incident told him to that voice ("told by", "citing")."""
    known = {voice.name: voice for voice in heard if voice.pointed and voice.kind not in PRESS}
    for voice in heard:
        if not voice.pointed or voice.kind in PRESS:
            continue
        document = case.document(voice.claim)
        low, high = next(
            ((low, high) for low, high in document.sentences if low <= voice.claim.start < high),
            (voice.claim.start, voice.claim.end),
        )
        for name, other in sorted(known.items()):
            if groups.find(other.key) != groups.find(voice.key) and _passes_on(
                document.text[low:high], voice.name, name
            ):
                groups.join(voice.key, other.key, f"“{voice.name}” passes on what “{name}” told")


def _passes_on(sentence: str, who: str, whom: str) -> bool:
    said = "|".join(lexicon("origins")["passing_on"])
    return bool(re.search(rf"{re.escape(who)}.*?\b(?:{said})\s+(?:[\w’']+[ ,]+){{0,8}}?{re.escape(whom)}\b", sentence))


def _beside_cue(case: Case, voice: Voice, heard: list[Voice]) -> Voice | None:
    """Return the named voice of the incident whose name stands right before or behind an unresolved claim's cue."""
    cue = voice.claim.cue
    if cue is None:
        return None
    text = case.document(voice.claim).text
    before, after = around(cue, text)
    found = {
        other.key: other
        for other in heard
        if other.pointed and other.kind not in PRESS and (before.endswith(other.name) or after.startswith(other.name))
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _unresolved(case: Case, heard: list[Voice], groups: _Groups) -> None:
    """Join a pronoun or short name that could not be told to a voice that its document names: it means one of them."""
    for voice in heard:
        if voice.name != UNRESOLVED:
            continue
        beside = _beside_cue(case, voice, heard)
        if beside is not None:
            groups.join(voice.key, beside.key, f"“{beside.name}” stands beside “{voice.words}”")
            continue
        if not {"pronoun_unresolved", "name_ambiguous"} & set(voice.claim.flags):
            continue
        named = [v for v in heard if v.pointed and v.claim.document == voice.claim.document and v.kind not in PRESS]
        before = [v for v in named if v.claim.start < voice.claim.start]
        if named:
            target = max(before or named, key=lambda other: (other.claim.start, other.claim.id))
            name = publisher(case.document(voice.claim))
            groups.join(voice.key, target.key, f"a pronoun or short name in {name} means one of those whom it names")


def _acronym(short: str, full: str) -> bool:
    letters = [word[0] for word in full.replace("-", " ").split() if word[0].isalpha()]
    capitals = "".join(letter for letter in letters if letter.isupper())
    return len(short) >= 3 and short.isupper() and short in (capitals, "".join(letters).upper())


def _same_institution(case: Case, heard: list[Voice], groups: _Groups) -> None:
    """Join those who speak for one institution of the register; two institutions of one side stay two."""
    speaking: dict[str, list[Voice]] = defaultdict(list)
    for voice in heard:
        if voice.party and voice.kind in ("person", "organisation") and _one_mouth(case, voice.party):
            speaking[voice.party].append(voice)
    for party, members in sorted(speaking.items()):
        for other in members[1:]:
            if groups.find(members[0].key) != groups.find(other.key):
                name = party_name(case.parties, party)
                reason = f"“{members[0].name}” and “{other.name}” both speak for one institution ({name})"
                groups.join(members[0].key, other.key, reason)


def _one_mouth(case: Case, party: str) -> bool:
    rules = lexicon("origins")
    if party.partition(".")[2] in rules["many_voiced"]:
        return False
    try:
        return case.parties.get(party).kind not in rules["many_mouths"]
    except KeyError:
        return True


def _copies(case: Case, heard: list[Voice], groups: _Groups) -> None:
    """Join what stands in two documents in the same words: the press's own words, posts, and nameless voices."""
    by_document: dict[str, list[Voice]] = defaultdict(list)
    for voice in heard:
        by_document[voice.claim.document].append(voice)
    for pair in case.shared:
        for one in by_document.get(pair.a, ()):
            for other in by_document.get(pair.b, ()):
                alike = one.kind == other.kind or (one.kind in PRESS and other.kind in PRESS)
                own_words = alike and one.kind in (*PRESS, "post", "unnamed")
                if one.key != other.key and (own_words or _renamed(one, other)) and _copied(pair, one, other):
                    groups.join(one.key, other.key, _copy_reason(case, pair))


def _renamed(one: Voice, other: Voice) -> bool:
    """Whether a copy gives only what somebody is where the other text names him ("a civil defence official")."""
    nameless, named = (one, other) if one.kind == "unnamed" else (other, one)
    if nameless.kind != "unnamed" or named.kind in (*PRESS, "unnamed") or not _figures(one) & _figures(other):
        return False
    return bool({word for word in tokens(nameless.name) if len(word) > 3} & set(tokens(named.words)))


def _figures(voice: Voice) -> set[tuple[str, float | None, float | None]]:
    return {(quantity.measure, quantity.low, quantity.high) for quantity in voice.claim.quantities}


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


def _headings(case: Case, heard: list[Voice], groups: _Groups) -> None:
    """Join whom only a heading names to a voice of the text below it: a heading sums up and adds no mouth."""
    in_texts = {voice.key for voice in heard if not voice.heading}
    for voice in heard:
        if voice.heading and voice.kind not in PRESS and voice.key not in in_texts:
            below = [
                v for v in heard if not v.heading and v.kind not in PRESS and v.claim.document == voice.claim.document
            ]
            if below:
                target = min(below, key=lambda other: (_distance(voice, [other]), other.claim.start, other.claim.id))
                name = publisher(case.document(voice.claim))
                groups.join(voice.key, target.key, f"the heading of {name} (“{voice.name}”) sums up its text")


def _echoes(heard: list[Voice], groups: _Groups) -> set[str]:
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


def _followed(case: Case, heard: list[Voice], groups: _Groups) -> dict[str, str]:
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


def _copied_from(case: Case, heard: list[Voice], groups: _Groups, cites: dict[str, set[str]]) -> None:
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
        return min(beyond, key=lambda key: (_distance(voice, by_group.get(key, ())), key))
    ends = [key for key in reached if key != own and not cites.get(key)]
    if ends:
        return min(ends)
    return min(reached) if reached else own


def _distance(voice: Voice, members: Iterable[Voice]) -> tuple[bool, bool, bool]:
    """Return how far a voice behind is from a claim: false before true for named, same figure, same document."""
    figures = _figures(voice)
    named = same_figure = same_document = False
    for member in members:
        named |= member.pointed
        same_document |= member.claim.document == voice.claim.document
        same_figure |= bool(figures & _figures(member))
    return (not named, not same_figure, not same_document)


def _mouth(case: Case, key: str, members: list[Voice], groups: _Groups, unseen: set[str]) -> Mouth:
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
