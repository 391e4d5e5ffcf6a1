"""How far somebody's words run on: over sentences, between quotation marks, to where a lost mark may have been."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corroborate.read.attribution.cues import cues
from corroborate.read.attribution.joined import Joined, score_of
from corroborate.read.attribution.quotes import OPEN, is_finite, is_quoted, quotations, same_paragraph
from corroborate.read.attribution.reading import Reading
from corroborate.read.grammar import syntax

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

# Over the finite verbs of PolNeAR dev without punctuation, in sentences that a head's content holds whole beyond its
# cue's own: of those behind the cue 218 of 240 are said by its source where the head's score is at least 0.95, 61 of 70
# where it is 0.85 to 0.95 and the words are in the first person; of those before it 32 of 35 where the content runs on
# into the cue's sentence with a score of 0.95. Of the rest above 0.75, 143 of 236 are, 57 are the writer's own: left
# open. Below, the writer's own are the most (57 of 96).
_RUNS_ON, _RUNS_ON_FIRST_PERSON, _MAY_RUN_ON = 0.95, 0.85, 0.75


_FIRST_PERSON = frozenset({"i", "we", "my", "our", "us", "me", "myself", "ourselves"})


def with_unsure(joined: Joined, unsure: frozenset[int]) -> Joined:
    """Return an attribution with further tokens of which it is not sure whether they are its content."""
    reading = joined.reading
    more = unsure - reading.content
    return replace(
        joined, reading=replace(reading, content=reading.content | more), doubtful=joined.doubtful | more
    ) if more else joined  # fmt: skip


def in_reach(doc: Doc, cue: DocSpan, content: DocSpan, *, plain: bool) -> tuple[frozenset[int], frozenset[int]]:
    """Return the tokens of a content that are its cue's for certain, and those that may be.

    Certain are those of its own sentence, and all that quotation marks hold. In text without marks a speech of several
    sentences shows only in the head's content: it is taken as far as the head is sure of it, if the text is `plain`
    (it has capitals, and the cue is in nobody's words), and only for what may be somebody's very words: behind "said
    that A" the next sentence may be anybody's.
    """
    tokens = frozenset(range(content.start, content.end))
    sent = doc[cue.start].sent
    near = frozenset(i for i in tokens if sent.start <= i < sent.end)
    if is_quoted(doc, tokens):
        # Of two quotations that the head took for one content, the one farther off goes on from the nearer.
        split = near and any(doc[i].text in OPEN for i in tokens if i > min(tokens) and i not in near)
        return (near if split else tokens), frozenset()
    score = score_of(content)
    if score < _MAY_RUN_ON:
        return near, frozenset()
    first_person = any(doc[i].lower_ in _FIRST_PERSON for i in tokens)
    indirect = content[0].lower_ == "that"
    sure, unsure = set(near), set[int]()
    for other in _sentences(content):
        if other.start == sent.start or not (content.start <= other.start and other.end <= content.end + 1):
            continue
        behind = other.start > cue.start
        runs_on = score >= _RUNS_ON and (behind or bool(near))
        runs_on = runs_on or (behind and first_person and score >= _RUNS_ON_FIRST_PERSON)
        (sure if runs_on and plain and not indirect else unsure).update(range(other.start, min(other.end, content.end)))
    return frozenset(sure), frozenset(unsure)


def _sentences(span: DocSpan) -> list[DocSpan]:
    found = [span[0].sent]
    while found[-1].end < span.end:
        found.append(span.doc[found[-1].end].sent)
    return found


def loose_contents(doc: Doc, contents: Sequence[DocSpan], found: Sequence[Joined]) -> list[Joined]:
    """Read the head's contents that no cue is near: they go on from a speaker directly before, or are left open."""
    more = []
    held = {i for item in found for i in item.reading.content}
    for span in contents:
        tokens = frozenset(i for i in range(span.start, span.end) if i not in held)
        if score_of(span) < _MAY_RUN_ON or is_quoted(doc, frozenset(range(span.start, span.end))) or not tokens:
            continue
        if not is_finite(doc, tokens):
            continue
        before = [item for item in found if 0 <= span.start - max(max(item.reading.content), item.reading.cue[1]) <= 3]
        last = max(before, key=lambda item: item.reading.anchor, default=None)
        if last is not None and same_paragraph(doc, last.reading.anchor, span.start) and score_of(span) >= _RUNS_ON:
            reading = replace(last.reading, content=tokens, rule="goes on")
            more.append(
                Joined(reading, last.source_run, 0.8 * last.score, (f"head: content {score_of(span):.2f}, goes on",))
            )
            continue
        reading = Reading(
            anchor=span.start, cue=(span.start, span.start), source=None, content=tokens, does="asserts",
            rule="content alone", flags=("speaker_not_found",),
        )  # fmt: skip
        more.append(Joined(reading, None, 0.0, (f"head: content {score_of(span):.2f} with no cue",)))
    return more


def filled(doc: Doc, joined: Sequence[Joined]) -> list[Joined]:
    """Give an attribution the whole of a quotation of which it has the first words: it ends where the marks close."""
    found, regions = list(joined), quotations(doc)
    for low, high in regions:
        for k, item in enumerate(found):
            content, anchor = item.reading.content, item.reading.anchor
            if not low <= anchor < high and (low in content or low + 1 in content) and high - 1 not in content:
                whole = content | frozenset(range(low, high))
                found[k] = replace(item, reading=replace(item.reading, content=whole), doubtful=item.doubtful - whole)
    return found


def continued(doc: Doc, joined: Sequence[Joined]) -> list[Joined]:
    """Read quotations with no cue of their own: they go on from the last speaker of the paragraph, or are left open."""
    held = set().union(*(item.reading.content for item in joined)) if joined else set()
    cue_tokens = {i for item in joined for i in range(*item.reading.cue)}
    found = []
    for low, high in quotations(doc):
        inside = [i for i in range(low, high) if not doc[i].is_space and not doc[i].is_punct]
        # A few words in quotation marks are a term or a title; a quotation that speaks has a finite verb.
        if len(inside) < 4 or not is_finite(doc, frozenset(inside)) or held & set(inside) or cue_tokens & set(inside):
            continue
        before = [
            item for item in joined if max(item.reading.content) < low and same_paragraph(doc, item.reading.anchor, low)
        ]
        last = max(before, key=lambda item: max(item.reading.content, default=0), default=None)
        near = last is not None and low - max(max(last.reading.content), last.reading.cue[1]) <= _CONTINUES_WITHIN
        if last is not None and near and is_quoted(doc, last.reading.content):
            reading = replace(last.reading, content=frozenset(range(low, high)), rule="goes on", via=last.reading.via)
            found.append(
                Joined(reading, last.source_run, 0.8 * last.score, ("quotation goes on from the last speaker",))
            )
        else:
            reading = Reading(
                anchor=low, cue=(low, low), source=None, content=frozenset(range(low, high)), does="asserts",
                rule="quotation alone",
                flags=("speaker_not_found",),
            )  # fmt: skip
            found.append(Joined(reading, None, 0.0, ("quotation with no cue",)))
    return found


# A quotation goes on if it opens within this many tokens behind the last one or its cue ('"A," said X. "B."'):
# room for an apposition, not for a sentence of the writer's own (20 words in GUM's news).
_CONTINUES_WITHIN = 12


def without_lost_ends(joined: Joined, doc: Doc) -> Joined:
    """Leave open the clauses that a parse without marks hung loosely behind what is said ("that A | this is false")."""
    reading, ends = joined.reading, set[int]()
    for i in reading.content:
        token = doc[i]
        binds = any(syntax.base(c) in ("cc", "mark") or c.tag_ in ("WRB", "WP", "WDT") for c in token.children)
        hung = syntax.base(token) in ("parataxis", "conj", "advcl", "ccomp") and token.head.i in reading.content
        # A second clause under the cue itself, with nothing that binds it to the first.
        second = token.head.i == reading.anchor and any(
            c.i < i for c in syntax.children(token.head, "ccomp") if c.i in reading.content and c.i > reading.anchor
        )
        if second and not binds and _is_clause(token):
            ends |= syntax.subtree(token) & reading.content
        if hung and not binds and token.head.i < i and _is_clause(token) and not _is_object(token):
            ends |= syntax.subtree(token) & reading.content
    return replace(joined, doubtful=joined.doubtful | ends) if ends else joined


def _is_clause(verb: Token) -> bool:
    subject = syntax.own_subject(verb)
    finite = any(t.tag_ in ("VBZ", "VBP", "VBD", "MD") for t in (verb, *verb.children))
    return subject is not None and subject.i < verb.i and finite


def _is_object(verb: Token) -> bool:
    """Say whether a clause is the object of a verb of saying or thinking, which needs no word to bind it."""
    return syntax.base(verb) == "ccomp" and cues().does(verb.head) is not None
