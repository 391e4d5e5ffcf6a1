"""How surely something is put, and whether it is said to have happened or not: from the words around its trigger.

The walk goes from the trigger up the tree, as long as what stands above bears on what lies below, and stops at the edge
of the words that one voice says: what lies beyond is its cue's affair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corroborate.model import Modality, Polarity, Span
from corroborate.read.attribution.cues import lemma_of
from corroborate.read.grammar import syntax
from corroborate.read.hedgewords import HedgeWords, hedge_words

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Certainty:
    """What is known of how something is put; `hedges` are the words that say so, in reading order."""

    modality: Modality
    polarity: Polarity
    hedges: tuple[Span, ...]
    flags: tuple[str, ...] = ()


@dataclass(slots=True)
class _Seen:
    """What the walk has met."""

    negations: int = 0
    hedged: bool = False
    speculated: bool = False
    words: set[int] = field(default_factory=set)
    flags: list[str] = field(default_factory=list)

    def hedge(self, token: Token) -> None:
        self.hedged = True
        self._mark(token)

    def speculate(self, token: Token) -> None:
        self.speculated = True
        self._mark(token)

    def _mark(self, token: Token) -> None:
        self.words.add(token.i)


UNLIKELY = -0.5
"""On UDS factuality's scale from -3 to 3. On EWT dev, of what the rules take for asserted, people hold 95% for what
happened where the encoder says 1.5 or more, and 10% where it says this or less. Of what the rules negate it knows no
better: where it says 1.5 or more, people are halved.
"""

# What a cue does to the certainty of what it introduces; the rest leave it as reported.
_SPECULATES = frozenset({"predicts", "orders", "doubts", "speculates", "asks"})


def certainty(trigger: Token, inside: frozenset[int] | None, cues: Sequence[str]) -> Certainty:
    """Return how what happens at `trigger` is put.

    `inside` are the tokens of the words of the voice (None: the whole sentence); `cues` are, from the outermost
    voice to the innermost, what each cue does; none where the writer speaks.
    """
    seen = _Seen()
    _walk(trigger, inside, seen)
    denied = False
    for does in cues:
        if does == "denies":
            denied = True
            seen.negations += 1
        elif does in _SPECULATES:
            seen.speculated = True
    _sentence_flags(trigger, seen)
    if _is_imperative(trigger):
        seen.speculated = True
    if cues and _is_conceded(trigger):
        seen.flags.append("rhetorical")
    modality: Modality = "asserted"
    if denied:
        modality = "denied"
    elif seen.speculated:
        modality = "speculated"
    elif cues:
        modality = "reported"
    elif seen.hedged:
        modality = "hedged"
    if seen.negations % 2 == 0 and _is_doubtful(trigger, modality):
        seen.flags.append("certainty_unsure")
    doc = trigger.doc
    words = [doc[i] for i in sorted(seen.words)]
    hedges = tuple(Span(start=t.idx, end=t.idx + len(t), text=t.text) for t in words)
    return Certainty(
        modality, "negated" if seen.negations % 2 else "affirmed", hedges, tuple(dict.fromkeys(seen.flags))
    )


def _is_doubtful(trigger: Token, modality: Modality) -> bool:
    """Say whether what the encoder learnt from people's judgements speaks against what the rules take as told."""
    happened = trigger._.happened if trigger.has_extension("happened") else None
    return happened is not None and happened <= UNLIKELY and modality not in ("speculated", "denied")


def _walk(trigger: Token, inside: frozenset[int] | None, seen: _Seen) -> None:
    words = hedge_words()
    at = trigger
    _beside(at, seen, words, is_trigger=True)
    for _ in range(30):  # The deepest tree of EWT dev has 10 arcs; this only guards against a loop.
        governor = at.head
        if governor.i == at.i or (inside is not None and governor.i not in inside):
            return
        relation = syntax.base(at)
        if relation == "conj":
            if not _shares(at, governor, seen, words):
                return
        elif relation in ("parataxis", "dislocated", "appos") or at.dep_ == "acl:relcl":
            return
        elif relation == "advcl":
            _adverbial(at, seen, words)
            return
        elif relation in ("xcomp", "ccomp", "csubj", "acl"):
            if (
                at.dep_ == "acl"
                and governor.pos_ == "NOUN"
                and (_is_infinitive(at) or _is_aimed_at(at, governor, words))
            ):
                seen.speculated = True  # "the operation to take the city"
                seen.flags.append("intended")
            _selected(at, governor, seen, words)
            _beside(governor, seen, words, is_trigger=False)
        elif relation in ("nsubj", "obj", "obl", "nmod", "iobj", "compound", "amod", "nummod"):
            if relation in ("nsubj", "obj", "obl") and governor.pos_ == "VERB":
                _selected(at, governor, seen, words)
            if relation == "nmod" and _is_aimed_at(at, governor, words):
                seen.speculated = True
                seen.flags.append("intended")
            if not _carries(at, governor, relation, words):
                return
            _beside(governor, seen, words, is_trigger=False)
        at = governor


def _carries(at: Token, governor: Token, relation: str, words: HedgeWords) -> bool:
    """Say whether what holds of a governor holds of a happening that is only named under it.

    "The attack did not happen", "they carried out no attack" and "no sign of an attack": it does. "The attack did not
    stop them", "they could not watch the attack": what is said there is said of something else.
    """
    if at.pos_ in ("VERB", "AUX", "ADJ") or at.tag_ == "VBN" or lemma_of(at) in words.counts:
        return True
    if governor.pos_ in ("VERB", "AUX"):
        lemma = lemma_of(governor)
        if lemma in words.negating_verbs or lemma in words.selecting:
            return True
        takes_place = relation == "nsubj" and (lemma in words.occurs or syntax.is_passive(governor))
        done = (relation == "obj" or at.dep_ == "nsubj:pass") and lemma in words.done
        done = done or (relation == "obl" and lemma in words.results)
        return (takes_place and (not syntax.is_passive(governor) or lemma in words.done)) or done
    if governor.pos_ in ("NOUN", "PROPN"):
        # A predicate's noun is what something is said to be; its complement is not.
        if lemma_of(governor) in words.counts:
            return True
        if relation == "nmod" and lemma_of(governor) in words.given | words.ventures:
            return False  # "if you have information on the shelling": it took place all the same
        predicate = any(c.dep_ == "cop" for c in governor.children)
        return not predicate and relation in ("nmod", "compound")
    return False


def _beside(node: Token, seen: _Seen, words: HedgeWords, *, is_trigger: bool) -> None:
    """Take up what stands directly by a word: auxiliaries, adverbs, determiners, the mark of its clause."""
    for child in node.children:
        lower, relation = child.lower_, syntax.base(child)
        if relation == "aux" and lower in words.modals and child.tag_ == "MD":
            if not (lower == "could" and _is_negated(node, words) and not _is_perfect(node)):
                seen.speculate(child)  # "could not enter" is what happened, "could not have known" is a guess
        elif relation == "aux" and lower in ("had", "were", "should") and _is_inverted(child, node):
            seen.speculate(child)
            seen.flags.append("conditional")
        elif relation == "aux" and lower in words.obliging and is_trigger and not _is_perfect(node):
            seen.speculate(child)
        elif relation in ("advmod", "neg", "det", "cc", "discourse") and lower in words.negations:
            if is_trigger or relation != "det" or node.pos_ == "NOUN":
                _negate(child, seen, words)
        elif relation in ("advmod", "discourse", "amod") and lower in words.hedges:
            if is_trigger or relation != "amod":
                seen.hedge(child)
        elif relation in ("advmod", "amod") and lower in words.possible:
            if is_trigger or relation != "amod":
                seen.speculate(child)
        elif relation == "mark" and lower in words.conditional:
            seen.speculate(child)
            seen.flags.append("conditional")
        elif child.dep_ in ("mark", "case") and lower in words.without:
            seen.negations += 1
        elif relation == "advcl" and any(c.dep_ == "mark" and c.lower_ == "if" for c in child.children):
            seen.speculated = True
            seen.flags.append("conditional")
        elif is_trigger and relation == "nsubj" and _is_infinitive(node) and lemma_of(child) in words.possible_nouns:
            seen.speculate(child)  # "the plan is to take the town"
        elif is_trigger and relation in ("nsubj", "obj") and node.pos_ in ("VERB", "AUX"):
            _negative_argument(child, seen, words)


def _is_negated(verb: Token, words: HedgeWords) -> bool:
    return any(c.lower_ in words.negations and syntax.base(c) in ("advmod", "neg") for c in verb.children)


def _is_perfect(verb: Token) -> bool:
    return any(syntax.base(c) == "aux" and c.lower_ == "have" for c in verb.children)


def _is_inverted(auxiliary: Token, verb: Token) -> bool:
    """Say whether an auxiliary stands before its subject with no question asked: "had they bombed it, ..."."""
    subject = syntax.own_subject(verb)
    asked = any(t.text == "?" for t in verb.sent) or any(c.tag_ in ("WRB", "WP", "WDT") for c in verb.children)
    first = auxiliary.i == min(i for i in syntax.subtree(verb) if not verb.doc[i].is_punct)
    return subject is not None and auxiliary.i < subject.i and first and not asked


def _negative_argument(argument: Token, seen: _Seen, words: HedgeWords) -> None:
    """ "No civilians were killed", "neither X nor Y is targeting Z", "nobody fled"."""
    if argument.lower_ in words.negative_pronouns:
        seen.negations += 1
        return
    for child in argument.children:
        if child.lower_ in words.negative_determiners and child.dep_ in ("det", "cc:preconj", "cc", "advmod"):
            _negate(child, seen, words)
            return


def _negate(word: Token, seen: _Seen, words: HedgeWords) -> None:
    after = word.nbor(1).lower_ if word.i + 1 < len(word.doc) else ""
    if (word.lower_, after) not in words.not_negating:
        seen.negations += 1


def _shares(at: Token, first: Token, seen: _Seen, words: HedgeWords) -> bool:
    """Take over what the first of two joined verbs has for both; say whether the walk goes on above them."""
    if syntax.own_subject(at) is not None:
        # A clause of its own: only what stands above both bears on it ("said that A and that B").
        return True
    bare = at.tag_ == "VB"
    either = any(c.dep_ == "cc" and c.lower_ in ("or", "nor") for c in at.children)
    for child in first.children:
        if syntax.base(child) == "mark" and child.lower_ in words.conditional:
            seen.speculate(child)
            seen.flags.append("conditional")
        elif syntax.base(child) == "aux" and child.tag_ == "MD" and child.lower_ in words.modals and bare:
            seen.speculate(child)
        elif child.lower_ in words.negations and syntax.base(child) in ("advmod", "neg") and (either or bare):
            _negate(child, seen, words)
        elif child.lower_ in words.hedges and syntax.base(child) == "advmod" and child.i < first.i:
            seen.hedge(child)
    return True


def _adverbial(at: Token, seen: _Seen, words: HedgeWords) -> None:
    """A clause of purpose says what is meant to happen ("in order to create"); others stand for themselves."""
    if _is_infinitive(at) or _is_aimed_at(at, at.head, words):
        seen.speculated = True
        seen.flags.append("intended")


def _is_aimed_at(at: Token, governor: Token, words: HedgeWords) -> bool:
    """Say whether a happening is what a word names as meant: "aimed at taking", "the battle for the capture of"."""
    case = next((c.lower_ for c in at.children if c.dep_ in ("mark", "case") and c.i < at.i), "")
    if at.tag_ == "VBG":
        return case in ("at", "for", "of") and lemma_of(governor) in words.selecting | words.possible_nouns
    return case == "for" and lemma_of(governor) in words.ventures


def _is_infinitive(verb: Token) -> bool:
    return verb.tag_ == "VB" and any(c.dep_ == "mark" and c.lower_ == "to" for c in verb.children)


def _is_imperative(verb: Token) -> bool:
    """Say whether a verb asks for what it names: "stop the shelling"."""
    alone = not any(syntax.base(c) in ("nsubj", "aux", "mark") for c in verb.children)
    if verb.tag_ != "VB" or not alone:
        return False
    return verb.dep_ in ("ROOT", "parataxis") or (verb.dep_ == "conj" and _is_imperative(verb.head))


def _selected(at: Token, governor: Token, seen: _Seen, words: HedgeWords) -> None:
    """Take up what a verb, noun or adjective makes of what it governs: "failed to", "is believed to have"."""
    lemma, relation = lemma_of(governor), syntax.base(at)
    clausal = relation in ("xcomp", "ccomp", "csubj", "acl")
    if governor.pos_ in ("VERB", "AUX"):
        weak = lemma in words.hedging_verbs or (lemma in words.hedging_passives and syntax.is_passive(governor))
        if clausal and weak:
            seen.hedge(governor)
        elif lemma in words.negating_verbs and (clausal or (relation == "obj" and at.pos_ in ("NOUN", "VERB"))):
            seen.negations += 1
        elif lemma in words.selecting and (clausal or relation == "obj" or (relation == "obl" and _is_aim(at))):
            seen.speculate(governor)
    elif governor.pos_ in ("ADJ", "ADV") or governor.tag_ == "VBN":
        if governor.lower_ in words.unable:
            seen.negations += 1
        elif governor.lower_ in words.hedges:
            seen.hedge(governor)
        elif governor.lower_ in words.adjectives_to or governor.lower_ in words.possible:
            seen.speculate(governor)
    elif governor.pos_ == "NOUN" and lemma in words.possible_nouns and (clausal or relation == "nmod"):
        seen.speculate(governor)


def _is_aim(at: Token) -> bool:
    """Say whether a happening is what is meant ("called for a strike"), not an occasion ("sought in the killing")."""
    return not any(c.dep_ == "case" and c.lower_ in _OCCASIONS for c in at.children)


_OCCASIONS = frozenset(["in", "after", "over", "during", "since", "by"])


def _sentence_flags(trigger: Token, seen: _Seen) -> None:
    sent = trigger.sent
    words = [t for t in sent if not t.is_space]
    if words and words[-1].text == "?" and not any(t.text in '"“”' for t in words):
        seen.speculated = True
        seen.flags.append("question")
    doc = trigger.doc
    before = doc[max(0, trigger.i - 3) : trigger.i].text.lower()
    if any(form in before for form in hedge_words().so_called):
        seen.flags.append("so_called")
    opened = next(
        (k for k in range(trigger.i - 1, max(sent.start - 1, trigger.i - 3), -1) if doc[k].text in '"“‘'), None
    )
    closed = next((k for k in range(trigger.i + 1, min(sent.end, trigger.i + 4)) if doc[k].text in '"”’'), None)
    if opened is not None and closed is not None and closed - opened <= 4:
        seen.flags.append("scare_quotes")


def _is_conceded(trigger: Token) -> bool:
    """Say whether something stands under a form that names it only to be set aside ("some may argue that ...")."""
    before = trigger.doc[trigger.sent.start : trigger.i].text.lower()
    return any(form in before for form in hedge_words().conceded)
