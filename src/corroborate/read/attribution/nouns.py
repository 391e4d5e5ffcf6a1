"""Attributions that a noun or "according to" makes: "X's claim that ...", "reports of ...", "according to X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from corroborate.read.attribution.cues import Cues, lemma_of
from corroborate.read.attribution.reading import IsOutlet, Reading, below, can_tell, case_of, is_happening, mark_of
from corroborate.read.grammar import syntax

if TYPE_CHECKING:
    from spacy.tokens import Token

# With these a noun of saying is somebody's own: "made the claim that", "issued a statement saying".
_LIGHT = frozenset(
    {
        "make",
        "issue",
        "release",
        "repeat",
        "publish",
        "give",
        "present",
        "post",
        "broadcast",
        "put",
        "air",
        "carry",
        "file",
        "level",
    }
)
# What takes what is reported by "of" ("reports of an attack"); "the statement of the army" means whose it is.
_OF_CONTENT = frozenset(
    {"report", "allegation", "claim", "rumour", "rumor", "accusation", "news", "evidence", "fear", "account"}
)
_NOMINAL = ("NOUN", "PROPN", "PRON", "NUM", "ADJ", "X", "SYM")


def according_to(token: Token) -> Reading | None:
    """Read "according to X": X hangs on the clause, "according" on X (or, by some parses, the other way round)."""
    follows = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if follows is None or follows.lower_ != "to":
        return None
    source = token.head if token.head.i > token.i else None
    hinge: Token | None = source
    if source is None or source.pos_ not in _NOMINAL:
        source = next((c for c in syntax.children(token, "obl", "nmod", "obj") if c.i > token.i), None)
        hinge = token
    if source is None:
        # "according" hung somewhere before: the phrase that begins behind "to" is the source all the same.
        source = follows.nbor(1) if follows.i + 1 < token.sent.end else None
        while (
            source is not None
            and follows.i < source.head.i < token.sent.end
            and source.head.i != source.i
            and source.head.pos_ in _NOMINAL
        ):
            source = source.head
        hinge = source
    if source is None or hinge is None or source.i < token.i or source.pos_ not in _NOMINAL or hinge.head.i == hinge.i:
        return None
    if any(c.tag_ == "PRP$" for c in source.children) and not can_tell(source):
        return None  # "sorted according to their type"
    clause = syntax.clause_head(hinge.head)
    content = syntax.subtree(clause, without=(hinge.i, token.i))
    # What stands in brackets of another clause is not spoken for: "X said A, according to Y" gives Y the whole.
    return Reading(
        anchor=token.i,
        cue=(token.i, token.i + 2),
        source=source.i,
        content=frozenset(content),
        does="asserts",
        rule="according to",
    )


def noun_reading(noun: Token, lexicon: Cues, is_outlet: IsOutlet) -> Reading | None:
    """Read "X's claim that ...", "reports of ...", "a statement by X saying ..."."""
    lemma = lemma_of(noun)
    clauses = [c for c in syntax.children(noun, "acl", "ccomp") if c.dep_ != "acl:relcl" and mark_of(c) == "that"]
    content = set().union(*(syntax.subtree(c) for c in clauses)) if clauses else set()
    if not content and lemma in _OF_CONTENT:
        things = [
            c for c in syntax.children(noun, "nmod", "acl") if (case_of(c) or mark_of(c)) == "of" and is_happening(c)
        ]
        content = set().union(*(syntax.subtree(c) for c in things)) if things else set()
    if not content:
        return None
    source, rule, nobody = _owner(noun, lexicon)
    if any(c.lower_ in ("no", "few", "little", "neither") for c in noun.children):
        # "there were no reports of an attack": nobody's account.
        return Reading(
            anchor=noun.i, cue=(noun.i, noun.i + 1), source=None, content=frozenset(content - {noun.i}),
            does="doubts", rule="noun, negated", flags=("not_said",),
        )  # fmt: skip
    named = [c for c in syntax.children(noun, "compound") if c.pos_ == "PROPN"]
    bare = noun.tag_ == "NNS" and named and not any(c.dep_ == "det" for c in noun.children)
    if bare and (source is None or case_of(source) == "from"):
        # "[the agency] reports that": noun or verb, where there are no capitals or commas to tell; of an agency it is
        # the same either way, also where it stands from where ("wire reports from geneva that").
        agency = noun.nbor(-1)
        if agency in syntax.children(noun, "compound") and is_outlet(agency):
            return Reading(
                anchor=noun.i, cue=(noun.i, noun.i + 1), source=agency.i, content=frozenset(content - {noun.i}),
                does=lexicon.nouns[lemma], rule="noun, an agency's",
            )  # fmt: skip
    if bare and source is None:
        return Reading(
            anchor=noun.i, cue=(noun.i, noun.i + 1), source=None, content=frozenset(content - {noun.i}),
            does=lexicon.nouns[lemma], rule="noun or verb", flags=("speakers_disagree",),
        )  # fmt: skip
    does = lexicon.nouns[lemma]
    governor = noun.head
    if syntax.base(noun) == "obj" and governor.pos_ == "VERB" and source is None:
        maker, _ = syntax.subject(governor)
        if lemma_of(governor) in _LIGHT and maker is not None:
            source, rule = maker, "made by"
    if source is None and noun.pos_ == "NOUN":
        source, rule, nobody = noun, "the noun itself", False
    content -= below(source) if source is not None and source.i != noun.i else {noun.i}
    return Reading(
        anchor=noun.i, cue=(noun.i, noun.i + 1), source=source.i if source is not None else None,
        content=frozenset(content),
        does=does, rule=f"noun, {rule}", nobody=nobody,
    )  # fmt: skip


def _owner(noun: Token, lexicon: Cues) -> tuple[Token | None, str, bool]:
    for child in syntax.children(noun, "nmod:poss"):
        if child.pos_ in ("NOUN", "PROPN", "PRON"):
            return child, "possessor", False
    for child in syntax.children(noun, "nmod"):
        if case_of(child) in ("by", "from") and child.ent_type_ != "LOC" and child.pos_ in ("NOUN", "PROPN", "PRON"):
            return child, "by", False
    return None, "", True
