"""What happened, as a text says it: events at their triggers, with type, mode, actors, targets and instruments.

Verbs, nouns and predicates that the lexicon of events knows are read with their arguments. A strike and the harm that
it did in the same clause are one event. Whether it is denied, hedged or only possible is decided elsewhere (certainty):
a mention is returned all the same.
"""

from collections.abc import Iterable, Mapping, Sequence

from spacy.tokens import Doc, Token

from corroborate.knowledge.parties import Parties
from corroborate.model import Event, PartyMention, Span
from corroborate.read.event.drafts import Draft
from corroborate.read.event.merge import merge
from corroborate.read.event.naming import mentions_of, span_of
from corroborate.read.event.passage import head
from corroborate.read.event.roles import draft
from corroborate.read.event.triggers import Context, count_verb, find_triggers, number_after
from corroborate.read.grammar.arguments import relation
from corroborate.read.grammar.phrases import clause, stretch
from corroborate.read.mentions import EventMention

# An order of trust, not a probability: a word with one sense in its frame, one with others, and each lowered where the
# parse left the roles open. Calibrating them needs marked events.
_SURE, _LIKELY, _DOUBT, _BARE = 0.9, 0.6, 0.1, 0.3


def find_events(doc: Doc, parties: Parties, party_mentions: Sequence[PartyMention]) -> list[EventMention]:
    """Return the events that a parsed Doc reports, in reading order of their triggers.

    `party_mentions` are those of `who.find_parties`. Spans are code points of `doc.text`.
    """
    context = Context(doc, parties, party_mentions)
    drafts = [draft(context, found) for found in find_triggers(context)]
    kept = merge(context, drafts)
    triggers = {event.token.i for event in kept}
    shares = head().shares(context.text) if kept else {}
    return [_mention(context, event, triggers, shares) for event in kept]


def _mention(context: Context, event: Draft, triggers: set[int], shares: Mapping[str, float]) -> EventMention:
    doc, row = context.doc, event.found.trigger
    low, high = _clause(context, event, triggers)
    why = [f"event: {event.token.text!r} ({row.source})", *event.why]
    if row.speech:
        why.append("event: an act of words, the same words may be an attribution")
    score = _SURE if row.sense == "sure" else _LIKELY
    if event.found.arguments.doubtful:
        score -= _DOUBT
    if _is_bare(event):
        score -= _BARE
        why.append("event: only named, nothing is said of it")
    trained = f", {shares[row.type]:.2f} by the words of the opening" if row.type in shares else ""
    why.append(f"event: score {score:.2f} by rule{trained}")
    return EventMention(
        trigger=Span.of(context.text, event.token.idx, event.token.idx + len(event.token)),
        clause=Span.of(context.text, doc[low].idx, doc[high - 1].idx + len(doc[high - 1])),
        event=Event(
            type=row.type,
            mode=event.mode,
            actors=_unique(m for head in event.actors for m in mentions_of(context, head)),
            targets=_unique(m for head in event.targets for m in mentions_of(context, head)),
            instruments=tuple(dict.fromkeys(span_of(context, head) for head in event.instruments)),
        ),
        score=round(score, 2),
        why=tuple(why),
    )


def _is_bare(event: Draft) -> bool:
    """Say whether a noun names an event of which the text says nothing here: "after the clashes"."""
    arguments = event.found.arguments
    said = event.actors or event.targets or event.instruments or event.parts or arguments.oblique or arguments.modifiers
    return event.found.noun and not said and event.found.light is None


def _unique(mentions: Iterable[PartyMention]) -> tuple[PartyMention, ...]:
    return tuple(dict.fromkeys(mentions))


def _clause(context: Context, event: Draft, triggers: set[int]) -> tuple[int, int]:
    token, keep = event.token, event.parts | {event.token.i}

    def is_event(other: Token) -> bool:
        return other.i in triggers and other.i not in keep

    head = _head(context, event, triggers)
    tokens = clause(head, keep, is_event)
    if event.found.trigger.count_verbs:
        tokens |= {number.i for number in number_after(head)}
    for part in keep - tokens:
        tokens |= clause(context.doc[part], keep, is_event)
    if relation(token) == "acl" or any(relation(context.doc[part]) == "acl" for part in event.parts):
        for argument in (*event.targets, *event.actors):
            if argument.i not in tokens and argument.sent.start == token.sent.start:
                tokens |= {argument.i, *(child.i for child in argument.children if child.i < argument.i)}
    return stretch(context.doc, tokens, token.i)


def _head(context: Context, event: Draft, triggers: set[int]) -> Token:
    """Return the head of the smallest clause that holds the event: its verb's, a light verb's, or the noun itself."""
    token = event.found.light or event.token
    if event.found.noun and event.found.light is None:
        if event.found.trigger.governing_prep and event.token.head.i not in triggers:
            return event.token.head
        if event.found.trigger.count_verbs:
            return count_verb(context, event.token, event.found.trigger) or event.token
        if event.token.dep_ == "nsubj" and event.token.head.i not in triggers and _is_plain(context, event.token.head):
            return event.token.head
        return event.token
    while (
        relation(token) == "xcomp"
        and token.head.i not in triggers
        and context.lemma(token.head) in context.lexicon.words["phase"]
    ):
        token = token.head
    return token


def _is_plain(context: Context, verb: Token) -> bool:
    """Say whether a verb only says that its subject, an event, took place or what came of it."""
    return verb.pos_ in ("VERB", "AUX") and context.lemma(verb) in context.lexicon.happen
