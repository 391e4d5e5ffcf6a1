"""What was found, put together: one claim for each event as each voice puts it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from corroborate.model import Claim, Document, Event, Evidence, Person, Place, Quantity, Segment, Span
from corroborate.read import attach
from corroborate.read.attach import Held, Located
from corroborate.read.attribution.find import Attributed
from corroborate.read.attribution.voices import Layers, Spoken
from corroborate.read.certainty import Certainty, certainty
from corroborate.read.distinct import distinct, merged, numbered, without_mere_names
from corroborate.read.grammar import syntax
from corroborate.read.mentions import DateMention, EventMention
from corroborate.read.segment.find import Segmented

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# What these say is the page's or the frame's, nobody's report.
_SILENT = frozenset({"dateline", "boilerplate"})
# A content longer than this (code points) is no longer one claim's: the longest sentence of GUM's news has 420.
_READABLE = 420
# The content of a charge ("the army of the attack") is no clause: what is shorter than this is read with its cue.
_SHORT = 80
# A figure of these measures is a claim also where nothing that happened is said beside it.
_STATES = frozenset({"killed", "injured", "missing", "detained", "displaced", "population", "fighters"})
# An act of words that a cue already stands for: its own event says no more than the attribution does.
_ONLY_SAID = frozenset({"DECLARE", "CONSULT", "STATE"})
# A page's list of tags that stands before the words of a report: no verb parts it from the place.
_IN_TAGS = re.compile(r"\bTags?:?\s(?:(?!\b(?:was|were|is|are|has|have|had|said|killed|hit|struck)\b)[^.!?\n])*$")
# "prior to the conflict in Syria": the place is the war's, which only says when.
_BY_A_WAR = re.compile(
    r"\b(?:prior to|before|since|until)\s+(?:the\s+)?(?:\w+\s+)?(?:war|conflict|crisis|uprising|fighting)"
    r"\s+(?:in|across)\s+(?:the\s+)?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All that the finders found in one document."""

    events: Sequence[EventMention]
    attributed: Attributed
    quantities: Sequence[Quantity]
    dates: Sequence[DateMention]
    places: Sequence[Place]
    persons: Sequence[Person]
    evidence: Sequence[Evidence]


class Assembly:
    """Makes the claims of one document."""

    def __init__(self, doc: Doc, document: Document, segmented: Segmented, found: Found, layers: Layers) -> None:
        self._doc = doc
        self._document = document
        self._text = document.text  # a Doc puts its text together anew each time it is asked
        self._segments = segmented.segments
        self._unsure = segmented.unsure
        self._found = found
        self._layers = layers
        text = self._text
        self._places = [
            p
            for p in found.places
            if not _BY_A_WAR.search(text[max(0, p.start - 60) : p.start])
            and not _IN_TAGS.search(text[max(0, p.start - 160) : p.start])
        ]

    def claims(self) -> tuple[Claim, ...]:
        """Return the claims in reading order, each with an id of its own."""
        held = self._held()
        figures = [(q, at) for q in self._found.quantities if (at := self._locate(q)) is not None]
        left = attach.give_quantities(held, figures)
        attach.spare_the_counted(held, self._found.quantities)
        held = without_mere_names(held)
        places = [(p, at) for p in self._places if (at := self._locate(p)) is not None]
        attach.give_places(held, places, self._tellers())
        dates = [(d, at) for d in self._found.dates if (at := self._locate(d.span)) is not None]
        attach.give_dates(held, dates, self._tellers())
        attach.give_persons(held, [(p, at) for p in self._found.persons if (at := self._locate(p)) is not None])
        states = self._states(left, held)
        attach.give_places([state for state in states if not state.places], places, self._tellers())
        held += states
        made = [claim for event in held for claim in self._of_event(event)]
        made += self._without_event(held, left)
        return numbered(distinct(sorted(made, key=lambda claim: (claim.start, claim.end))))

    def _tellers(self) -> dict[int, Span | None]:
        """Return the words of who speaks in each attribution, by its number, None for who cannot be told.

        Attributions to nobody in particular ("were reported killed") are left out.
        """
        attributions = self._found.attributed.attributions
        return {n: a.source for n, a in enumerate(attributions) if "source_not_named" not in a.flags}

    def _segment(self, token: Token) -> Segment | None:
        return next((s for s in self._segments if s.start <= token.idx < s.end), None)

    def _locate(self, span: Span) -> Located | None:
        token = attach.head_of(self._doc, span)
        if token is None:
            return None
        segment = self._segment(token)
        if segment is None or segment.kind in _SILENT:
            return None
        return Located(span, token, self._layers.around(token))

    def _held(self) -> list[Held]:
        """Return the events that somebody says, at their tokens."""
        held = []
        for mention in self._found.events:
            token = attach.head_of(self._doc, mention.trigger)
            segment = self._segment(token) if token is not None else None
            if token is None or segment is None or segment.kind in _SILENT or self._is_mere_saying(mention, token):
                continue
            if self._is_in_a_source(token) and token.pos_ in ("NOUN", "PROPN"):
                continue
            held.append(Held(mention, token, self._layers.around(token)))
        return merged(held)

    def _is_in_a_source(self, token: Token) -> bool:
        """Say whether a word only names who speaks ("the UN inquiry said", "an earlier death toll said")."""
        subject = token if token.dep_ == "nsubj" else token.head
        spans: list[tuple[Span | None, int]] = [(a.source, token.idx) for a in self._found.attributed.attributions]
        if subject.dep_ == "nsubj":
            spans += [(a.cue, subject.head.idx) for a in self._found.attributed.attributions]
        return any(span is not None and span.start <= at < span.end for span, at in spans)

    def _is_mere_saying(self, mention: EventMention, token: Token) -> bool:
        if mention.event.type not in _ONLY_SAID:
            return False
        return any(
            a.cue is not None and a.cue.start <= token.idx < a.cue.end for a in self._found.attributed.attributions
        )

    def _states(self, left: Sequence[tuple[Quantity, Located]], held: Sequence[Held]) -> list[Held]:
        """Make a state of things of each figure that no event holds: how many live there, how many are dead."""
        made: list[Held] = []
        for quantity, at in left:
            if quantity.measure not in _STATES:
                continue
            clause = syntax.clause_head(at.token)
            low, high = self._clause_run(clause, at.token)
            span = Span.of(self._text, self._doc[low].idx, self._doc[high - 1].idx + len(self._doc[high - 1]))
            known = next((h for h in made if h.mention.clause == span and h.voice == at.voice), None)
            if known is not None:
                known.quantities.append(quantity)
                continue
            event = Event(type="STATE", mode=None)
            trigger = Span(start=quantity.start, end=quantity.end, text=quantity.text)
            state = Held(
                EventMention(
                    trigger=trigger, clause=span, event=event, score=0.0, why=("a figure whose clause has no event",)
                ),
                clause if clause.sent == at.token.sent else at.token, at.voice,
            )  # fmt: skip
            state.quantities.append(quantity)
            state.places = self._places_of_state(span, at.token)
            state.dates = self._dates_of_state(span, at)
            made.append(state)
        return made

    def _places_of_state(self, clause: Span, token: Token) -> list[Place]:
        """Return the places of a state's clause, else the only one of its sentence."""
        sent = token.sent
        tellers = [teller for teller in self._tellers().values() if teller is not None]
        near = [
            place
            for place in self._places
            if sent.start_char <= place.start < sent.end_char and not any(teller.covers(place) for teller in tellers)
        ]
        inside = [place for place in near if clause.covers(place)]
        return inside or (near[:1] if len({place.name for place in near}) == 1 else [])

    def _dates_of_state(self, clause: Span, at: Located) -> list[DateMention]:
        """Return the time of a state's clause, else the only one of its sentence, where nobody else speaks."""
        sent = at.token.sent
        near = [d for d in self._found.dates if sent.start_char <= d.span.start < sent.end_char]
        near = [d for d in near if d.kind in attach.TELLS_WHEN]
        inside = [d for d in near if clause.covers(d.span)]
        beside = [d for d in near if (there := self._locate(d.span)) is not None and there.voice == at.voice]
        return inside[:1] or (beside if len(near) == 1 and near[0].kind != "period" else [])

    def _clause_run(self, clause: Token, inner: Token) -> tuple[int, int]:
        """Return the tokens of a clause around one of them, as one run without what other clauses add at its ends."""
        clauses = [c for c in clause.children if syntax.base(c) in ("advcl", "parataxis", "acl", "ccomp")]
        spared = [c.i for c in clauses if inner.i not in syntax.subtree(c)]
        tokens = syntax.subtree(clause, without=spared)
        low = high = inner.i
        while low - 1 in tokens or (low >= 2 and self._doc[low - 1].is_space and low - 2 in tokens):
            low -= 1
        while high + 1 in tokens:
            high += 1
        low, high = syntax.trim(self._doc, low, high + 1)
        return low, max(high, low + 1)

    def _of_event(self, event: Held) -> Iterable[Claim]:
        for spoken in self._layers.spoken(event.voice, event.token):
            span = self._span(event.mention.clause, event.mention.trigger, event.voice, event.token)
            if span is None:
                continue
            sure = certainty(event.token, spoken.inside, spoken.cues)
            yield self._claim(span, spoken, event, sure)

    def _span(self, clause: Span, trigger: Span, voice: Sequence[int], token: Token) -> Span | None:
        """Return an event's clause within the words of its voice and within its segment."""
        start, end = clause.start, clause.end
        segment = self._segment(token)
        bounds = [(segment.start, segment.end)] if segment is not None else []
        for number in voice:
            bounds += [
                (c.start, c.end)
                for c in self._found.attributed.attributions[number].contents
                if c.start <= trigger.start < c.end
            ]
        for low, high in bounds:
            start, end = max(start, low), min(end, high)
        low = max((b[0] for b in bounds), default=start)
        high = min((b[1] for b in bounds), default=end)
        if low <= trigger.start < high and not self._is_readable(start, end):
            start, end = self._readable(token, voice, low, high, (start, end))
        return self._tidied(start, end, trigger.start)

    def _is_readable(self, start: int, end: int) -> bool:
        """Say whether a stretch says something by itself: a finite verb or participle with somebody or something."""
        span = self._doc.char_span(start, end, alignment_mode="expand")
        if span is None:
            return True
        finite = any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in span)
        if span[0].lower_ == "to" or span[0].tag_ in ("WDT", "WP", "WP$") or (span[0].pos_ == "ADP" and not finite):
            return False
        verbs = [t for t in span if t.pos_ in ("VERB", "AUX") and t.tag_ != "VB"]
        return bool(verbs) and any(t.pos_ in ("NOUN", "PROPN", "PRON", "NUM") for t in span)

    def _readable(
        self, token: Token, voice: Sequence[int], low: int, high: int, bare: tuple[int, int]
    ) -> tuple[int, int]:
        """Widen what is only a word or a name ("the strikes", "take the city") to the nearest clause that can be read.

        The clauses above it are tried in turn, within the words of its voice; where none can be read (a charge, a
        headline), the clause of the cue that introduces it, then the sentence.
        """
        at: Token | None = token
        for _ in range(6):  # as deep as the trees of EWT dev mostly are
            if at is None:
                break
            clause = syntax.clause_head(at)
            first, last = self._clause_run(clause, token)
            start, end = max(low, self._doc[first].idx), min(high, self._doc[last - 1].idx + len(self._doc[last - 1]))
            start, end = min(start, bare[0]), max(end, bare[1])
            if self._is_readable(start, end) and end - start <= _READABLE:
                return start, end
            at = clause.head if clause.head.i != clause.i else None
        sent = token.sent
        cue = self._found.attributed.attributions[voice[-1]].cue if voice else None
        if cue is not None and cue.text[0].isalpha() and high - low < _SHORT:
            segment = self._segment(token)
            low = max(sent.start_char, segment.start if segment else 0)
            high = min(sent.end_char, segment.end if segment else len(self._text))
        start, end = max(low, sent.start_char), min(high, sent.end_char)
        return (start, end) if end - start <= _READABLE else bare

    def _tidied(self, start: int, end: int, keep: int) -> Span | None:
        """Return a content without white space, a closing mark, or the words that only bind it ("that")."""
        text = self._text
        while start < end and (text[start].isspace() or text[start] in ",;:)”"):
            start += 1
        for word in ("that ", "and that ", "and "):
            if text[start : start + len(word)].lower() == word and keep >= start + len(word):
                start += len(word)
                break
        before = text[max(0, start - 8) : start].lower()
        if before.endswith("neither "):
            start -= len("neither ")
        while end > start and (text[end - 1].isspace() or text[end - 1] in ",;:-–—(“"):
            end -= 1
        return Span.of(text, start, end) if start < end else None

    def _claim(self, span: Span, spoken: Spoken, event: Held | None, sure: Certainty) -> Claim:
        voice, source, flags = spoken.voice, spoken.source, [*spoken.flags, *sure.flags]
        if (
            any(low <= span.start < high for low, high in self._unsure)
            and voice in ("own", "attributed")
            and not spoken.cues
        ):
            voice, source = "unresolved", None
            flags.append("post_start_unsure")
        segment = next((s for s in self._segments if s.start <= span.start < s.end), None)
        if segment is not None and segment.kind in ("heading", "caption"):
            flags.append(segment.kind)
        chain = spoken.chain if voice != "unresolved" or spoken.cues else spoken.chain[:1]
        if source is not None and self._is_earlier(source.name, spoken):
            flags.append("earlier_article")
        flags += event.flags if event is not None else []
        mention = event.mention if event is not None else None
        why = [*spoken.why, *(mention.why if mention else ()), *(event.why if event else ())]
        sentence = self._sentence(span)
        return Claim(
            start=span.start, end=span.end, text=span.text, id="", document=self._document.id,
            voice=voice, source=source, cue=spoken.cue, chain=chain, basis=spoken.basis,
            modality=sure.modality, polarity=sure.polarity, hedges=sure.hedges,
            event=mention.event if mention else None,
            places=tuple(event.places) if event else (), when=event.dates[0].when if event and event.dates else None,
            quantities=tuple(event.quantities) if event else (), persons=tuple(event.persons) if event else (),
            evidence=tuple(e for e in self._found.evidence if sentence[0] <= e.start and e.end <= sentence[1]),
            flags=tuple(dict.fromkeys(flags)), why=tuple(dict.fromkeys(why)),
        )  # fmt: skip

    def _is_earlier(self, name: str, spoken: Spoken) -> bool:
        """Say whether the document cites what an outlet, perhaps itself, wrote before ("as we previously reported")."""
        if spoken.source is None or spoken.source.kind not in ("outlet", "agency") or spoken.cue is None:
            return False
        around = self._text[spoken.source.end : spoken.cue.end + 25].lower().split()
        return bool({"previously", "earlier", "already", "before"} & set(around))

    def _sentence(self, span: Span) -> tuple[int, int]:
        found = self._doc.char_span(span.start, span.end, alignment_mode="expand")
        return (
            (found.sent.start_char, found.sent.end_char) if found is not None and len(found) else (span.start, span.end)
        )

    def _without_event(self, held: Sequence[Held], left: Sequence[tuple[Quantity, Located]]) -> Iterable[Claim]:
        """Make a claim of every content, or clause of one, without an event that is known: it was said all the same."""
        spoken_of: dict[int, list[Held]] = {}
        for event in held:
            for number in event.voice:
                spoken_of.setdefault(number, []).append(event)
        for number, attribution in enumerate(self._found.attributed.attributions):
            content = self._found.attributed.contents[number]
            longest = max(attribution.contents, key=lambda s: s.end - s.start)
            parts = [longest]
            if number in spoken_of:
                parts = [p for p in self._joined_clauses(content, longest) if not _has_event(p, spoken_of[number])]
            for part in parts:
                found = self._said(number, self._tidied(part.start, part.end, part.end) or part, left)
                if found is not None:
                    yield found

    def _joined_clauses(self, content: frozenset[int], whole: Span) -> list[Span]:
        """Return the clauses that a content joins ("that A and that B"), where there are several."""
        inside = [self._doc[i] for i in sorted(content) if whole.start <= self._doc[i].idx < whole.end]
        heads = [
            t
            for t in inside
            if syntax.own_subject(t) is not None
            and (
                t.head.i not in content or (syntax.base(t) == "conj" and t.head.pos_ in ("VERB", "AUX", "ADJ", "NOUN"))
            )
        ]
        if len(heads) < 2:
            return []
        spans = []
        for head in heads:
            own = syntax.subtree(head, without=[h.i for h in heads if h.i != head.i]) & content
            low, high = syntax.trim(self._doc, min(own), max(own) + 1)
            spans.append(Span.of(self._text, self._doc[low].idx, self._doc[high - 1].idx + len(self._doc[high - 1])))
        return spans

    def _said(self, number: int, span: Span, left: Sequence[tuple[Quantity, Located]]) -> Claim | None:
        """Return the claim of a stretch of an attribution's content, None where nothing is said in it."""
        attribution = self._found.attributed.attributions[number]
        inside = [
            self._doc[i]
            for i in sorted(self._found.attributed.contents[number])
            if span.start <= self._doc[i].idx < span.end
        ]
        verbs = [t for t in inside if t.pos_ in ("VERB", "AUX") and t.tag_ != "VB"]
        denied = attribution.does == "denies"  # "denied any involvement": the deed stands before it
        token = min(verbs or inside, key=lambda t: sum(1 for _ in syntax.ancestors(t)), default=None)
        segment = self._segment(token) if token is not None else None
        if token is None or segment is None or segment.kind in _SILENT or not (verbs or denied):
            return None
        voice = self._layers.around(token)
        if (len(span.text.split()) < 3 and not denied) or number not in voice or voice[-1] != number:
            return None
        if not verbs:
            wide = self._readable(token, voice, span.start, span.end, (span.start, span.end))
            span = self._tidied(*wide, span.start) or span
        spoken = self._layers.spoken(voice, token)[-1]
        claim = self._claim(span, spoken, None, certainty(token, spoken.inside, spoken.cues))
        figures = tuple(q for q, at in left if span.covers(q) and at.voice == voice and q.measure not in _STATES)
        return replace(claim, quantities=figures, places=tuple(p for p in self._found.places if span.covers(p)))


def _has_event(span: Span, events: Sequence[Held]) -> bool:
    return any(span.start <= event.token.idx < span.end for event in events)
