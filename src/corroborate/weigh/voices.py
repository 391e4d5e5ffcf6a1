"""Whose mouth each claim comes from, before mouths are put together."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from corroborate.knowledge.lexicon import lexicon
from corroborate.model import Claim, Document, SourceKind, Span
from corroborate.weigh.bodies import Body, body_of, counts_harm, is_body, name_key, party_of
from corroborate.weigh.case import Case, poster, publisher, tokens
from corroborate.weigh.witness import in_first_person, whose_reporter

PRESS: tuple[SourceKind, ...] = ("outlet", "agency")
# An echo stands beside its speaker: within the words between the speaker and the next sentence's length of an average
# news sentence (24 words of about six letters; GUM news).
_ECHO_REACH = 150
# "repeated his figure": what is echoed stands within two words of the verb.
_ECHOED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """The last voice of a claim's chain: `key` is equal for equal names; `path` holds the keys of the chain before it.

    `home` is the key of who put the document out; `pointed` says whether somebody in particular is meant; `witness`
    that it saw for itself; `heading` that the claim stands in a heading; `body` is the institution it speaks for;
    `words` are the document's words that name it, empty where its imprint does.
    """

    claim: Claim
    key: str
    name: str
    kind: SourceKind
    party: str | None
    home: str
    path: tuple[str, ...]
    pointed: bool
    witness: bool
    echo: bool
    heading: bool
    body: Body | None
    words: str


def voices(case: Case) -> list[Voice]:
    """Return the voice of each claim, in the order of the claims."""
    listener = _Listener(case)
    return [listener.voice(claim) for claim in case.claims]


def beside(case: Case) -> list[Voice]:
    """Return the voice of what else the documents of an incident lay to somebody, in the order of those claims."""
    listener = _Listener(case)
    return [listener.voice(claim) for claim in case.beside]


class _Listener:
    """What has to be known of all documents of an incident before one voice of it can be told."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._handles = _handles(case.documents)
        self._reporters = {key: whose_reporter(document) for key, document in case.documents.items()}
        homes = [publisher(document) for document in case.documents.values()]
        cited = [hop.name for claim in case.claims for hop in claim.chain[1:] if hop.kind in PRESS]
        self._press = {tokens(name): name for name in sorted({*homes, *cited})}
        self._homes = {tokens(name) for name in homes}
        self._posters = {tokens(publisher(d)) for d in case.documents.values() if poster(d) is not None}
        self._credits = {key: self._credit(document) for key, document in case.documents.items()}

    def voice(self, claim: Claim) -> Voice:
        """Return the voice of one claim."""
        document = self._case.document(claim)
        own = publisher(document)
        name, kind, party = self._last(claim, own)
        witness = claim.basis is not None and claim.basis.kind in lexicon("origins")["witness"]
        seen = self._reporters[document.id]
        if kind in PRESS and seen and name in (own, *seen):
            name, witness = (seen[0] if name == own and own not in seen else name), True
        witness = witness or (kind in PRESS and name == own and in_first_person(document, claim))
        kind = "unnamed" if _is_any(name, kind, claim) else self._kind(name, kind)
        name = _without_town(name) if kind == "organisation" else name
        press = [self._outlet_key(own), *(self._outlet_key(hop.name) for hop in claim.chain[:-1] if hop.kind in PRESS)]
        body = None if kind in PRESS else body_of(self._case, claim, name, kind == "unnamed")
        if body is not None and kind == "unnamed":
            name, kind = body.name, "organisation"
        if party is None and kind in ("person", "organisation") and name:
            party = party_of(self._case, claim, name, body)
        key = body.key if body is not None and name == body.name else self._key(name, kind, press[-1])
        return Voice(
            claim=claim,
            key=key,
            name=name,
            kind=kind,
            party=party,
            home=press[0],
            path=tuple(dict.fromkeys(step for step in press if step != key)),
            pointed=_pointed(name, kind, claim) or (kind in PRESS and witness),
            witness=witness,
            echo=_is_echo(claim, document),
            heading=any(s.kind == "heading" and s.covers(claim) for s in document.segments),
            body=body if body is not None and body.key != key else None,
            words=_words(claim),
        )

    def _last(self, claim: Claim, own: str) -> tuple[str, SourceKind, str | None]:
        """Return name, kind and party of the last voice that a claim names."""
        hops = claim.chain
        if claim.voice == "unresolved" or (claim.voice == "attributed" and claim.source is None and len(hops) < 2):
            if (press := self._beside_cue(claim)) is not None:
                return press, "outlet", None
            if "first_person" in claim.flags and in_first_person(self._case.document(claim), claim):
                return own, "outlet", None
            return UNRESOLVED, "unnamed", None
        if hops and (claim.voice == "own" or len(hops) > 1):
            last = hops[-1]
            if len(hops) > 1 and _own_page().match(last.name):
                return own, "outlet", None
            if len(hops) == 1:
                credit = self._credits[claim.document]
                return (credit, "agency", None) if credit else (own, "outlet", last.party)
            outlet = self._reporter(last.name)
            return (outlet, "outlet", None) if outlet else (_full(last.name, claim), last.kind, last.party)
        if claim.voice == "attributed" and claim.source is not None:
            if _own_page().match(claim.source.text):
                return own, "outlet", None
            return _full(claim.source.name, claim), claim.source.kind, claim.source.party
        return own, "outlet", None

    def _beside_cue(self, claim: Claim) -> str | None:
        """Return the outlet whose name stands right beside the cue of a claim ("the Star reported")."""
        if claim.cue is None:
            return None
        text = self._case.document(claim).text
        before, after = around(claim.cue, text)
        return next(
            (
                name
                for name in sorted(self._press.values(), key=lambda name: (-len(name), name))
                if before.endswith(name) or after.removeprefix("the ").startswith(name)
            ),
            None,
        )

    def _credit(self, document: Document) -> str | None:
        """Return the agency that a document credits in its last words ("(Levant Wire)", "Source: Levant Wire")."""
        match = re.search(
            r"(?:\(|\n\s*)(?:Source: |(?:With r|R)eporting by |From )?(?P<name>[A-Z][\w&.’' -]{1,40}?)\)?\.?\s*$",
            document.text,
        )
        if match is None:
            return None
        name = match["name"].strip()
        party = self._case.parties.by_alias(name)
        if party is not None:
            return name if self._case.parties.source_kind(party) == "agency" else None
        nouns = lexicon("cues")["sources"]["agency_heads"]
        known = self._press.get(tokens(name))
        return name if name.split()[-1].lower() in nouns or (known and tokens(name) not in self._homes) else None

    def _reporter(self, name: str) -> str | None:
        """Return the outlet whose reporter a name says somebody is ("a Valley Post reporter"), None for others."""
        # "A Gate photographer who counted the bodies" is told by what stands before "who".
        words = tokens(re.split(r",|\b(?:who|that|which)\b", name)[0])
        if not set(words) & set(lexicon("origins")["reporters"]):
            return None
        rest = {word for word in words if word not in lexicon("origins")["reporters"]}
        return next(
            (full for key, full in self._press.items() if key and rest and (rest <= set(key) or set(key) <= rest)), None
        )

    def _kind(self, name: str, kind: SourceKind) -> SourceKind:
        """Return the kind of a voice where its name is that of an outlet here, or that of who puts out its own word."""
        if kind in ("unnamed", "recording"):
            # A body whose name is a plural ("Doctors Without Borders") may be read as nameless people.
            if kind == "unnamed" and self._case.parties.by_alias(name) is not None:
                return "organisation"
            if kind == "recording" or _bare(name) not in self._homes:
                return kind
        called = self._called(name)
        if called is None:
            return kind
        if self._publishes_itself(called):
            return "organisation"
        if tokens(called) in self._posters:
            return "post"
        return kind if kind == "agency" else "outlet"

    def _called(self, name: str) -> str | None:
        """Return the outlet that a name means: its own, or the one home of these documents that it is short for."""
        words = _bare(self._handles.get(" ".join(tokens(name)), name))
        # "the Levant Wire agency", "the newspaper Hill Courier"
        if words not in self._homes:
            words = next((plain for plain in _plainer(words) if plain in self._press), words)
        exact = {key for key in self._press if sorted(key) == sorted(words)}
        longer = [key for key in sorted(self._homes) if words and set(words) < set(key)]
        if len(longer) == 1 and not exact & self._homes:
            return self._press[longer[0]]
        return self._press[min(exact)] if exact else None

    def _publishes_itself(self, name: str) -> bool:
        """Whether an outlet is an institution whose pages give its own word, and no newspaper."""
        last = tokens(name)[-1:]
        if counts_harm(name):
            return True
        if self._case.parties.by_alias(name) is None and set(last) & set(lexicon("origins")["newspapers"]):
            return False
        return is_body(self._case, name)

    def _outlet_key(self, name: str) -> str:
        """Return the key of who publishes, or is cited as an outlet."""
        called = self._called(name) or name
        return name_key(called) if self._kind(called, "outlet") not in PRESS else press_key(called)

    def _key(self, name: str, kind: SourceKind, said_through: str) -> str:
        words = " ".join(tokens(name))
        if kind in PRESS:
            return self._outlet_key(name)
        if kind == "unnamed":
            # The same nameless people of one outlet or agency are one; of another, nobody can say.
            return f"unnamed:{said_through}:{words}"
        if kind in ("recording", "document"):
            return f"thing:{words}"
        return name_key(self._handles.get(words) or self._called(name) or name)


def _full(name: str, claim: Claim) -> str:
    """Return a voice's name, the whole phrase of the source where the name is only a title of it ("Col.")."""
    titles = set(lexicon("origins")["titles"])
    source = claim.source
    if source is None or not set(tokens(name)) <= titles or len(tokens(source.text)) < 2:
        return name.removesuffix("'s").removesuffix("’s")
    return source.text


def _without_town(name: str) -> str:
    """Return an institution's name without "the city's" before it, where two words are left to tell it by."""
    settlements = "|".join(lexicon("origins")["settlements"])
    own = re.sub(rf"^(?:the )?(?:{settlements})(?:['’]s)? ", "", name, flags=re.IGNORECASE)
    return own if len(tokens(own)) > 1 else name


def around(cue: Span, text: str) -> tuple[str, str]:
    """Return the text before a cue and behind it, without "said in a" before "statement"."""
    before = re.sub(r"\s+\w+ in (?:an?|its|their|the)(?: \w+)?$", "", text[: cue.start].rstrip(" ,"))
    return before, text[cue.end :].lstrip(" ,")


def _is_any(name: str, kind: SourceKind, claim: Claim) -> bool:
    """Whether a person or body is only any of its kind ("a monitoring group", "a US official")."""
    source = claim.source
    last = name.split()[-1:]
    if source is None or kind not in ("person", "organisation") or not last or last[0] != last[0].lower():
        return False
    return re.match(r"(?:a|an|one|another)\s", source.text, re.IGNORECASE) is not None


def _bare(name: str) -> tuple[str, ...]:
    """Return the words of a name without those that only lead to an outlet ("a report by", "citing")."""
    put_out = "|".join(lexicon("origins")["puts_out"])
    led = re.match(
        rf"(?:(?:an? |the )?(?:{put_out}|article|story|dispatch) (?:by|in|from|on) |citing |quoting )", name, re.I
    )
    return tokens(re.split(r",", name[led.end() :])[0]) if led is not None else tokens(name)


def _plainer(words: tuple[str, ...]) -> list[tuple[str, ...]]:
    """Return a name without the nouns of outlets before or behind it, the fewest dropped first."""
    found = []
    while words[-1:] and words[-1] in _outlet_nouns():
        words = words[:-1]
        found.append(words)
    while words[:1] and words[0] in _outlet_nouns():
        words = words[1:]
        found.append(words)
    return found


@cache
def _outlet_nouns() -> frozenset[str]:
    sources = lexicon("cues")["sources"]
    return frozenset([*sources["outlet_heads"], *sources["agency_heads"], "news"]) - {"wire"}


@cache
def _own_page() -> re.Pattern[str]:
    """Return what a page calls itself by ("an earlier version of this article")."""
    return re.compile(rf"(?:{'|'.join(lexicon('origins')['own_page'])})\b", re.IGNORECASE)


# A voice that the reader could not tell.
UNRESOLVED = "a voice that is not resolved"


def press_key(name: str) -> str:
    """Return the key of an outlet or agency."""
    return "press:" + " ".join(tokens(name))


def is_handle_of(handle: str, name: str) -> bool:
    """Whether an account's handle is written from a name: the beginnings of all its words in order, one of them whole.

    "hcwatch" is written from "Highland Casualty Watch"; a single first letter or one common word alone tells nothing.
    """
    letters = re.sub(r"[^a-z0-9]", "", handle.lower())
    words = tokens(name)
    if len(words) < 2 or not any(len(word) >= 4 and word in letters for word in words):
        return False
    ends = {0}
    for word in words:
        ends = {
            end + size
            for end in ends
            for size in range(1, len(word) + 1)
            if letters[end : end + size] == word[:size]
        }  # fmt: skip
    return len(letters) in ends


def _handles(documents: Mapping[str, Document]) -> dict[str, str]:
    """Return for each handle and each author of a post the author's name, so that both are one."""
    found: dict[str, str] = {}
    for _, document in sorted(documents.items()):
        posts: list[tuple[str | None, str | None]] = [
            (s.post.handle, s.post.author) for s in document.segments if s.post and s.post.handle
        ]
        if (posted := poster(document)) is not None:
            posts.append((posted[1], posted[0]))
        for handle, author in posts:
            written = " ".join(tokens(handle or ""))
            name = author or handle or ""
            found.setdefault(written, name)
            found.setdefault(" ".join(tokens(name)), name)
    return found


def _pointed(name: str, kind: SourceKind, claim: Claim) -> bool:
    if kind == "recording":
        # A video that nobody links can be shown to nobody.
        return any(evidence.link for evidence in claim.evidence)
    if kind == "document":
        # "A statement" is nobody's in particular; one with a name of its own can be found.
        return name != name.lower() or any(evidence.link for evidence in claim.evidence)
    return kind in ("person", "organisation", "post")


def _is_echo(claim: Claim, document: Document) -> bool:
    if any("echo" in flag for flag in claim.flags):
        return True
    pattern = re.compile(r"\b(?:" + "|".join(lexicon("origins")["echo"]) + r")\b", re.IGNORECASE)
    if claim.cue is not None and pattern.search(claim.cue.text):
        return True
    source = claim.source
    if source is None:
        return False
    low, high = next(((low, high) for low, high in document.sentences if low <= source.start < high), (0, 0))
    before = document.text[low : source.start].strip(' "“')
    if re.match(r"(?:echoing|parroting|repeating)\b", before, re.IGNORECASE) or _echoed_by().search(before):
        return True
    after = document.text[source.end : source.end + _ECHO_REACH]
    if claim.cue is not None and claim.cue.start > source.end:
        after = document.text[source.end : claim.cue.end + _ECHOED]
    if high:
        after = after[: max(0, high - source.end)]
    return pattern.search(after) is not None


@cache
def _echoed_by() -> re.Pattern[str]:
    """Return what leads to the speaker of an echo: "his words were echoed by the minister, "."""
    verbs = "|".join(lexicon("origins")["echoed"])
    return re.compile(rf"\b(?:{verbs}) by(?: [\w'’.-]+){{0,6}},?$", re.IGNORECASE)


def _words(claim: Claim) -> str:
    parts = [claim.source, claim.cue]
    spans = sorted((span.start, span.text) for span in parts if span is not None)
    return " ".join(text for _, text in spans)
