"""The arguments of a verb or a noun: who does it, to what, with what, and by which prepositions (UD relations).

The agent and the object are the deep ones: the subject of a passive is its object. Where the parse does not say who is
which (an inverted or a double subject), `doubtful` is set, and nobody is laid a deed to.
"""

from dataclasses import dataclass, field
from itertools import pairwise

from spacy.tokens import Token

_NOMINAL = frozenset(["NOUN", "PROPN", "PRON", "NUM", "DET", "SYM", "X", "ADJ"])
_RELATIVE = frozenset(["who", "which", "that", "whom"])
_CLAUSAL = frozenset(["xcomp", "ccomp"])


@dataclass(slots=True)
class Arguments:
    """What a trigger's neighbours in the parse say; each list holds the heads of phrases, in no phrase twice."""

    agents: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)
    oblique: list[tuple[str, Token]] = field(default_factory=list)  # preposition (lemma), head of its phrase
    owners: list[Token] = field(default_factory=list)  # of a noun: possessors, compounds and names before it
    modifiers: list[Token] = field(default_factory=list)  # of a noun: adjectives, compounds, numbers
    particles: set[str] = field(default_factory=set)
    clauses: list[Token] = field(default_factory=list)
    passive: bool = False
    doubtful: bool = False

    def at(self, prepositions: frozenset[str]) -> list[Token]:
        """Return the heads of the phrases with one of these prepositions."""
        return [head for preposition, head in self.oblique if preposition in prepositions]


def relation(token: Token) -> str:
    """Return a token's relation without its subtype."""
    return token.dep_.partition(":")[0]


def preposition_of(token: Token) -> str:
    """Return the preposition before a phrase's head, in small letters; "" for none."""
    case = next((child for child in token.children if child.dep_ == "case" and child.i < token.i), None)
    return case.lower_ if case is not None else ""


def with_conjuncts(token: Token) -> list[Token]:
    """Return a phrase's head and the heads that "and" or "or" joins to it, without verbs."""
    heads, joined = [token], False
    for head in heads:
        for child in head.children:
            joined = joined or child.dep_ == "cc"
            # "killed 15 and wounded 30": the parser may join the numbers over the second verb.
            if child.dep_ == "conj" and child.pos_ in _NOMINAL and child.nbor(-1).pos_ != "VERB":
                heads.append(child)
    return heads if joined else [token]


def verb_arguments(verb: Token) -> Arguments:
    """Return the arguments of a verb, with the subject that it shares with a verb it hangs from."""
    found = Arguments(passive=_is_passive(verb))
    subjects: list[Token] = []
    for child in verb.children:
        kind = relation(child)
        if child.dep_ in ("nsubj", "nsubj:outer"):
            subjects.append(child)
        elif child.dep_ == "nsubj:pass" or kind == "obj":
            found.objects.extend(with_conjuncts(child))
        elif child.dep_ == "compound:prt":
            found.particles.add(child.lower_)
        elif _is_bare_number(verb, child):
            found.objects.append(child)
        elif kind == "obl":
            _add_oblique(found, child)
        elif child.dep_ == "advmod" and child.lower_ in ("up", "down", "out", "back", "aside", "off"):
            found.particles.add(child.lower_)
        elif kind in _CLAUSAL or (child.dep_ == "advcl" and _is_infinitive(child)):
            found.clauses.append(child)
    if found.passive and verb.dep_ in ("acl", "acl:relcl") and not any(relation(c) == "aux" for c in verb.children):
        subjects = [subject for subject in subjects if subject.i < verb.i]
    if any(subject.i > verb.i for subject in subjects) or not _coordinated(subjects):
        found.doubtful = True
    else:
        found.agents.extend(head for subject in subjects for head in with_conjuncts(subject))
    if not found.objects and not found.passive:
        found.objects.extend(_shared_object(verb) or _number_after(verb))
    if not subjects:
        _inherit(verb, found)
    _put_right(verb, found)
    if found.passive and not found.objects and not found.doubtful and verb.dep_ != "conj":
        found.objects = _before_passive(verb)
    return found


def _before_passive(verb: Token) -> list[Token]:
    """Return the noun right before a passive's auxiliary: its subject, though the parser hung it from another verb."""
    first = next((child for child in verb.children if relation(child) == "aux"), verb)
    before = first.doc[first.i - 1] if first.i > first.sent.start else None
    return [before] if before is not None and first is not verb and before.pos_ in ("NOUN", "PROPN", "NUM") else []


def noun_arguments(noun: Token) -> Arguments:
    """Return the arguments of a noun: its phrases, and what comes before it."""
    found = Arguments()
    for child in noun.children:
        kind = relation(child)
        if child.dep_ in ("nmod:poss", "compound", "nmod:desc") or (kind == "nmod" and not preposition_of(child)):
            heads = list(with_conjuncts(child))
            if child.i < noun.i:
                found.owners.extend(heads)
                found.modifiers.extend(heads)
        elif kind == "amod" or kind == "nummod":
            found.modifiers.extend(with_conjuncts(child))
        elif kind in ("nmod", "obl"):
            _add_oblique(found, child)
        elif kind == "acl" and child.tag_ in ("VBG", "TO", "VB"):
            found.clauses.append(child)
    return found


def _add_oblique(found: Arguments, child: Token) -> None:
    if child.dep_ == "obl:unmarked":
        return
    preposition = preposition_of(child) or _preposition_before(child)
    if preposition:
        found.oblique.extend((preposition, head) for head in with_conjuncts(child))


def _is_bare_number(verb: Token, child: Token) -> bool:
    """Say whether a number right after a verb is its object, whatever its relation ("killed 15 and wounded 30")."""
    return (
        child.pos_ == "NUM"
        and 0 < child.i - verb.i <= 4
        and relation(child) in ("obl", "nummod", "dep", "nmod")
        and not preposition_of(child)
    )


def _preposition_before(head: Token) -> str:
    """Return the preposition that the parser gave to a name before the head ("in US strikes")."""
    at = head.i - 1
    while at > 0 and head.i - at < 4 and head.doc[at].pos_ in ("PROPN", "ADJ", "DET", "NUM"):
        at -= 1
    return head.doc[at].lower_ if at >= 0 and head.doc[at].dep_ == "case" and head.doc[at].head.i > at else ""


def _coordinated(subjects: list[Token]) -> bool:
    """Say whether there is one subject at most, or several joined by "and" that the parser hung side by side."""
    for first, second in pairwise(subjects):
        between = first.doc[first.i + 1 : second.i]
        if not any(token.dep_ == "cc" for token in between) or any(token.pos_ == "VERB" for token in between):
            return False
    return True


def _put_right(verb: Token, found: Arguments) -> None:
    """Take what the passive says: "by" names the agent; a participle after its noun has it as its object."""
    if found.passive:
        by = [(preposition, head) for preposition, head in found.oblique if preposition == "by"]
        if found.agents and not found.objects:
            found.objects, found.agents = found.agents, []  # "civilians killed": a subject without :pass
        found.agents = [head for _, head in by]
        found.oblique = [pair for pair in found.oblique if pair[0] != "by"]
    for agents in (found.agents, found.objects):
        agents[:] = [_antecedent(head, verb) for head in agents]


def _antecedent(head: Token, verb: Token) -> Token:
    if head.lower_ == "who" and verb.head.pos_ == "NOUN" and verb.head.tag_ == "NN" and verb.head.head.pos_ == "NOUN":
        return head  # "a person at the hospital who": the parser takes the nearest noun, which "who" may not mean
    if head.lower_ in _RELATIVE and verb.dep_ in ("acl:relcl", "advcl:relcl") and head.pos_ in ("PRON", "DET", "SCONJ"):
        return verb.head
    return head


def _is_passive(verb: Token) -> bool:
    if any(child.dep_ in ("nsubj:pass", "aux:pass", "csubj:pass", "obl:agent") for child in verb.children):
        return True
    bare = not any(relation(child) == "aux" for child in verb.children)
    if verb.tag_ == "VBN" and bare:
        if verb.dep_ in ("acl", "amod", "acl:relcl"):
            return not any(relation(child) == "obj" for child in verb.children)
        if verb.dep_ == "conj":
            return _is_passive(verb.head)
    return False


def _is_infinitive(token: Token) -> bool:
    return any(child.dep_ == "mark" and child.lower_ == "to" for child in token.children)


def _inherit(verb: Token, found: Arguments) -> None:
    """Give a verb without a subject the one that it shares: of the verb it is joined to or governed by, or its noun."""
    at = verb
    for _ in range(4):
        governor = at.head
        kind = relation(at)
        if governor.i == at.i:
            return
        if kind == "acl":
            if at.i > governor.i and governor.pos_ in _NOMINAL:
                _place(found, [governor] if at.tag_ in ("VBG", "VBN", "VBD") or at.dep_ == "acl:relcl" else [])
            return
        if kind not in ("conj", "xcomp") and not (kind == "advcl" and at.tag_ in ("VBG", "VBN") and _no_mark(at)):
            return
        if kind == "conj" and governor.tag_ != "VBN" and _is_attributive(verb):
            return
        if kind == "xcomp":
            objects = [child for child in governor.children if relation(child) in ("obj", "iobj")]
            if objects:
                _place(found, [head for child in objects for head in with_conjuncts(child)])
                return
        subjects = [child for child in governor.children if relation(child) == "nsubj"]
        if any(child.i > governor.i for child in subjects) or not _coordinated(subjects):
            found.doubtful = True
            return
        if subjects and subjects[0].i < verb.i:
            heads = [head for child in subjects for head in with_conjuncts(child)]
            _place(found, [_antecedent(head, governor) for head in heads])
            return
        at = governor


def _place(found: Arguments, heads: list[Token]) -> None:
    if found.passive:
        found.objects = found.objects or heads
    else:
        found.agents = heads


def _is_attributive(verb: Token) -> bool:
    """Say whether a participle may belong to the noun after it: "refugees and displaced people", not "injured 11"."""
    after = verb.nbor(1) if verb.i + 1 < len(verb.doc) else verb
    bare = after.head.i == verb.i and after.pos_ in ("NOUN", "PROPN")
    return verb.tag_ == "VBN" and bare and not any(relation(child) == "aux" for child in verb.children)


def _no_mark(verb: Token) -> bool:
    return not any(child.dep_ == "mark" for child in verb.children)


def _number_after(verb: Token) -> list[Token]:
    after = verb.doc[verb.i + 1 : verb.i + 2]
    return [token for token in after if token.pos_ == "NUM" and token.head.pos_ in ("VERB", "NUM")]


def _shared_object(verb: Token) -> list[Token]:
    """Return the object of a verb joined to this one right after it ("killed and wounded dozens")."""
    for child in verb.children:
        if child.dep_ == "conj" and child.pos_ == "VERB" and child.i - verb.i == 2:
            return [head for at in child.children if relation(at) == "obj" for head in with_conjuncts(at)]
    return []
