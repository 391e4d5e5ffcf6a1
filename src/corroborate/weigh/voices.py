"""Whose mouth each claim comes from, before mouths are put together."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from corroborate.knowledge.lexicon import lexicon
from corroborate.model import Claim, Document, SourceKind
from corroborate.weigh.case import Case, publisher, tokens

PRESS: tuple[SourceKind, ...] = ("outlet", "agency")
# An echo stands beside its speaker: within the words between the speaker and the next sentence's length of an average
# news sentence (24 words of about six letters; GUM news).
_ECHO_REACH = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """The last voice of a claim's chain: `key` is equal for equal names; `path` holds the keys of the chain before it.

    `pointed` says whether somebody in particular is meant; `witness` that it saw for itself; `heading` that the claim
    stands in a heading; `words` are the document's words that name it, empty where its imprint does.
    """

    claim: Claim
    key: str
    name: str
    kind: SourceKind
    party: str | None
    path: tuple[str, ...]
    pointed: bool
    witness: bool
    echo: bool
    heading: bool
    words: str


def voices(case: Case) -> list[Voice]:
    """Return the voice of each claim, in the order of the claims."""
    handles = _handles(case.documents)
    press = {press_key(hop.name) for claim in case.claims for hop in claim.chain if hop.kind in PRESS}
    # A document of no known outlet stands for its publisher; an institution that publishes for itself stays one.
    press |= {press_key(publisher(document)) for document in case.documents.values() if document.outlet is None}
    return [_voice(claim, case.document(claim), handles, press) for claim in case.claims]


def press_key(name: str) -> str:
    """Return the key of an outlet or agency."""
    return "press:" + " ".join(tokens(name))


def _voice(claim: Claim, document: Document, handles: Mapping[str, str], press: set[str]) -> Voice:
    own = publisher(document)
    home = press_key(own)
    hops = claim.chain
    name: str
    kind: SourceKind
    party: str | None
    if claim.voice == "unresolved" or (claim.voice == "attributed" and claim.source is None and len(hops) < 2):
        name, kind, party = "a voice that is not resolved", "unnamed", None
    elif hops and (claim.voice == "own" or len(hops) > 1):
        name, kind, party = hops[-1].name, hops[-1].kind, hops[-1].party
    elif claim.voice == "attributed" and claim.source is not None:
        name, kind, party = claim.source.name, claim.source.kind, claim.source.party
    else:
        name, kind, party = own, "outlet", None
    if kind in ("document", "organisation") and press_key(name) in press:
        # An agency may be read as an organisation elsewhere.
        kind = "outlet"
    path = [home] + [press_key(hop.name) for hop in hops[:-1] if hop.kind in PRESS]
    witness = claim.basis is not None and claim.basis.kind in lexicon("origins")["witness"]
    key = _key(name, kind, home, handles)
    return Voice(
        claim=claim,
        key=key,
        name=name,
        kind=kind,
        party=party,
        path=tuple(dict.fromkeys(step for step in path if step != key)),
        pointed=_pointed(name, kind, claim) or (kind in PRESS and witness),
        witness=witness,
        echo=_is_echo(claim, document),
        heading=any(s.kind == "heading" and s.covers(claim) for s in document.segments),
        words=_words(claim),
    )


def _key(name: str, kind: SourceKind, home: str, handles: Mapping[str, str]) -> str:
    words = " ".join(tokens(name))
    if kind in PRESS:
        return press_key(name)
    if kind == "unnamed":
        # The same nameless people of one publisher are one; of another, nobody can say.
        return f"unnamed:{home}:{words}"
    if kind == "post":
        return "name:" + handles.get(words, words)
    if kind in ("recording", "document"):
        return f"thing:{words}"
    return "name:" + handles.get(words, " ".join(sorted(words.split())))


def _handles(documents: Mapping[str, Document]) -> dict[str, str]:
    """Return for each handle and each author of a post the author's name in sorted words, so that both are one."""
    found: dict[str, str] = {}
    for _, document in sorted(documents.items()):
        for segment in document.segments:
            if segment.post and segment.post.handle:
                handle = " ".join(tokens(segment.post.handle))
                author = " ".join(sorted(tokens(segment.post.author or ""))) or handle
                found.setdefault(handle, author)
                found.setdefault(" ".join(tokens(segment.post.author or handle)), author)
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
    after = document.text[source.end : source.end + _ECHO_REACH]
    if claim.cue is not None and claim.cue.start > source.end:
        after = document.text[source.end : claim.cue.end]
    sentence_end = next((end for start, end in document.sentences if start <= source.start < end), None)
    if sentence_end is not None:
        after = after[: max(0, sentence_end - source.end)]
    return pattern.search(after) is not None


def _words(claim: Claim) -> str:
    parts = [claim.source, claim.cue]
    spans = sorted((span.start, span.text) for span in parts if span is not None)
    return " ".join(text for _, text in spans)
