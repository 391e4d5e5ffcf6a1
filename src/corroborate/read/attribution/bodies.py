"""Bodies as a document names them: which full name a short form ("the commission", "a monitor") stands for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corroborate.read.attribution.cues import lemma_of
from corroborate.read.grammar import syntax

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BINDING = frozenset({"of", "for", "on", "and", "the", "in", "de", "al"})
_OWNERS = frozenset({"'s", "’s"})
_ARTICLES = frozenset({"the", "a", "an", "this", "these", "those", "that"})


@dataclass(frozen=True, slots=True)
class Body:
    """A body under the fullest name that a stretch of the document gives it; `head` is the token of its noun."""

    words: tuple[str, ...]  # in small letters, without an article
    name: str
    head: int
    party: str | None


def proper_name(doc: Doc, head: Token, low: int, high: int) -> tuple[int, int]:
    """Return the tokens of the name within a phrase: "[Rights Monitor], a watchdog" and "[Council for X] in a report".

    The phrase itself where its head is no name.
    """
    if head.pos_ != "PROPN" or not head.text[:1].isupper():
        return low, high
    first = head.i
    while first > low and (doc[first - 1].text[:1].isupper() or doc[first - 1].text in ("-", "'", "’", "&", *_OWNERS)):
        first -= 1
    last = head.i + 1
    while last < high:
        step = last
        while step < high and doc[step].lower_ in _BINDING:
            step += 1
        if step >= high or not (doc[step].text[:1].isupper() or doc[step].text in "-’'&"):
            break
        last = step + 1
    while last > head.i + 1 and (doc[last - 1].is_punct or doc[last - 1].lower_ in _BINDING):
        last -= 1
    return (first + 1 if doc[first].lower_ in _ARTICLES and first < head.i else first), last


def institution(head: Token, heads: frozenset[str]) -> Token | None:
    """Return the noun of the named body that a nameless speaker belongs to: "a source at [Orvana Police Command]"."""
    for child in syntax.children(head, "nmod", "compound"):
        case = next((c.lower_ for c in child.children if c.dep_ == "case"), "")
        named = child.pos_ == "PROPN" and child.text[:1].isupper()
        body = child.ent_type_ == "ORG" or lemma_of(child) in heads
        stands = case in ("in", "at", "of", "from", "within") or (not case and child.i < head.i)
        if named and body and stands and child.ent_type_ != "LOC":
            return child
    return None


class Bodies:
    """The bodies that a document names in full."""

    def __init__(self, doc: Doc, parties: Iterable[tuple[int, int, str, str]], heads: frozenset[str]) -> None:
        """Take the names of the register (first and past-the-last token, party, its name), and every phrase of capitals
        whose noun is one of `heads` (lemmas of what bodies are called).
        """
        self._known: list[Body] = []
        for low, high, party, name in parties:
            self._enter(doc, low, high, doc[low:high].root, party, name)
        for token in doc:
            if lemma_of(token) in heads and (
                token.pos_ == "PROPN" or any(c.dep_ == "compound" for c in token.children)
            ):
                low, high = token.i, token.i + 1
                while low > token.sent.start and (doc[low - 1].text[:1].isupper() or doc[low - 1].text in _OWNERS):
                    low -= 1
                if token.pos_ == "PROPN" and token.text[:1].isupper():
                    high = proper_name(doc, token, low, min(token.sent.end, token.i + 8))[1]
                self._enter(doc, low, max(high, token.i + 1), token, None, None)

    def _enter(self, doc: Doc, low: int, high: int, head: Token, party: str | None, name: str | None) -> None:
        words = tuple(t.lower_ for t in doc[low:high] if not t.is_punct and not t.is_space)
        while words and words[0] in _ARTICLES:
            words, low = words[1:], low + 1
        if len(words) > 1:
            self._known.append(Body(words, name or doc[low:high].text.strip(), head.i, party))

    def full(self, words: Sequence[str], head: str, after: int = -1) -> Body | None:
        """Return the body whose name a short form shortens; None where there is none or more than one.

        `words` are the short form's in small letters, `head` its noun: "commission" is the noun of "Commission of
        Inquiry on X", "inquiry" alone a word of it. Only names behind the token `after` count: "a monitor" is named
        later, if at all.
        """
        short = [w for w in words if w not in _ARTICLES]
        if not short:
            return None
        found: list[Body] = []
        for body in self._known:
            if body.head <= after or len(body.words) <= len(short) or not _in_order(short, body.words):
                continue
            if len(short) > 1 or short[0] == body.words[-1] or short[0] == _noun(body.words):
                found.append(body)
        widest = [b for b in found if not any(set(b.words) < set(other.words) for other in found)]
        same = {(b.party or b.name.lower()) for b in widest}
        return max(widest, key=lambda b: (b.party is not None, len(b.words))) if len(same) == 1 else None


def _noun(words: Sequence[str]) -> str:
    """Return the noun of a name: the word before its first "of", "for" or "on", else the last."""
    for k, word in enumerate(words):
        if word in _BINDING and k:
            return words[k - 1]
    return words[-1]


def _in_order(short: Sequence[str], full: Sequence[str]) -> bool:
    rest = iter(full)
    return all(word in rest for word in short)
