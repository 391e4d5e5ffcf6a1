"""Phrases and clauses as stretches of a Doc: what a noun phrase is, and what of a sentence belongs to one event."""

from collections.abc import Callable, Iterable

from spacy.tokens import Doc, Token

from corroborate.read.grammar.arguments import preposition_of, relation

_OUTSIDE_PHRASE = frozenset(
    [
        "acl",
        "advcl",
        "parataxis",
        "discourse",
        "appos",
        "punct",
        "cc",
        "conj",
        "case",
        "nsubj",
        "cop",
        "aux",
        "mark",
        "ccomp",
        "dep",
        "orphan",
        "expl",
        "csubj",
        "list",
        "vocative",
    ]
)
_OUTSIDE_MODIFIER = frozenset(["acl", "parataxis", "advcl", "punct", "dep", "list"])
_OUTSIDE_CLAUSE = frozenset(["parataxis", "discourse", "vocative", "list", "dep", "advcl", "acl", "cc", "reparandum"])
_BEFORE_ARTICLE = frozenset(["all", "both", "half", "such", "of", "than", "least", "most", "some", "nearly", "almost"])
_BOUNDS = frozenset(["least", "most", "to", "than"])  # "at least 12", "up to 30": before a number, not a place or time
_NOT_FIRST = frozenset(["neither", "both", "either", "nor", "and", "or", "whether"])
_TRAILING = frozenset(["mark", "cc", "punct", "case", "fixed"])
_LEADING = frozenset(["mark", "cc", "punct"])


def noun_phrase(head: Token) -> tuple[int, int]:
    """Return the tokens (first, after the last) of a noun phrase: what is before its head, and "of" phrases after."""
    own = {head.i}
    waiting = [head]
    while waiting:
        for child in waiting.pop().children:
            kind = relation(child)
            if kind in _OUTSIDE_PHRASE:
                continue
            if child.i < head.i and kind in ("nmod", "obl") and preposition_of(child) and child.lower_ not in _BOUNDS:
                continue
            if child.i > head.i and (kind in ("amod", "advmod") or preposition_of(child) not in ("of", "")):
                continue
            own.update(_subtree(child))
    low, high = _run(head, own)
    article = next((child.i for child in head.children if child.dep_ == "det" and child.i > low), low)
    if head.doc[article].lower_ in ("a", "an", "the") and head.doc[article - 1].lower_ not in _BEFORE_ARTICLE:
        low = max(low, article)
    while low < head.i and head.doc[low].lower_ in _NOT_FIRST:
        low += 1
    return low, high


def _subtree(token: Token) -> set[int]:
    found = {token.i}
    waiting = [token]
    while waiting:
        for child in waiting.pop().children:
            if relation(child) not in _OUTSIDE_MODIFIER and child.dep_ != "obl:unmarked":
                found.add(child.i)
                waiting.append(child)
    return found


def _run(head: Token, own: set[int]) -> tuple[int, int]:
    """Return the unbroken run of own tokens around a head; a hyphen or a white space inside does not break it."""
    doc = head.doc
    low = high = head.i
    while low - 1 in own or (low - 2 in own and (doc[low - 1].is_punct or doc[low - 1].is_space)):
        low -= 1
    while high + 1 in own or (high + 2 in own and (doc[high + 1].text in "-–’'" or doc[high + 1].is_space)):
        high += 1
    return low, high + 1


def clause(head: Token, keep: Iterable[int], is_event: Callable[[Token], bool]) -> set[int]:
    """Return the tokens of the clause that hangs from `head`.

    Other clauses are left out, and so are coordinated events (`is_event` tells), except where their head is in `keep`.
    """
    kept = set(keep)
    # What comes before "that", "if", "even though" belongs to the clause around this one.
    first = max((c.i for c in head.children if c.dep_ == "mark" and c.i < head.i and c.lower_ != "to"), default=-1)
    found = {head.i}
    waiting = [head]
    while waiting:
        at = waiting.pop()
        for child in at.children:
            kind = relation(child)
            if at.i == head.i and kind == "case":
                continue
            if child.i not in kept:
                if preposition_of(child) == "according" or (at.i == head.i and child.i <= first):
                    continue
                if kind in _OUTSIDE_CLAUSE and not (kind == "cc" and at.i != head.i):
                    continue
                if kind == "conj" and (child.pos_ in ("VERB", "AUX") or is_event(child)):
                    continue
                if kind == "ccomp" and is_event(child):
                    continue
            if kind != "punct":
                found.add(child.i)
            waiting.append(child)
    return found


def _leads(token: Token) -> bool:
    if token.tag_ == "WRB":  # "when it was shot down"
        return True
    return relation(token) in _LEADING or (token.lower_ in ("that", "which", "who") and relation(token) == "nsubj")


def stretch(doc: Doc, tokens: Iterable[int], keep: int) -> tuple[int, int]:
    """Return (first, after the last) of the tokens without conjunctions and marks of punctuation at the ends.

    The token `keep` is never cut off.
    """
    low, high = min(tokens), max(tokens) + 1
    while low < keep and (doc[low].is_punct or doc[low].is_space or _leads(doc[low])):
        low += 1
    while high - 1 > keep and (
        doc[high - 1].is_punct or doc[high - 1].is_space or relation(doc[high - 1]) in _TRAILING
    ):
        high -= 1
    return low, high
