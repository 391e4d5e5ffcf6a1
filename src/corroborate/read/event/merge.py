"""One event told with several words: the strike and the killing, the force and the flight, the verb and its purpose."""

from collections.abc import Iterable, Sequence

from spacy.tokens import Token

from corroborate.read.event.drafts import Draft
from corroborate.read.event.modes import CAUSE, is_force
from corroborate.read.event.roles import may_act
from corroborate.read.event.triggers import Context

_HARM_FRAMES = frozenset(["acts_on", "undergoes", "harm"])


def merge(context: Context, drafts: Sequence[Draft]) -> list[Draft]:
    """Return the events that are left when the words of one event are taken together, in reading order."""
    at = {event.token.i: event for event in drafts}
    for event in drafts:
        for other in _absorbs(context, event, at):
            if other.into is None and event.into is None and other is not event:
                _take(context, event, other)
    for event in drafts:
        _share_cause(event, at)
        if event.found.light is not None:
            event.parts.add(event.found.light.i)
            event.why.append(f"event: {event.found.light.text!r} only says that it took place")
    return [event for event in drafts if event.into is None]


def _absorbs(context: Context, event: Draft, at: dict[int, Draft]) -> Iterable[Draft]:
    """Return the events that are the same as this one: causes of its harm, and complements that it brings about."""
    row, arguments = event.found.trigger, event.found.arguments
    if row.clause_verbs:
        yield from (at[clause.i] for clause in arguments.clauses if clause.i in at)
    if not event.found.noun:
        for head in (*arguments.objects, *(head for _, head in arguments.oblique)):
            if head.i in at and at[head.i].found.noun and at[head.i].found.trigger.type == row.type != "ASSAULT":
                yield at[head.i]
    if row.type not in ("ASSAULT", "DISPLACE"):
        return
    if not event.found.noun:
        for head in (*arguments.agents, *arguments.objects):
            if head.i in at and _is_deed(at[head.i]):
                yield at[head.i]
    if row.type == "DISPLACE":
        return
    for preposition, head in arguments.oblique:
        if preposition in CAUSE and head.i in at and _is_deed(at[head.i]):
            yield at[head.i]
    for child in event.token.children:
        other = at.get(child.i)
        if other is not None and other.found.trigger.type == "ASSAULT" and _continues(context, event, child, other):
            yield other


def _share_cause(event: Draft, at: dict[int, Draft]) -> None:
    """Give a harm the cause that is said once, after the last of several: "12 were killed and 30 hurt in strikes"."""
    if event.into is not None or event.found.noun or event.parts or not event.found.arguments.passive:
        return
    for child in event.token.children:
        other = at.get(child.i)
        if other is None or child.dep_ != "conj" or other.into is not None or not other.parts:
            continue
        if other.found.arguments.passive and event.found.trigger is other.found.trigger:
            event.mode = event.mode or other.mode
            event.actors = event.actors or list(other.actors)
            event.why.append(f"event: the cause is said with {child.text!r}")


def _is_deed(event: Draft) -> bool:
    return event.found.noun and event.found.trigger.type == "ASSAULT" and event.found.trigger.frame_as(True) != "harm"


def _continues(context: Context, event: Draft, child: Token, other: Draft) -> bool:
    """Say whether a clause goes on with the same event: "bombed the town, killing 44"; "died when jets bombed"."""
    if child.dep_ == "advcl" and child.tag_ == "VBG" and not any(c.dep_ in ("nsubj", "mark") for c in child.children):
        return not event.found.noun and event.found.trigger.type == "ASSAULT"
    if child.dep_ != "advcl" or event.actors or other.found.noun:
        return False
    mark = next((c.lower_ for c in child.children if c.dep_ in ("mark", "advmod") and c.i < child.i), "")
    harmed = event.found.trigger.frame in _HARM_FRAMES and (
        event.found.arguments.passive or event.found.trigger.frame == "undergoes"
    )
    return mark == "when" and harmed


def _take(context: Context, event: Draft, other: Draft) -> None:
    """Make the other's words part of this event; who did it and by what means may be said only there."""
    other.into = event
    event.parts |= other.parts | {other.token.i}
    if other.found.light is not None:
        event.parts.add(other.found.light.i)
    event.why.append(f"event: {other.token.text!r} is the same event")
    if other.found.trigger.type == "ASSAULT" or event.found.trigger.clause_verbs:
        two_sided = other.found.trigger.frame_as(other.found.noun) == "together"
        if not event.actors and not event.found.trigger.clause_verbs and not two_sided:
            taken = {head.i for head in event.targets}
            event.actors = [head for head in other.actors if head.i not in taken]
        if not event.targets:
            acting = {actor.i for actor in event.actors}
            event.targets = [head for head in other.targets if head.i not in acting]
        elif other.found.trigger.frame in _HARM_FRAMES and not other.found.noun:
            have = {head.i for head in (*event.targets, *event.actors)}
            event.targets += [head for head in other.targets if head.i not in have and may_act(context, head)]
        event.instruments += other.instruments
    if (
        event.mode in (None, "targeted", "destroy")
        and other.mode
        and other.found.trigger.type == event.found.trigger.type
    ):
        event.mode = other.mode
    by_forces = other.found.trigger.mode_of_forces
    if event.mode is None and by_forces and any(is_force(context, head) for head in event.actors):
        event.mode = by_forces
