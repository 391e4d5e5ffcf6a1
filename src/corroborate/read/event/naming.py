"""Phrases as mentions: their words, and the party that they name where they name one."""

from spacy.tokens import Token

from corroborate.model import PartyMention, Span
from corroborate.read.event.triggers import Context
from corroborate.read.grammar.arguments import relation
from corroborate.read.grammar.phrases import noun_phrase
from corroborate.read.who import is_group_pronoun

_PERSONAL = frozenset(
    ["it", "they", "them", "its", "their", "he", "him", "his", "she", "her", "we", "us", "our", "i", "me", "my", "you"]
)


def mentions_of(context: Context, head: Token) -> list[PartyMention]:
    """Return the phrase of a head as mentions, each with the party that its words name, None where unsure.

    "Russian and Syrian jets" are two mentions, the first on its adjective. A pronoun that stands for no party that is
    sure names nobody and is no mention.
    """
    doc = context.doc
    if head.pos_ == "PRON" and head.lower_ in _PERSONAL and party_of(context, head) is None:
        return []
    low, high = noun_phrase(head)
    known = context.mention_at.get(head.i)
    while known and low > 0 and context.mention_at.get(low - 1) is known:
        low -= 1
    while known and high < len(doc) and context.mention_at.get(high) is known:
        high += 1
    named = next((t.i for t in doc[low : head.i + 1] if known and context.mention_at.get(t.i) is known), head.i)
    peoples = [token for token in doc[low:named] if context.parties.state_of_people(token.text)]
    if known is None and peoples:
        named = peoples.pop().i
    found = []
    if peoples and any(token.lower_ == "and" for token in doc[peoples[0].i : named]):
        for token in peoples:
            found.append(_mention(context, token.i, token.i + 1, _organ(context, token, head)))
        low = named
    for at in range(low, named):
        beside = context.mention_at.get(at)
        if beside is not None and beside is not known and at + 1 < len(doc) and doc[at + 1].lower_ == "and":
            found.append(_mention(context, at, at + 1, beside.party))  # "US and Turkish forces"
            low = at + 2
    return [*found, _mention(context, low, high, party_of(context, head))]


def _mention(context: Context, low: int, high: int, party: str | None) -> PartyMention:
    doc = context.doc
    start, end = doc[low].idx, doc[high - 1].idx + len(doc[high - 1])
    return PartyMention(start=start, end=end, text=context.text[start:end], party=party)


def _organ(context: Context, people: Token, head: Token) -> str | None:
    state = context.parties.state_of_people(people.text)
    return (context.parties.organ(state, head.text) or None) if state else None


def span_of(context: Context, head: Token) -> Span:
    """Return the phrase of a head as a span."""
    low, high = noun_phrase(head)
    return Span.of(context.text, context.doc[low].idx, context.doc[high - 1].idx + len(context.doc[high - 1]))


def party_of(context: Context, head: Token) -> str | None:
    """Return the party that a phrase names, by its head, a name before it, or what a pronoun stands for; else None."""
    party = context.party_at(head)
    if party is not None:
        return party
    if is_group_pronoun(head):
        return _antecedent(context, head)
    people = context.parties.state_of_people(head.text)
    if people is not None and head.pos_ == "ADJ":
        return people
    if context.lemma(head) not in context.lexicon.words["followers"]:
        return None
    named = {
        party
        for child in head.children
        if child.dep_ in ("compound", "nmod:poss", "amod", "nmod:desc", "nmod", "flat")
        and (party := context.party_at(child)) is not None
        and not (child.dep_ == "nmod" and not any(c.lower_ == "of" for c in child.children))
    }
    return named.pop() if len(named) == 1 else None


def _antecedent(context: Context, pronoun: Token) -> str | None:
    """Return the party that a group's pronoun means: the one party of its sentence so far and of the one before.

    It must also be the nearest subject before the pronoun, else the pronoun may mean something that is no party.
    """
    if pronoun.lower_ not in ("it", "they", "them"):
        return None
    doc = context.doc
    start = pronoun.sent.start
    before = doc[start - 1].sent.start if start > 0 else 0
    named = {
        mention.party
        for at in range(before, pronoun.i)
        if (mention := context.mention_at.get(at)) is not None
        and (mention.party is None or context.parties.source_kind(mention.party) == "organisation")
    }
    subject = next((doc[at] for at in range(pronoun.i - 1, before - 1, -1) if relation(doc[at]) == "nsubj"), None)
    party = named.pop() if len(named) == 1 else None
    return party if party and subject is not None and party_of(context, subject) == party else None
