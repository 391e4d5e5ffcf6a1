"""Who says what: the attribution heads joined with what the parse shows; nobody where the two do not agree.

A head's span is the better guide to where a source or a content ends, the parse to which belongs to which. A wrong
speaker is the worst error of all: where they name different speakers, or a rule's own form is doubtful, the source is
left open and the attribution flagged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corroborate.model import Span
from corroborate.read.attribution.cues import cues, lemma_of
from corroborate.read.attribution.headlines import HEADLINE, headline_attributions
from corroborate.read.attribution.joined import Joined
from corroborate.read.attribution.joining import join
from corroborate.read.attribution.linking import Run
from corroborate.read.attribution.quotes import is_quoted, quotations
from corroborate.read.attribution.running import continued, filled
from corroborate.read.attribution.sources import Named, Sources
from corroborate.read.grammar import syntax
from corroborate.read.mentions import Attribution

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True)
class Attributed:
    """The attributions of a document; of each the content's tokens, the cue's head, and which tokens are doubtful."""

    attributions: tuple[Attribution, ...]
    contents: tuple[frozenset[int], ...]
    anchors: tuple[int, ...]
    doubtful: tuple[frozenset[int], ...]


def find_attributions(
    doc: Doc, sources: Sources, parts: Sequence[tuple[int, int]] = (), headings: Sequence[tuple[int, int]] = ()
) -> Attributed:
    """Return the attributions of a parsed document, in reading order.

    `parts` are stretches of tokens (first, past the last) that speak for themselves, as embedded posts do: a pronoun in
    one is not looked for outside it, nor the other way round. `headings` are those of headlines.
    """
    lexicon = cues()
    joined = join(doc, lexicon, sources)
    joined = filled(doc, joined)
    joined += continued(doc, joined)
    joined.sort(key=lambda item: item.reading.anchor)
    # A headline's "monitor" is named below it, so that the report is heard first.
    joined += headline_attributions(doc, headings, sources, joined)
    quoted = frozenset(i for low, high in quotations(doc) for i in range(low, high))
    found, contents, doubtful, anchors = [], [], [], []
    for item in joined:
        item = _within_part(_within_quotes(doc, _without_source(doc, item), quoted), parts)
        if not item.reading.content or _is_a_post(item, parts):
            continue
        attribution = _named(doc, item, sources, _part_of(item.reading.anchor, parts, len(doc)))
        if attribution is None:
            continue
        found.append(attribution)
        contents.append(item.reading.content)
        # "While some argue that A B happened": where the clause ends that they argue cannot be told.
        open_end = "main_clause_missing" in attribution.flags
        doubtful.append(item.reading.content if open_end else item.doubtful)
        anchors.append(item.reading.anchor)
    return Attributed(tuple(found), tuple(contents), tuple(anchors), tuple(doubtful))


def _part_of(token: int, parts: Sequence[tuple[int, int]], length: int) -> tuple[int, int]:
    return next((part for part in parts if part[0] <= token < part[1]), (0, length))


def _is_a_post(item: Joined, parts: Sequence[tuple[int, int]]) -> bool:
    """Say whether a quotation of which no speaker is found opens a post: pages set a post's own words in marks."""
    alone = item.reading.source is None and item.reading.cue[0] == item.reading.cue[1]
    return alone and any(low <= item.reading.anchor <= low + 1 for low, _ in parts)


def _without_source(doc: Doc, item: Joined) -> Joined:
    """Take the words that name a speaker out of what they say, where they stand beside the cue."""
    reading = item.reading
    if reading.source is None or reading.source == reading.anchor:
        return item
    low, high = item.source_run or syntax.noun_phrase(doc[reading.source])
    beside = high == reading.cue[0] or low == reading.cue[1]
    kept = reading.content - frozenset(range(low, high)) if beside else reading.content
    return replace(item, reading=replace(reading, content=kept)) if kept != reading.content else item


def _within_quotes(doc: Doc, item: Joined, quoted: frozenset[int]) -> Joined:
    """Take out what stands behind the cue and outside of quotation marks where all before it stands within them.

    "'We pulled out two,' said a fireman after the strike that killed four": of the strike the text itself tells.
    """
    reading = item.reading
    before = [i for i in reading.content if i < reading.anchor and doc[i].text[0].isalnum()]
    if not before or not quoted.issuperset(before):
        return item
    kept = frozenset(i for i in reading.content if i < reading.anchor or i in quoted)
    return replace(item, reading=replace(reading, content=kept)) if kept != reading.content else item


def _within_part(item: Joined, parts: Sequence[tuple[int, int]]) -> Joined:
    """Cut a content to the part of the document that its cue stands in: nobody's words reach into another's post."""
    anchor = item.reading.anchor
    own = next((part for part in parts if part[0] <= anchor < part[1]), None)
    if own is not None:
        kept = frozenset(i for i in item.reading.content if own[0] <= i < own[1])
    else:
        kept = frozenset(i for i in item.reading.content if not any(low <= i < high for low, high in parts))
    return item if kept == item.reading.content else replace(item, reading=replace(item.reading, content=kept))


def _named(doc: Doc, item: Joined, sources: Sources, part: Run) -> Attribution | None:
    reading = item.reading
    named = Named(None)
    if reading.source is not None:
        run = item.source_run
        if reading.source == reading.anchor:
            # "reports of ...": the noun is the source, what it reports is not.
            low = reading.anchor
            while low > 0 and doc[low - 1].head.i == reading.anchor and doc[low - 1].dep_ in ("amod", "det", "nummod"):
                low -= 1
            run = (low, reading.anchor + 1)
        asked = lemma_of(doc[reading.anchor]) in ("ask", "question")  # who asks is not who answers with "he said"
        announced = reading.rule == HEADLINE
        named = sources.resolve(doc[reading.source], run, part, remember=not asked and not announced)
        if announced and named.source is not None:
            named = replace(named, source=sources.announced(named.source))
    via = tuple(
        source
        for head in reading.via
        if (source := sources.resolve(doc[head], None, part, remember=False).source) is not None
    )
    why = (*item.why, *((named.why,) if named.why else ()))
    flags = (*reading.flags, *named.flags)
    if reading.nobody and reading.source is None:
        flags = (*flags, "source_not_named")
    contents = tuple(
        _span(doc, sources.text, *trimmed)
        for run in syntax.stretches(reading.content, doc)
        if (trimmed := syntax.trim(doc, *run)) and trimmed[0] < trimmed[1]
    )
    if not contents:
        return None
    does = reading.does
    if does == "thinks" and named.source is not None and named.source.kind == "unnamed":
        does = "speculates"  # "many believe that": a belief that nobody answers for is a guess
    cue = _span(doc, sources.text, *reading.cue) if reading.cue[0] < reading.cue[1] else None
    return Attribution(
        source=named.source, cue=cue, contents=contents, does=does,
        score=item.score if named.source is not None else 0.0,
        via=via, direct=is_quoted(doc, reading.content), why=why, flags=tuple(dict.fromkeys(flags)),
    )  # fmt: skip


def _span(doc: Doc, text: str, low: int, high: int) -> Span:
    return Span.of(text, doc[low].idx, doc[high - 1].idx + len(doc[high - 1]))
