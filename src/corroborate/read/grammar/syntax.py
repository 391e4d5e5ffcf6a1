"""Questions about a dependency parse (Universal Dependencies), each answered in one walk of the tree's near parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

CLAUSAL = frozenset({"ROOT", "root", "ccomp", "xcomp", "advcl", "acl", "parataxis", "csubj"})
"""The relations by which a clause hangs in the tree; a conjunct of one counts where its governor does."""


def base(token: Token) -> str:
    """Return a token's relation without its subtype."""
    return token.dep_.split(":")[0]


def children(token: Token, *relations: str) -> list[Token]:
    """Return the dependents with one of these relations, named with or without their subtype."""
    return [child for child in token.children if child.dep_ in relations or base(child) in relations]


def is_passive(verb: Token) -> bool:
    """Say whether a verb is in the passive: by its subject or its auxiliary."""
    return any(child.dep_ in ("nsubj:pass", "aux:pass", "csubj:pass") for child in verb.children)


def own_subject(verb: Token) -> Token | None:
    """Return the subject that a verb itself has: of several that a parse gives it, the last before it."""
    found = [child for child in verb.children if base(child) == "nsubj"]
    if not found and verb.tag_ in ("VBD", "VBZ"):
        # "after a missile hit the market": taken for the noun "missile hit", while it is the verb.
        found = [child for child in verb.children if child.dep_ == "compound" and child.i < verb.i]
    return max((c for c in found if c.i < verb.i), key=lambda c: c.i, default=found[0] if found else None)


def subject(verb: Token) -> tuple[Token | None, str]:
    """Return who does what `verb` says and how that was found: own, shared, controlled or modified.

    Returns (None, "") where nobody is found.
    """
    own = own_subject(verb)
    if own is not None:
        return own, "own"
    at = verb
    for _ in range(6):  # The longest chain of conjuncts, complements and adverbial clauses in EWT dev has 4.
        governor = at.head
        if governor.i == at.i:
            return None, ""
        if base(at) in ("conj", "xcomp", "advcl"):
            if base(at) == "advcl" and (at.tag_ not in ("VBG", "VBN") and not _is_infinitive(at)):
                return None, ""
            how = "shared" if base(at) == "conj" else "controlled"
            # "X told Y to say": the one who is told is the one who does.
            patient = next(iter(children(governor, "obj", "iobj")), None) if base(at) == "xcomp" else None
            if patient is not None and not is_passive(governor):
                return patient, how
            if is_passive(governor) is is_passive(at) or base(at) != "conj":
                found = own_subject(governor)
                if found is not None:
                    return found, how
            at = governor
        elif base(at) == "acl" and governor.pos_ in ("NOUN", "PROPN", "PRON"):
            return governor, "modified"
        else:
            return None, ""
    return None, ""


def _is_infinitive(token: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "to" for child in token.children)


def clause_head(token: Token) -> Token:
    """Return the head of the smallest clause that holds `token` (the token itself where it heads one)."""
    at = token
    while at.head.i != at.i:
        relation = base(at)
        if relation in CLAUSAL or (relation == "conj" and at.pos_ in ("VERB", "AUX") and _is_clausal_conjunct(at)):
            return at
        at = at.head
    return at


def _is_clausal_conjunct(token: Token) -> bool:
    first = token
    while base(first) == "conj" and first.head.i != first.i:
        first = first.head
    return base(first) in CLAUSAL or first.pos_ in ("VERB", "AUX")


def ancestors(token: Token) -> Iterator[Token]:
    """Yield the token's governors, the nearest first."""
    at = token
    while at.head.i != at.i:
        at = at.head
        yield at


def subtree(token: Token, without: Iterable[int] = ()) -> set[int]:
    """Return the indices of a token and all below it, leaving out the subtrees of the tokens in `without`."""
    left_out = set(without)
    found: set[int] = set()
    waiting = [token]
    while waiting:
        at = waiting.pop()
        if at.i in left_out:
            continue
        found.add(at.i)
        waiting.extend(at.children)
    return found


_NOT_OF_A_NAME = ("acl", "advcl", "parataxis", "discourse", "dislocated", "punct", "dep", "cc:preconj")


# What a noun has only as a predicate ("most notable is the evidence").
_OF_A_PREDICATE = ("nsubj", "csubj", "cop", "aux", "mark", "ccomp", "expl", "orphan")


def noun_phrase(token: Token) -> tuple[int, int]:
    """Return the first and past-the-last token of a noun phrase without what a clause adds to it.

    Conjuncts are part of it while they are nominal; what is cut off by a stretch that is not is left out.
    """
    found: set[int] = set()
    waiting = [token]
    while waiting:
        at = waiting.pop()
        found.add(at.i)
        for child in at.children:
            clause = base(child) in _NOT_OF_A_NAME or child.dep_ in _NOT_OF_A_NAME
            verbal = base(child) == "conj" and child.pos_ in ("VERB", "AUX")
            if at.i == token.i and base(child) in _OF_A_PREDICATE:
                continue
            if not clause and not verbal:
                waiting.append(child)
    low = high = token.i
    doc = token.doc
    while low - 1 in found or (low - 2 in found and doc[low - 1].is_punct):
        low -= 1
    while high + 1 in found or (high + 2 in found and doc[high + 1].is_punct and doc[high + 1].text not in '"“”'):
        high += 1
    # The preposition that the phrase hangs by is no part of it.
    while low < token.i and (doc[low].is_punct or doc[low].dep_ in ("case", "mark", "cc", "punct", "fixed")):
        low += 1
    return low, high + 1


def stretches(indices: Iterable[int], doc: Doc) -> list[tuple[int, int]]:
    """Return the runs (first, past the last) of token indices; a gap of one mark of punctuation does not end a run."""
    runs: list[tuple[int, int]] = []
    for i in sorted(indices):
        if doc[i].is_space:
            continue
        if runs and (i == runs[-1][1] or all(doc[k].is_space or doc[k].is_punct for k in range(runs[-1][1], i))):
            runs[-1] = (runs[-1][0], i + 1)
        else:
            runs.append((i, i + 1))
    return runs


def trim(doc: Doc, low: int, high: int) -> tuple[int, int]:
    """Return a run of tokens without spaces and punctuation at its ends (an opening bracket that is closed stays)."""
    while low < high and (doc[low].is_space or (doc[low].is_punct and doc[low].text not in "$#")):
        low += 1
    while high > low and (doc[high - 1].is_space or (doc[high - 1].is_punct and doc[high - 1].text not in "%")):
        if doc[high - 1].text == ")" and any(doc[k].text == "(" for k in range(low, high)):
            break
        high -= 1
    return low, high


def tree_distance(a: Token, b: Token) -> int:
    """Return how many arcs lie between two tokens; a large number where they are of different sentences."""
    above_a = {a.i: 0}
    for steps, token in enumerate(ancestors(a), start=1):
        above_a[token.i] = steps
    if b.i in above_a:
        return above_a[b.i]
    for steps, token in enumerate(ancestors(b), start=1):
        if token.i in above_a:
            return above_a[token.i] + steps
    return 1000
