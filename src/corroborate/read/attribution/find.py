"""Who says what: the attribution heads joined with what the parse shows; nobody where the two do not agree.

A head's span is the better guide to where a source or a content ends, the parse to which belongs to which. A wrong
speaker is the worst error of all: where they name different speakers, or a rule's own form is doubtful, the source is
left open and the attribution flagged.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corroborate.model import Source, Span
from corroborate.read.attribution.cues import Cues, cues, lemma_of
from corroborate.read.attribution.linking import Run, link
from corroborate.read.attribution.patterns import Reading, is_final, is_purpose, is_weakened, readings
from corroborate.read.attribution.sources import Named, Sources
from corroborate.read.grammar import syntax
from corroborate.read.mentions import Attribution

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as DocSpan

_OPEN, _CLOSE = frozenset({'"', "“", "``", "«"}), frozenset({'"', "”", "''", "»"})


@dataclass(frozen=True, slots=True)
class Joined:
    """An attribution in tokens, before its source is named."""

    reading: Reading
    source_run: Run | None
    score: float
    why: tuple[str, ...]
    doubtful: frozenset[int] = frozenset()  # tokens that only the rule counts as content, and the head does not


@dataclass(frozen=True, slots=True)
class Attributed:
    """The attributions of a document; of each the content's tokens, the cue's head, and which tokens are doubtful."""

    attributions: tuple[Attribution, ...]
    contents: tuple[frozenset[int], ...]
    anchors: tuple[int, ...]
    doubtful: tuple[frozenset[int], ...]


def find_attributions(doc: Doc, sources: Sources, parts: Sequence[tuple[int, int]] = ()) -> Attributed:
    """Return the attributions of a parsed document, in reading order.

    `parts` are stretches of tokens (first, past the last) that speak for themselves, as embedded posts do: a pronoun in
    one is not looked for outside it, nor the other way round.
    """
    lexicon = cues()
    joined = _join(doc, lexicon, sources)
    joined = _filled(doc, joined)
    joined += _continued(doc, joined)
    joined.sort(key=lambda item: item.reading.anchor)
    found, contents, doubtful, anchors = [], [], [], []
    for item in joined:
        item = _within_part(_without_source(doc, item), parts)
        if not item.reading.content:
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


def _without_source(doc: Doc, item: Joined) -> Joined:
    """Take the words that name a speaker out of what they say, where they stand beside the cue."""
    reading = item.reading
    if reading.source is None or reading.source == reading.anchor:
        return item
    low, high = item.source_run or syntax.noun_phrase(doc[reading.source])
    beside = high == reading.cue[0] or low == reading.cue[1]
    kept = reading.content - frozenset(range(low, high)) if beside else reading.content
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


def _runs(doc: Doc, name: str) -> list[DocSpan]:
    return sorted(doc.spans[name], key=lambda span: span.start) if name in doc.spans else []


def _score(span: DocSpan) -> float:
    return float(span._.score) if span.has_extension("score") and span._.score is not None else 0.0


def _as_runs(spans: Sequence[DocSpan]) -> list[Run]:
    return [(span.start, span.end) for span in spans]


def _join(doc: Doc, lexicon: Cues, sources: Sources) -> list[Joined]:
    by_anchor = {reading.anchor: reading for reading in readings(doc, lexicon, sources.is_outlet)}
    source_spans, cue_spans, content_spans = (_runs(doc, name) for name in ("source", "cue", "content"))
    starts = [token.i for token in doc if token.is_sent_start]
    linked, loose = link(_as_runs(source_spans), _as_runs(cue_spans), _as_runs(content_spans), starts)
    found: list[Joined] = []
    used: set[int] = set()
    joined: Joined | None
    for item in linked:
        span = cue_spans[item.cue]
        source = source_spans[item.source] if item.source is not None else None
        if source is not None and not _can_speak(doc, source, span):
            source = None
        inside = [
            reading for anchor, reading in by_anchor.items() if span.start <= anchor < span.end and anchor not in used
        ]
        sure: set[int] = set()
        unsure: set[int] = set()
        for k in item.contents:
            if not _is_of_another(doc, content_spans[k], inside):
                near, far = _in_reach(doc, span, content_spans[k])
                sure |= near
                unsure |= far
        content = frozenset(sure | unsure)
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
            found.append(replace(joined, doubtful=joined.doubtful | (frozenset(unsure) - sure)))
    for anchor, reading in by_anchor.items():
        if anchor not in used and (joined := _rule_only(doc, reading, lexicon)) is not None:
            found.append(joined)
    return found + _loose(doc, [content_spans[k] for k in loose], found)


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
    return bool(marked) and content.end <= marked[0].anchor and _is_quoted(doc, tokens)


# Over the finite verbs of PolNeAR dev without punctuation, in sentences that a head's content holds whole beyond its
# cue's own: of those behind the cue 218 of 240 are said by its source where the head's score is at least 0.95, 61 of 70
# where it is 0.85 to 0.95 and the words are in the first person; of those before it 32 of 35 where the content runs on
# into the cue's sentence with a score of 0.95. Of the rest above 0.75, 143 of 236 are, 57 are the writer's own: left
# open. Below, the writer's own are the most (57 of 96).
_RUNS_ON, _RUNS_ON_FIRST_PERSON, _MAY_RUN_ON = 0.95, 0.85, 0.75
_FIRST_PERSON = frozenset({"i", "we", "my", "our", "us", "me", "myself", "ourselves"})


def _in_reach(doc: Doc, cue: DocSpan, content: DocSpan) -> tuple[frozenset[int], frozenset[int]]:
    """Return the tokens of a content that are its cue's for certain, and those that may be.

    Certain are those of its own sentence, and all that quotation marks hold. In text without marks a speech of several
    sentences shows only in the head's content: it is taken as far as the head is sure of it.
    """
    tokens = frozenset(range(content.start, content.end))
    sent = doc[cue.start].sent
    near = frozenset(i for i in tokens if sent.start <= i < sent.end)
    if _is_quoted(doc, tokens):
        # Of two quotations that the head took for one content, the one farther off goes on from the nearer.
        split = near and any(doc[i].text in _OPEN for i in tokens if i > min(tokens) and i not in near)
        return (near if split else tokens), frozenset()
    score = _score(content)
    if score < _MAY_RUN_ON:
        return near, frozenset()
    first_person = any(doc[i].lower_ in _FIRST_PERSON for i in tokens)
    sure, unsure = set(near), set[int]()
    for other in content.sents:  # type: ignore[attr-defined]  # spaCy's stubs leave it out
        if other.start == sent.start or not (content.start <= other.start and other.end <= content.end + 1):
            continue
        behind = other.start > cue.start
        runs_on = score >= _RUNS_ON and (behind or bool(near))
        (sure if runs_on or (behind and first_person and score >= _RUNS_ON_FIRST_PERSON) else unsure).update(
            range(other.start, min(other.end, content.end))
        )
    return frozenset(sure), frozenset(unsure)


def _loose(doc: Doc, contents: Sequence[DocSpan], found: Sequence[Joined]) -> list[Joined]:
    """Read the head's contents that no cue is near: they go on from a speaker directly before, or are left open."""
    more = []
    held = {i for item in found for i in item.reading.content}
    for span in contents:
        tokens = frozenset(i for i in range(span.start, span.end) if i not in held)
        if _score(span) < _MAY_RUN_ON or _is_quoted(doc, frozenset(range(span.start, span.end))) or not tokens:
            continue
        if not _is_finite(doc, tokens):
            continue
        before = [item for item in found if 0 <= span.start - max(max(item.reading.content), item.reading.cue[1]) <= 3]
        last = max(before, key=lambda item: item.reading.anchor, default=None)
        if last is not None and _same_paragraph(doc, last.reading.anchor, span.start) and _score(span) >= _RUNS_ON:
            reading = replace(last.reading, content=tokens, rule="goes on")
            more.append(
                Joined(reading, last.source_run, 0.8 * last.score, (f"head: content {_score(span):.2f}, goes on",))
            )
            continue
        reading = Reading(
            anchor=span.start, cue=(span.start, span.start), source=None, content=tokens, does="asserts",
            rule="content alone", flags=("speaker_not_found",),
        )  # fmt: skip
        more.append(Joined(reading, None, 0.0, (f"head: content {_score(span):.2f} with no cue",)))
    return more


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
    why = (f"rule: {reading.rule}", f"head: cue {_score(cue):.2f}")
    joined_content, doubtful = _contents(doc, reading, content)
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
            replace(reading, source=head), run, _score(source), (*why, f"head: source {_score(source):.2f}"), doubtful
        )
    if run[0] <= reading.source < run[1] or _same_phrase(doc[reading.source], source):
        return Joined(
            replace(reading, flags=_without_doubt(reading.flags)),
            run,
            max(_score(source), _AGREED),
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
    quoted = _is_quoted(doc, content)
    spoken = any(doc[i].pos_ in ("VERB", "AUX") for i in content)
    if token is not None and (is_purpose(token) or (source is None and is_weakened(token, lexicon))):
        return None
    if not spoken or (token is None and not _opens_quoted(doc, content)):
        return None
    if token is not None and lemma_of(token) in lexicon.clause_only and not quoted and not _is_finite(doc, content):
        return None
    does = (lexicon.does(token) if token is not None else None) or "asserts"
    anchor = token if token is not None else cue.root
    reading = Reading(
        anchor=anchor.i, cue=(cue.start, cue.end), source=source.root.i if source is not None else None,
        content=content, does=does, rule="none", nobody=source is None,
    )  # fmt: skip
    why = (
        f"head: cue {_score(cue):.2f}",
        f"head: source {_score(source):.2f}" if source is not None else "head: no source",
    )
    run = (source.start, source.end) if source is not None else None
    return Joined(reading, run, _score(source) if source is not None else 0.0, why)


def _rule_only(doc: Doc, reading: Reading, lexicon: Cues) -> Joined | None:
    """Take what a rule found at a word that the head does not hold for a cue: only in forms that are seldom wrong."""
    strict = "not_said" in reading.flags or reading.rule.startswith(
        ("according to", "as-clause", "clause, own", "clause, shared", "quoted as saying")
    )
    # "he left, adding that": a participle that says; "measures to demonstrate that" says nothing of anybody's words.
    verb = doc[reading.anchor]
    strict = strict or (reading.rule.startswith("clause, controlled") and verb.tag_ == "VBG" and is_final(verb))
    nouns = reading.rule.startswith("noun, ") and reading.does in ("asserts", "denies")
    if (
        (reading.flags and "not_said" not in reading.flags)
        or (reading.source is None and not reading.nobody and "not_said" not in reading.flags)
        or not (strict or nouns or reading.nobody)
    ):
        return None
    if reading.nobody and not reading.rule.startswith("clause"):
        return None
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


def _is_finite(doc: Doc, content: frozenset[int]) -> bool:
    return any(doc[i].tag_ in ("VBZ", "VBP", "VBD", "MD") for i in content)


def _is_quoted(doc: Doc, content: frozenset[int]) -> bool:
    low, high = min(content), max(content)
    return any(doc[k].text in _OPEN for k in range(max(0, low - 1), min(low + 1, len(doc)))) or any(
        doc[k].text in _CLOSE for k in range(high, min(high + 3, len(doc)))
    )


def _filled(doc: Doc, joined: Sequence[Joined]) -> list[Joined]:
    """Give an attribution the whole of a quotation of which it has the first words: it ends where the marks close."""
    found, regions = list(joined), _quotations(doc)
    for low, high in regions:
        for k, item in enumerate(found):
            content, anchor = item.reading.content, item.reading.anchor
            if not low <= anchor < high and (low in content or low + 1 in content) and high - 1 not in content:
                whole = content | frozenset(range(low, high))
                found[k] = replace(item, reading=replace(item.reading, content=whole), doubtful=item.doubtful - whole)
    return found


def _opens_quoted(doc: Doc, content: frozenset[int]) -> bool:
    low = min(content)
    return any(doc[k].text in _OPEN for k in range(max(0, low - 1), low + 1))


def _continued(doc: Doc, joined: Sequence[Joined]) -> list[Joined]:
    """Read quotations with no cue of their own: they go on from the last speaker of the paragraph, or are left open."""
    held = set().union(*(item.reading.content for item in joined)) if joined else set()
    cue_tokens = {i for item in joined for i in range(*item.reading.cue)}
    found = []
    for low, high in _quotations(doc):
        inside = [i for i in range(low, high) if not doc[i].is_space and not doc[i].is_punct]
        # A few words in quotation marks are a term or a title; a quotation that speaks has a finite verb.
        if len(inside) < 4 or not _is_finite(doc, frozenset(inside)) or held & set(inside) or cue_tokens & set(inside):
            continue
        before = [
            item
            for item in joined
            if max(item.reading.content) < low and _same_paragraph(doc, item.reading.anchor, low)
        ]
        last = max(before, key=lambda item: max(item.reading.content, default=0), default=None)
        near = last is not None and low - max(max(last.reading.content), last.reading.cue[1]) <= _CONTINUES_WITHIN
        if last is not None and near and _is_quoted(doc, last.reading.content):
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


def _quotations(doc: Doc) -> list[Run]:
    """Return the stretches between quotation marks; a straight mark opens and closes by turns within a paragraph."""
    found, opened = [], None
    for token in doc:
        if token.is_space and token.text.count("\n") > 1:
            opened = None
        elif (
            opened is None
            and token.text in _OPEN
            and not (token.text == '"' and token.whitespace_ and token.i and not doc[token.i - 1].whitespace_)
        ):
            opened = token.i
        elif opened is not None and token.text in _CLOSE:
            found.append((opened + 1, token.i))
            opened = None
    return [(low, high) for low, high in found if low < high]


def _same_paragraph(doc: Doc, a: int, b: int) -> bool:
    low, high = min(a, b), max(a, b)
    return not any(doc[i].is_space and doc[i].text.count("\n") > 1 for i in range(low, high))


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
        named = sources.resolve(doc[reading.source], run, part, remember=not asked)
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
        via=via, direct=_is_quoted(doc, reading.content), why=why, flags=tuple(dict.fromkeys(flags)),
    )  # fmt: skip


def _span(doc: Doc, text: str, low: int, high: int) -> Span:
    return Span.of(text, doc[low].idx, doc[high - 1].idx + len(doc[high - 1]))


def speaker(attribution: Attribution) -> Source | None:
    """Return whose word an attribution is, None where it is not sure."""
    return attribution.source
