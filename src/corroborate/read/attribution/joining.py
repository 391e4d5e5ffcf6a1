"""The rules' readings and the heads' spans joined: who says what, before the source is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from corroborate.read.attribution.cues import Cues, lemma_of
from corroborate.read.attribution.final import is_final
from corroborate.read.attribution.joined import Joined, score_of
from corroborate.read.attribution.linking import Run, link
from corroborate.read.attribution.patterns import is_purpose, is_weakened, readings
from corroborate.read.attribution.quotes import OPEN, is_cased, is_finite, is_quoted, opens_quoted
from corroborate.read.attribution.reading import Reading
from corroborate.read.attribution.running import in_reach, loose_contents, with_unsure, without_lost_ends
from corroborate.read.attribution.sources import Sources
from corroborate.read.grammar import syntax
from corroborate.read.grammar.words import Words
from corroborate.read.segment.boundaries import is_stripped

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan


def _runs(doc: Doc, name: str) -> list[DocSpan]:
    return sorted(doc.spans[name], key=lambda span: span.start) if name in doc.spans else []


def _as_runs(spans: Sequence[DocSpan]) -> list[Run]:
    return [(span.start, span.end) for span in spans]


def join(doc: Doc, lexicon: Cues, sources: Sources) -> list[Joined]:
    """Return the attributions of a document in tokens: the heads' cues with the rules' readings, and the rules' own."""
    by_anchor = {reading.anchor: reading for reading in readings(doc, lexicon, sources.phrases.is_outlet)}
    source_spans, cue_spans, content_spans = (_runs(doc, name) for name in ("source", "cue", "content"))
    starts = [token.i for token in doc if token.is_sent_start]
    linked, loose = link(_as_runs(source_spans), _as_runs(cue_spans), _as_runs(content_spans), starts)
    found: list[Joined] = []
    used: set[int] = set()
    joined: Joined | None
    # Asked of few paragraphs for many cues.
    cased = cache(lambda around: is_cased(doc[slice(*around)]))
    stripped = cache(lambda around: is_stripped(doc[slice(*around)]))
    for item in linked:
        span = cue_spans[item.cue]
        source = source_spans[item.source] if item.source is not None else None
        if source is not None and not _can_speak(doc, source, span):
            source = None
        around = Words.of(doc).paragraph(span.start)
        inside = [
            reading for anchor, reading in by_anchor.items() if span.start <= anchor < span.end and anchor not in used
        ]
        sure: set[int] = set()
        unsure: set[int] = set()
        for k in item.contents:
            if not _is_of_another(doc, content_spans[k], inside):
                nested = any(other.start <= span.start < other.end for other in content_spans)
                near, far = in_reach(doc, span, content_spans[k], plain=cased(around) and not nested)
                sure |= near
                unsure |= far
        content = frozenset(sure)
        if inside:
            reading = _best(inside, content)
            used |= {r.anchor for r in inside}
            joined = _both(doc, reading, span, source, content)
        elif (told := _told_within(doc, by_anchor, span, content)) is not None:
            # "echoed these claims, telling the agency that ...": what is said is said by the second verb.
            used.add(told.anchor)
            joined = _both(doc, told, span, source, frozenset())
        else:
            joined = _head_only(doc, lexicon, span, source, content)
        if joined is not None:
            found.append(
                with_unsure(without_lost_ends(joined, doc) if stripped(around) else joined, frozenset(unsure) - sure)
            )
    for anchor, reading in by_anchor.items():
        if anchor not in used and (joined := _rule_only(doc, reading, lexicon)) is not None:
            found.append(joined)
    return found + loose_contents(doc, [content_spans[k] for k in loose], found)


def _can_speak(doc: Doc, source: DocSpan, cue: DocSpan) -> bool:
    """Say whether a source can be a cue's: it stands in the cue's sentence, and is not the one who is told."""
    sent = doc[cue.start].sent
    told = source.start >= cue.end and lemma_of(doc[cue.end - 1]) == "tell"
    return sent.start <= source.start < sent.end and not told


def _is_of_another(doc: Doc, content: DocSpan, inside: Sequence[Reading]) -> bool:
    """Say whether a quotation before a cue is not its content, since the cue has a clause of its own ("said that")."""
    tokens = frozenset(range(content.start, content.end))
    told = [r for r in inside if r.rule.startswith("clause") and r.content]
    marked = [r for r in told if doc[min(r.content)].lower_ == "that"]
    return bool(marked) and content.end <= marked[0].anchor and is_quoted(doc, tokens)


def _told_within(doc: Doc, by_anchor: dict[int, Reading], cue: DocSpan, content: frozenset[int]) -> Reading | None:
    """Return the rule's reading of a participle that hangs on a cue and carries its content."""
    for anchor, reading in by_anchor.items():
        if (
            anchor in content
            and doc[anchor].tag_ == "VBG"
            and cue.start <= doc[anchor].head.i < cue.end
            and "controlled" in reading.rule
        ):
            return reading
    return None


def _best(inside: list[Reading], content: frozenset[int]) -> Reading:
    """Return the reading of a cue's several verbs whose content the head's fits best ("put out a statement saying")."""
    return max(inside, key=lambda r: (len(r.content & content) / (len(r.content | content) or 1), r.source is not None))


def _both(doc: Doc, reading: Reading, cue: DocSpan, source: DocSpan | None, content: frozenset[int]) -> Joined:
    """Join a rule's reading with what the heads tagged at the same cue."""
    why = (f"rule: {reading.rule}", f"head: cue {score_of(cue):.2f}")
    joined_content, doubtful = _contents(doc, reading, content - _main_clause_behind(doc, cue, content))
    reading = replace(reading, content=joined_content)
    if source is not None and reading.source is not None and all(t.tag_ in ("WDT", "WP") for t in source):
        source = None  # "which told the council that ...": the noun before it, as the rule has it
    if source is None:
        doubt = reading.flags if reading.source is not None else ()
        kept = reading if not doubt else replace(reading, source=None)
        return Joined(kept, None, _RULE_SOURCE if kept.source is not None else 0.0, why, doubtful)
    run = (source.start, source.end)
    if reading.source is None and "not_said" in reading.flags:
        return Joined(reading, None, 0.0, why, doubtful)
    if reading.source is None:
        if reading.nobody and reading.rule.endswith("passive"):
            # The form names nobody, and the head found somebody: only an agent that the parser hung elsewhere can be.
            before = doc[source.start - 1].lower_ if source.start else ""
            if before != "by":
                return Joined(reading, None, 0.0, (*why, "no agent"), doubtful)
        head = source.root.i
        return Joined(
            replace(reading, source=head),
            run,
            score_of(source),
            (*why, f"head: source {score_of(source):.2f}"),
            doubtful,
        )
    if run[0] <= reading.source < run[1] or _same_phrase(doc[reading.source], source):
        return Joined(
            replace(reading, flags=_without_doubt(reading.flags)),
            run,
            max(score_of(source), _AGREED),
            (*why, "rule and head agree on the source"),
            doubtful,
        )
    via = reading.via
    if any(run[0] <= v < run[1] for v in via):
        # The head took the agency that was told for the speaker: the rule has both.
        return Joined(reading, None, _RULE_SOURCE, (*why, "the head's source is the one spoken to"), doubtful)
    return Joined(replace(reading, source=None, flags=(*reading.flags, "speakers_disagree")), None, 0.0, why, doubtful)


# The share of right sources over the finite verbs of PolNeAR dev (73 articles): where a head tagged the cue and a rule
# gives the source 10 of 14, where both agree 1200 of 1257 (most of the rest are nested voices; the corpus marks one).
_RULE_SOURCE = 0.7


_AGREED = 0.95


def _without_doubt(flags: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(flag for flag in flags if flag not in ("two_complements", "subject_behind"))


def _same_phrase(head: Token, span: DocSpan) -> bool:
    """Say whether the rule's noun and the head's span are parts of one noun phrase (a name and its apposition)."""
    low, high = syntax.noun_phrase(head)
    return low <= span.root.i < high


_CONCEDES = frozenset(["while", "whilst", "although", "though", "whereas"])


def _main_clause_behind(doc: Doc, cue: DocSpan, content: frozenset[int]) -> frozenset[int]:
    """Return what follows a clause with "while" that holds the cue: "while some argue that A, B" is B in another voice.

    Where the comma is gone a head takes B for content too; within quotation marks it is the speaker's own.
    """
    if not content or is_quoted(doc, content):
        return frozenset()
    verb = cue.root
    marked = any(child.dep_ == "mark" and child.lower_ in _CONCEDES for child in verb.children)
    if not (marked and verb.dep_.startswith("advcl") and verb.head.i > verb.i):
        return frozenset()
    last = max(token.i for token in verb.subtree)
    return frozenset(i for i in content if i > last) if verb.head.i > last else frozenset()


def _contents(doc: Doc, reading: Reading, content: frozenset[int]) -> tuple[frozenset[int], frozenset[int]]:
    """Return the content's tokens, and those of it that only the rule or only the head counts as content."""
    if not content:
        return reading.content, frozenset()
    overlap = content & reading.content
    if not overlap:
        return content, frozenset()
    # Measured over the finite verbs of 40 articles of PolNeAR dev: of those that only the head takes for content 172 of
    # 208 are said by the source given, as many as of those that both take (549 of 621); of those that only the rule
    # takes 13 of 40.
    only_rule = reading.content - content
    return content | reading.content, frozenset(i for i in only_rule if not doc[i].is_punct and not doc[i].is_space)


def _head_only(doc: Doc, lexicon: Cues, cue: DocSpan, source: DocSpan | None, content: frozenset[int]) -> Joined | None:
    """Take what the heads tagged where no rule fits: only for a cue of the lexicon, or for words in quotation marks."""
    if not content:
        return None
    token = next((t for t in cue if lexicon.does(t) is not None or t.lower_ == "according"), None)
    quoted = is_quoted(doc, content)
    spoken = any(doc[i].pos_ in ("VERB", "AUX") for i in content)
    if token is not None and (is_purpose(token) or (source is None and is_weakened(token, lexicon))):
        return None
    if not spoken or (token is None and not opens_quoted(doc, content)):
        return None
    if token is not None and lemma_of(token) in lexicon.clause_only and not quoted and not is_finite(doc, content):
        return None
    does = (lexicon.does(token) if token is not None else None) or "asserts"
    anchor = token if token is not None else cue.root
    reading = Reading(
        anchor=anchor.i, cue=(cue.start, cue.end), source=source.root.i if source is not None else None,
        content=content, does=does, rule="none", nobody=source is None,
    )  # fmt: skip
    why = (
        f"head: cue {score_of(cue):.2f}",
        f"head: source {score_of(source):.2f}" if source is not None else "head: no source",
    )
    run = (source.start, source.end) if source is not None else None
    return Joined(reading, run, score_of(source) if source is not None else 0.0, why)


def _rule_only(doc: Doc, reading: Reading, lexicon: Cues) -> Joined | None:
    """Take what a rule found at a word that the head does not hold for a cue: only in forms that are seldom wrong."""
    strict = "not_said" in reading.flags or reading.rule.startswith(
        ("according to", "as-clause", "clause, own", "clause, shared", "figure, own", "quoted as saying")
    )
    # "he left, adding that": a participle that says; "measures to demonstrate that" says nothing of anybody's words.
    verb = doc[reading.anchor]
    strict = strict or (reading.rule.startswith("clause, controlled") and verb.tag_ == "VBG" and is_final(verb))
    nouns = reading.rule.startswith("noun, ") and reading.does in ("asserts", "denies")
    if reading.rule == "noun or verb":
        return Joined(reading, None, 0.0, ("rule: noun or verb", "head: no cue"))
    if (
        (reading.flags and "not_said" not in reading.flags)
        or (reading.source is None and not reading.nobody and "not_said" not in reading.flags)
        or not (strict or nouns or reading.nobody)
    ):
        return None
    if reading.nobody and not reading.rule.startswith("clause"):
        return None
    if "relative" in reading.rule and any(doc[i].text in OPEN for i in reading.content):
        return None  # "told a woman who suggested that A that "B"": the quotation may be the main clause's
    why = (f"rule: {reading.rule}", "head: no cue")
    if "shared subject" in reading.rule and _is_reported(doc[reading.anchor], lexicon):
        # "X reported that the army did A and reported B": the subject of either verb may be that of the second.
        return Joined(replace(reading, source=None, flags=(*reading.flags, "speakers_disagree")), None, 0.0, why)
    return Joined(reading, None, _RULE_SOURCE if reading.source is not None else 0.0, why)


def _is_reported(verb: Token, lexicon: Cues) -> bool:
    """Say whether the verb that a verb is joined to stands in words that somebody else says."""
    while syntax.base(verb) == "conj" and verb.head.i != verb.i:
        verb = verb.head
    return syntax.base(verb) == "ccomp" and lexicon.does(verb.head) is not None
