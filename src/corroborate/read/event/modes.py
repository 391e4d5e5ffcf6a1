"""By what means, or on what, an event is: PLOVER's modes, from the trigger and the words that hang from it."""

from spacy.tokens import Token

from corroborate.read.event.drafts import Draft
from corroborate.read.event.naming import party_of
from corroborate.read.event.triggers import Context

MEANS = frozenset(["with", "by", "in", "from", "using", "via", "during", "through"])
# Prepositions by which a noun's event hangs from what it did ("killed in strikes", "died after an attack").
CAUSE = frozenset(
    ["in", "by", "from", "during", "after", "with", "following", "to", "amid", "of", "under", "as", "through"]
)


def mode_of(context: Context, event: Draft) -> str | None:
    """Return PLOVER's mode of an event: its word's own, or that of the arms, threats or requests named with it."""
    row, lemma = event.found.trigger, context.lemma(event.token)
    own = row.mode or row.own_mode.get(lemma)
    if own and not (row.type == "ASSAULT" and own in ("targeted", "destroy")):
        return own
    if row.threat_modes or row.request_modes:
        table = context.lexicon.threats if row.threat_modes else context.lexicon.requests
        for token in event.token.subtree:
            if token.i > event.token.i and context.lemma(token) in table:
                return table[context.lemma(token)]
        return own
    if row.type != "ASSAULT":
        return own
    near = [
        *([] if row.mode_of_forces else [event.token]),
        *event.found.arguments.modifiers,
        *event.instruments,
        *event.found.arguments.owners,
    ]
    near += event.actors
    near += [
        child
        for head in (*event.instruments, *event.actors)
        for child in head.children
        if child.dep_ in ("compound", "amod")
    ]
    means = [head for preposition, head in event.found.arguments.oblique if preposition in CAUSE | MEANS]
    near += means + [child for head in means for child in head.children if child.dep_ in ("compound", "amod")]
    found = {mode for token in near if (mode := context.lexicon.modes.get(context.lemma(token)))}
    for mode in dict.fromkeys(context.lexicon.modes.values()):
        if mode in found:
            return mode
    if row.mode_of_forces and any(is_force(context, head) for head in event.actors):
        return row.mode_of_forces
    return own or row.mode_if_bare


def is_force(context: Context, head: Token) -> bool:
    """Say whether a phrase names a state, its forces or a coalition."""
    party = party_of(context, head)
    return party is not None and context.parties.get(party).kind in ("state", "armed_forces", "coalition")
