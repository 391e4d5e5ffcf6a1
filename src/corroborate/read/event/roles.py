"""Who is who in an event: actors, targets and instruments by the trigger's frame; nobody where the parse is unclear."""

from spacy.tokens import Token

from corroborate.read.event.drafts import Draft
from corroborate.read.event.modes import MEANS, mode_of
from corroborate.read.event.triggers import Context, Found
from corroborate.read.grammar.arguments import relation, verb_arguments
from corroborate.read.who import is_group_pronoun

_BY = frozenset(["by"])
_OF = frozenset(["of"])
_WITH_OBJECT = frozenset(["meet", "fight", "battle"])  # "X fights Y": both sides act
_STRUCK = frozenset(["on", "against", "at", "targeting", "of"])


def draft(context: Context, found: Found) -> Draft:
    """Return an event with its roles by the frame of its trigger."""
    event = Draft(found)
    frame = found.trigger.frame_as(found.noun)
    if found.noun:
        _noun_roles(context, event, frame)
    elif found.arguments.doubtful:
        event.why.append("roles: the parse does not say who is the subject, so nobody is named as actor")
        event.targets = [h for h in found.arguments.objects if relation(h) == "obj"] if frame == "acts_on" else []
    else:
        _verb_roles(context, event, frame)
    _sort_out(context, event)
    event.mode = mode_of(context, event)
    return event


def _verb_roles(context: Context, event: Draft, frame: str) -> None:
    row, arguments = event.found.trigger, event.found.arguments
    agents, objects = list(arguments.agents), list(arguments.objects)
    other = arguments.at(row.to)
    if frame == "acts_on":
        if (
            row.reduced
            and agents
            and not objects
            and not arguments.passive
            and all(may_act(context, h) for h in agents)
        ):
            # "10 people killed" without an object is the passive that has lost its auxiliary.
            agents, objects = [], agents
            event.why.append("roles: a transitive verb without object, so its subject suffers")
        elif row.harms and agents and objects and not any(may_act(context, h) or h.pos_ == "NUM" for h in objects):
            # "Civilians injured and damages caused": things are not injured, so a passive was taken for an active.
            agents, objects = [], [h for h in agents if may_act(context, h)]
            event.why.append("roles: what would be its object cannot be harmed so, so its subject suffers")
        event.actors, event.targets = agents, objects
    elif frame == "acts":
        event.actors = agents
        event.targets = [
            head for head in other if not _is_thing(context, head) and not _is_ground(context, head)
        ] or _people(context, objects)
        if row.instrument:
            event.instruments = objects
    elif frame == "undergoes":
        event.targets = objects if arguments.passive else agents
        if row.to_acts:
            event.actors, event.targets = other, []
    else:
        event.actors = [*agents, *arguments.at(frozenset(["with", "between", "against"]))]
        event.actors += _people(context, objects) if context.lemma(event.token) in _WITH_OBJECT else []
    if row.type == "CONTROL" and frame == "acts_on":
        event.targets = _people(context, other) or event.targets  # who it is taken from, else what is taken


def _noun_roles(context: Context, event: Draft, frame: str) -> None:
    row, arguments = event.found.trigger, event.found.arguments
    owners = [head for head in arguments.owners if may_act(context, head) and not _is_bare_state(context, head)]
    carriers = context.lexicon.classes["carrier"]
    owners = [head for head in owners if context.lemma(head) not in carriers or head.i in context.mention_at]
    peoples = [
        head
        for head in arguments.modifiers
        if context.parties.state_of_people(head.text) and head.i not in context.mention_at
    ]
    by = arguments.at(_BY)
    doers = _light_subject(context, event)
    if frame == "deed":
        struck = arguments.at(_STRUCK) or event.found.light is not None
        if not (struck or row.mode_if_bare or row.mode or _is_of_forces(context, event)):
            peoples = []  # "the Iraqi attack": by Iraq, or in Iraq
        event.actors = by or doers or [*owners, *peoples]
        event.targets = [*arguments.at(_STRUCK - _OF), *arguments.at(_OF)]
        if event.found.light is not None:
            event.targets += _light_targets(event)
    elif frame == "harm":
        event.actors = by or doers or (peoples if arguments.at(_OF) else [])
        event.targets = arguments.at(_OF) or owners
    elif frame == "move":
        event.actors = by or doers or [*owners, *_people(context, arguments.at(_OF)), *peoples]
        event.targets = [head for head in arguments.at(row.to - {"to", "from"}) if not _is_thing(context, head)]
    elif frame == "together":
        event.actors = [*doers, *arguments.at(frozenset(["between", "with", "by", "among"])), *owners, *peoples]
    elif frame == "undergoes":
        event.targets = [*owners, *arguments.at(_OF)]
        subject = [child for child in event.token.children if child.dep_ == "nsubj"]
        event.targets = subject or event.targets
    else:
        event.actors, event.targets = by or doers, arguments.at(_OF)


def _is_of_forces(context: Context, event: Draft) -> bool:
    """Say whether a noun's modifiers name what only forces have: "air", "artillery", "missile"."""
    return any(
        context.lexicon.modes.get(context.lemma(head)) in ("aerial", "drone", "heavy-weapons")
        for head in event.found.arguments.modifiers
    )


def _light_subject(context: Context, event: Draft) -> list[Token]:
    """Return who carried the noun's event out: the light verb's subject, or its "by" where it is passive."""
    for child in event.token.children:
        if (
            child.dep_ == "acl"
            and child.tag_ == "VBN"
            and child.lemma_ in ("carry", "conduct", "launch", "commit", "stage")
        ):
            event.parts.add(child.i)
            return verb_arguments(child).agents
    verb = event.found.light
    if verb is None or event.token.dep_ not in ("obj", "nsubj:pass") or context.lemma(verb) in context.lexicon.about:
        return []
    arguments = verb_arguments(verb)
    return [] if arguments.doubtful else arguments.agents


def _light_targets(event: Draft) -> list[Token]:
    verb = event.found.light
    if verb is None:
        return []
    found = []
    for child in verb.children:
        if relation(child) == "obl" and child.i > event.token.i:
            case = next((c.lower_ for c in child.children if c.dep_ == "case"), "")
            if case in ("on", "against", "at"):
                found.append(child)
    return found


def _has_owner(head: Token) -> bool:
    """Say whether a phrase names whose it is: "warplanes of the coalition"."""
    owners = (child for child in head.children if child.dep_.startswith("nmod"))
    return any(mark.lower_ == "of" for owner in owners for mark in owner.children)


def _sort_out(context: Context, event: Draft) -> None:
    """Take out of the actors what cannot act: arms are instruments, deeds are causes, abstract things are nobody."""
    actors = []
    for head in event.actors:
        lemma = context.lemma(head)
        if lemma in context.lexicon.classes["weapon"] and context.party_at(head) is None:
            event.instruments.append(head)
        elif may_act(context, head):
            carrier = lemma in context.lexicon.classes["carrier"]
            # "Aircraft struck the market" says with what, not who; "Russian aircraft", "jets of the army" say both.
            if not carrier or context.party_at(head) is not None or _has_owner(head):
                actors.append(head)
            if carrier:
                event.instruments.append(head)
    named: set[int] = set()
    event.actors = []
    for head in actors:
        mention = context.mention_at.get(head.i)
        if not _is_time_or_number(context, head) and (mention is None or mention.start not in named):
            event.actors.append(head)
            named |= {mention.start} if mention else set()
    targets = [
        head
        for head in event.targets
        if not _is_time_or_number(context, head) and head.i not in {a.i for a in event.actors}
    ]
    targets = [head for head in targets if head.lower_ not in _SELF and head.i not in {i.i for i in event.instruments}]
    if event.found.trigger.type == "ACCUSE":
        targets = [head for head in targets if context.lemma(head) not in context.lexicon.nouns]
    targets = [of for head in targets for of in _of_what(context, head)]
    if event.found.trigger.type == "CONTROL":
        ground = context.lexicon.classes["place"]
        targets = [
            h
            for h in targets
            if h.i in context.mention_at
            or h.pos_ == "PROPN"
            or context.lemma(h) in ground | context.lexicon.classes["armed"]
        ]
    people = [head for head in targets if not _is_place(context, head)]
    event.targets = people or targets
    if event.found.trigger.type == "ASSAULT":
        means = [head for _, head in event.found.arguments.oblique if _ in MEANS]
        event.instruments += [
            head
            for head in means
            if context.lemma(head) in context.lexicon.classes["weapon"] | context.lexicon.classes["carrier"]
        ]


def _is_bare_state(context: Context, head: Token) -> bool:
    """Say whether a state's full name stands before a noun: "Syria strikes" may be strikes by Syria or in Syria."""
    mention = context.mention_at.get(head.i)
    if mention is None or mention.party is None or not context.parties.is_state(mention.party):
        return False
    return head.dep_ != "nmod:poss" and not mention.text.isupper()


_SELF = frozenset(["himself", "herself", "itself", "themselves", "themself"])


def _of_what(context: Context, head: Token) -> list[Token]:
    """Return what "control" or "part" is of; else the head itself."""
    if context.lemma(head) in context.lexicon.words["of"]:
        of = [
            child for child in head.children if child.dep_ == "nmod" and any(c.lower_ == "of" for c in child.children)
        ]
        return of or [head]
    return [head]


def _is_ground(context: Context, head: Token) -> bool:
    return context.lemma(head) in context.lexicon.classes["place"]


def may_act(context: Context, head: Token) -> bool:
    """Say whether a phrase's head can be somebody who acts: a party, people, an institution, what carries arms."""
    if context.parties.state_of_people(head.text) is not None:
        return True
    if (
        head.i in context.mention_at
        or is_group_pronoun(head)
        or head.lower_ in ("he", "she", "we", "i", "his", "her", "our")
    ):
        return True
    if head.ent_type_ in ("PERSON", "ORG"):
        return True
    classes = context.lexicon.classes
    lemma = context.lemma(head)
    return any(lemma in classes[name] for name in ("armed", "people", "carrier", "institution"))


def _is_thing(context: Context, head: Token) -> bool:
    return head.ent_type_ in ("DATE", "TIME") or _is_time_or_number(context, head)


def _people(context: Context, heads: list[Token]) -> list[Token]:
    return [head for head in heads if may_act(context, head) and head.lower_ != "it"]


def _is_time_or_number(context: Context, head: Token) -> bool:
    times = context.lexicon.words["time"]
    if head.pos_ == "NUM" and head.i + 1 < len(context.doc) and context.lemma(head.nbor(1)) in times:
        return True
    return context.lemma(head) in times or head.ent_type_ in ("DATE", "TIME")


def _is_place(context: Context, head: Token) -> bool:
    if head.i in context.mention_at:
        return False
    return head.ent_type_ in ("LOC", "GPE", "FAC") or (head.pos_ == "PROPN" and head.ent_type_ not in ("PERSON", "ORG"))
