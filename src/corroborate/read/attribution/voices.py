"""Whose word an event stands on: the attributions around it, in order, as voice, source, chain and basis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corroborate.knowledge.lexicon import lexicon
from corroborate.model import Basis, Hop, Segment, Source, Span, Voice
from corroborate.read.attribution.chain import hop_of, is_same, lengthened
from corroborate.read.attribution.find import Attributed
from corroborate.read.mentions import Attribution

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Kinds of voice that stand for themselves; one that is unnamed below one of these is what it leans on.
_NAMED_KINDS = frozenset({"person", "organisation", "outlet", "agency", "post"})
_NAMELESS = frozenset({"unnamed", "document", "recording"})


@dataclass(frozen=True, slots=True)
class Spoken:
    """Whose word something is: `cues` are what the cues do, from the outermost voice on."""

    voice: Voice
    source: Source | None
    cue: Span | None
    chain: tuple[Hop, ...]
    basis: Basis | None
    cues: tuple[str, ...]
    inside: frozenset[int] | None  # the tokens of the innermost voice's words
    flags: tuple[str, ...]
    why: tuple[str, ...]
    score: float = 0.0  # how sure the speaker is, 0 to 1; 0 where there is none


class Layers:
    """The attributions of one document by token, and the chain that each claim of a segment begins with."""

    def __init__(
        self, doc: Doc, attributed: Attributed, opening: tuple[Hop, ...], posts: Sequence[tuple[Segment, Source | None]]
    ) -> None:
        self._doc = doc
        self.attributed = attributed
        self._opening = opening
        self._posts = posts
        self._around: dict[int, list[int]] = {}
        for number, content in enumerate(attributed.contents):
            for i in content:
                self._around.setdefault(i, []).append(number)
        for numbers in self._around.values():
            numbers.sort(key=lambda n: (self._depth(n, numbers), -len(attributed.contents[n]), n))

    def _depth(self, number: int, numbers: Sequence[int]) -> int:
        """Return in how many of these contents the cue of one stands: the inner voice's stands in the outer's words."""
        anchor = self.attributed.anchors[number]
        return sum(anchor in self.attributed.contents[other] for other in numbers if other != number)

    def around(self, token: Token) -> tuple[int, ...]:
        """Return the attributions whose content holds a token, the outermost first."""
        return tuple(n for n in self._around.get(token.i, ()) if not self._is_own_cue(n, token))

    def _is_own_cue(self, number: int, token: Token) -> bool:
        cue = self.attributed.attributions[number].cue
        return cue is not None and cue.start <= token.idx < cue.end

    def spoken(self, numbers: Sequence[int], token: Token) -> list[Spoken]:
        """Return whose word is what stands at a token within these attributions.

        Mostly one voice; two where somebody denies what another, who is named, says: each has its own claim.
        """
        layers = [self.attributed.attributions[n] for n in numbers]
        denials = [k for k, layer in enumerate(layers[:-1]) if layer.does == "denies" and _named(layers[k + 1])]
        if not denials:
            return [self._one(numbers, token)]
        k = denials[0]
        return [self._one(numbers[: k + 1], token), self._one([*numbers[:k], *numbers[k + 1 :]], token)]

    def _one(self, numbers: Sequence[int], token: Token) -> Spoken:
        layers = [self.attributed.attributions[n] for n in numbers]
        start, why, flags = self._post(token)
        chain = start[0]
        if not layers:
            voice: Voice = "attributed" if start[1] is not None else "own"
            return Spoken(voice, start[1], None, chain, None, (), None, flags, why)
        layers, basis = _with_basis(layers)
        last = layers[-1]
        if (
            basis is None
            and last.source is not None
            and last.source.kind in _NAMELESS
            and last.via
            and last.via[-1].kind in _NAMED_KINDS - {"person"}
            and not is_same(hop_of(last.via[-1]), chain[0])
        ):
            # "the monitor said, citing activists": the last voice that can be named is the monitor's.
            basis = _as_basis(last.source)
            last = replace(last, source=last.via[-1], via=last.via[:-1])
        why += last.why
        flags += tuple(flag for layer in layers for flag in layer.flags)
        cues = tuple(layer.does for layer in layers)
        inside = self.attributed.contents[numbers[-1]]
        for layer in layers[:-1]:
            if layer.source is not None:
                # A voice without a name on the way can be nobody's link to the origin: "reports that the group said".
                chain = lengthened(chain, [*layer.via, *([layer.source] if _named(layer) else [])])
            else:
                flags += ("outer_unresolved",)
        doubtful = token.i in self.attributed.doubtful[numbers[-1]]
        if last.source is None or doubtful:
            if doubtful:
                flags += ("content_unsure",)
            return Spoken("unresolved", None, last.cue, chain, basis, cues, inside, _once(flags), _once(why))
        if any(layer.does == "echoes" for layer in layers):
            flags += ("echo",)
        chain = lengthened(chain, last.via)
        if last.source.kind in ("outlet", "agency") and len(chain) == 1:
            chain = (
                *chain,
                hop_of(last.source),
            )  # what an outlet, perhaps this one, printed before is a report of its own
        else:
            chain = lengthened(chain, [last.source])
        return Spoken(
            "attributed", last.source, last.cue, chain, basis, cues, inside, _once(flags), _once(why), last.score
        )

    def _post(self, token: Token) -> tuple[tuple[tuple[Hop, ...], Source | None], tuple[str, ...], tuple[str, ...]]:
        """Return the chain and the poster of the embedded post that a token stands in, else the document's chain."""
        for segment, poster in self._posts:
            if segment.start <= token.idx < segment.end and segment.post is not None:
                name = segment.post.author or segment.post.handle
                if poster is not None:
                    return (lengthened(self._opening, [poster]), poster), ("embedded post",), ()
                if name is not None:
                    return ((*self._opening, Hop(name=name, kind="post", party=None)), None), ("post",), ()
        return (self._opening, None), (), ()


def _named(attribution: Attribution) -> bool:
    return attribution.source is not None and attribution.source.kind in _NAMED_KINDS


def _with_basis(layers: list[Attribution]) -> tuple[list[Attribution], Basis | None]:
    """Take an unnamed voice below a named one for what that one leans on: the chain ends with who can be named."""
    if len(layers) < 2:
        return layers, None
    inner, outer = layers[-1], layers[-2]
    if inner.source is None and "source_not_named" in inner.flags and _named(outer):
        return layers[:-1], None  # "X stated that it has been confirmed": X says so
    if inner.source is None and "first_person" in inner.flags:
        return layers[:-1], None  # "I think" within X's words is X
    unnamed = inner.source is not None and inner.source.kind in _NAMELESS
    if unnamed and _named(outer) and inner.source is not None and inner.does != "denies":
        return layers[:-1], _as_basis(inner.source)
    return layers, None


def _as_basis(source: Source) -> Basis:
    return Basis(start=source.start, end=source.end, text=source.text, kind=_basis_kind(source))


def _basis_kind(source: Source) -> str:
    """Return what an unnamed source is by its words: the lexicon's kinds, else its own noun."""
    words = source.text.lower().split()
    for kind, forms in lexicon("cues")["basis"].items():
        if any(form in words or form in source.text.lower() for form in forms):
            return str(kind)
    return source.kind


def _once(items: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
