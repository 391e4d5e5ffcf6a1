"""Attributions that the parse alone shows: one reading for each cue, by the rule that its frame fits.

The frames are those of Quirk et al., A Comprehensive Grammar of the English Language (1985): reported clauses (14.28),
"as"-clauses (15.54), passives with "it" and with a raised subject (16.34), nouns with appositive clauses (17.26).
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from corroborate.read.attribution.cues import Cues, lemma_of
from corroborate.read.attribution.final import is_arms, rest_before, speaker_before
from corroborate.read.attribution.nouns import according_to, noun_reading
from corroborate.read.attribution.reading import (
    IsOutlet,
    Reading,
    antecedent,
    below,
    can_tell,
    case_of,
    is_happening,
    mark_of,
)
from corroborate.read.grammar import syntax

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Of the verbs that need a clause, those that an "as" clause is made of as well ("as the footage shows").
_AS_WELL = frozenset({"show", "indicate", "describe", "observe", "demonstrate", "find"})


def readings(doc: Doc, lexicon: Cues, is_outlet: IsOutlet) -> list[Reading]:
    """Return the attributions that the parse shows, in the order of their cues."""
    found: dict[int, Reading] = {}
    for token in doc:
        if token.is_space or token.is_punct:
            continue
        reading: Reading | None = None
        if token.lower_ == "according":
            reading = according_to(token)
        elif lexicon.does(token) is not None:
            reading = (
                noun_reading(token, lexicon, is_outlet) if token.pos_ == "NOUN" else _verb(token, lexicon, is_outlet)
            )
        if reading is not None and reading.content:
            found[reading.anchor] = reading
    return [_cited(doc, reading, lexicon, is_outlet) for _, reading in sorted(found.items())]


def _verb(verb: Token, lexicon: Cues, is_outlet: IsOutlet) -> Reading | None:
    lemma = lemma_of(verb)
    if lemma in lexicon.quotes_object and not _as_saying(verb) and not syntax.is_passive(verb):
        return None  # A hop of the reading that it stands in: see _cited.
    if is_purpose(verb):
        return None
    flags: tuple[str, ...]
    content, rule, flags = _content(verb, lexicon)
    if not content:
        content, rule, flags = rest_before(verb), "speech before at the end", ()
    if not content:
        content, rule, flags = _sentence_before(verb, lexicon), "speech in the sentence before", ()
    if not content:
        return None
    does = lexicon.verbs[lemma]
    if any(
        c.lower_ in ("not", "n't", "n’t", "never", "neither") for c in syntax.children(verb, "advmod", "neg")
    ) and does not in ("denies", "doubts"):
        # "did not confirm that ...": the words under it are nobody's account.
        return _reading(
            verb,
            None,
            content - below(syntax.own_subject(verb)),
            "doubts",
            rule + ", negated",
            flags=(*flags, "not_said"),
        )
    passive = syntax.is_passive(verb)
    if passive:
        if is_weakened(verb, lexicon):
            return None
        agent = next((c for c in syntax.children(verb, "obl") if case_of(c) == "by"), None)
        if agent is None and verb.tag_ == "VBN" and lemma in lexicon.quotes_object and _as_saying(verb):
            # "X was quoted as saying that ..."
            agent = syntax.own_subject(verb)
        return _reading(verb, agent, content - below(agent), does, rule + " passive", nobody=agent is None, flags=flags)
    source, how = syntax.subject(verb)
    if source is None or is_arms(source):
        source = speaker_before(verb)
        if source is not None:
            how = "hung elsewhere"
            content -= frozenset(range(*syntax.noun_phrase(source)))
    if lemma in lexicon.quotes_object:
        quoted = next(iter(syntax.children(verb, "obj")), None)
        citing: tuple[int, ...] = (source.i,) if source is not None else ()
        return _reading(verb, quoted, content - below(quoted), does, "quoted as saying", via=citing, flags=flags)
    if rule == "as-clause" and how in ("controlled", "modified"):
        # "as stated in the report": where it is said stands behind it; the main clause's subject does not say it.
        source = next((c for c in syntax.children(verb, "obl") if case_of(c) in ("in", "by") and can_tell(c)), None)
    if source is not None and source.pos_ == "PRON" and source.lower_ in ("it", "there") and source.dep_ == "expl":
        source = None
    spared = below(source)
    if source is not None and source.pos_ == "PRON" and source.tag_ in ("WDT", "WP"):
        source, how = antecedent(source, syntax.clause_head(verb).head), "own, relative"
    via = tuple(a.i for a in _addressees(verb, lexicon) if is_outlet(a))
    if verb.head.i == verb.i and mark_of(verb) in _SUBORDINATORS and not _has_main_clause(verb):
        flags = (*flags, "main_clause_missing")
    if how in ("controlled", "modified") and source is not None and _echoing(verb):
        does = "echoes"
    # A subject behind the verb is the speaker only where what is said stands before both ("..., said X").
    if source is not None and source.i > verb.i and how == "own" and min(content) > verb.i:
        flags = (*flags, "subject_behind")
    return _reading(verb, source, content - spared, does, f"{rule}, {how or 'no'} subject", via=via, flags=flags)


def _content(verb: Token, lexicon: Cues) -> tuple[frozenset[int], str, tuple[str, ...]]:
    """Return what a verb of saying gives as said, by which rule, and what makes that doubtful."""
    lemma = lemma_of(verb)
    clauses = [c for c in syntax.children(verb, "ccomp") if not _is_question(c) or lemma in lexicon.asks]
    hung = syntax.base(verb) in ("parataxis", "discourse") and verb.head.i != verb.i
    flags: tuple[str, ...] = ()
    if _is_as_clause(verb) and not clauses and (lemma not in lexicon.clause_only or lemma in _AS_WELL):
        matrix = verb.head
        return frozenset(syntax.subtree(syntax.clause_head(matrix), without=(verb.i,))), "as-clause", ()
    if clauses:
        sure = [c for c in clauses if _marked(c)]
        before, behind = [c for c in clauses if c.i < verb.i], [c for c in clauses if c.i > verb.i]
        if before and behind and not sure:
            flags = ("two_complements",)
        chosen = sure if before and behind and sure else clauses
        if hung and not sure and verb.head.i < verb.i:
            flags = ("two_complements",)
        content = set().union(*(syntax.subtree(c) for c in chosen))
        return frozenset(content), "clause", flags
    spoken = [
        c for c in verb.children if syntax.base(c) == "parataxis" and c.i > verb.i and _opened(verb.doc, verb.i, c)
    ]
    if spoken:
        return frozenset(set().union(*(syntax.subtree(c) for c in spoken))), "speech behind", ()
    if hung:
        return frozenset(syntax.subtree(verb.head, without=(verb.i,))), "speech before", ()
    if lemma in lexicon.quotes_object and (saying := _as_saying(verb)) is not None:
        inner = syntax.children(saying, "ccomp", "obj", "parataxis")
        return frozenset(set().union(*(syntax.subtree(c) for c in inner)) if inner else ()), "as saying", ()
    if lemma in lexicon.charges_object:
        return _charge(verb), "charge", ()
    if lemma in lexicon.figure_content:
        return _figure_put(verb, lexicon), "figure", ()
    infinitive = next((c for c in syntax.children(verb, "xcomp") if c.pos_ in ("VERB", "AUX", "ADJ", "NOUN")), None)
    if infinitive is not None and lemma not in lexicon.clause_only and lemma not in lexicon.asks:
        raised = syntax.own_subject(verb) if syntax.is_passive(verb) else None
        return (
            frozenset(syntax.subtree(infinitive) | (below(raised) if raised is not None else set())),
            "infinitive",
            (),
        )
    if lemma in lexicon.noun_content and lemma not in lexicon.clause_only:
        things = syntax.children(verb, "nsubj:pass") if syntax.is_passive(verb) else syntax.children(verb, "obj")
        spared = [t for t in things if t.pos_ in ("NOUN", "PROPN", "VERB") and not _anaphoric(t, lexicon)]
        return frozenset(set().union(*(syntax.subtree(t) for t in spared)) if spared else ()), "noun phrase", ()
    return frozenset(), "", ()


# Verbs that say nothing without what is said; alone in a sentence they look back ("X told the agency").
_INCOMPLETE = frozenset({"say", "tell", "add", "write", "note"})
_ALONE_WORDS = 14


def _sentence_before(verb: Token, lexicon: Cues) -> frozenset[int]:
    """Return the sentence before one that has nothing but a speaker, a verb of saying and who was told."""
    sent = verb.sent
    bare = lemma_of(verb) in _INCOMPLETE and verb.head.i == verb.i and sum(not t.is_space for t in sent) <= _ALONE_WORDS
    if (
        not bare
        or not sent.start
        or syntax.own_subject(verb) is None
        or any(syntax.base(c) in ("obj", "xcomp") and lemma_of(verb) != "tell" for c in verb.children)
    ):
        return frozenset()
    if lemma_of(verb) == "tell" and not _addressees(verb, lexicon):
        return frozenset()
    before = sent.doc[sent.start - 1].sent
    if any(t.is_space and t.text.count("\n") > 1 for t in (sent[0], before[-1])):
        return frozenset()
    return frozenset(t.i for t in before)


_NOT_YET = frozenset({"may", "might", "could", "will"})
_SUBORDINATORS = frozenset({"while", "although", "though", "whereas"})


def _has_main_clause(verb: Token) -> bool:
    """Say whether a clause beside that of `verb` could be the main one: one that hangs on it loosely."""
    return any(syntax.base(c) == "parataxis" for c in verb.children)


def is_purpose(verb: Token) -> bool:
    """Say whether a verb is only what somebody means to do ("a push to claim the city"), not what they say."""
    infinitive = verb.tag_ == "VB" and any(c.dep_ == "mark" and c.lower_ == "to" for c in verb.children)
    return infinitive and syntax.base(verb) in ("acl", "advcl") and verb.head.pos_ in ("NOUN", "PROPN")


def is_weakened(verb: Token, lexicon: Cues) -> bool:
    """Say whether a verb of thought only weakens the writer's own words ("is expected to meet", "it is believed that").

    See read/certainty.py for what becomes of these.
    """
    thought = lexicon.verbs.get(lemma_of(verb)) in ("thinks", "speculates", "predicts")
    return thought and syntax.is_passive(verb) and not any(case_of(c) == "by" for c in syntax.children(verb, "obl"))


def _charge(verb: Token) -> frozenset[int]:
    """Return whom and what a verb of blame charges: "accused [X of bombing Y]", "blamed [X for the strike]"."""
    things = syntax.children(verb, "nsubj:pass") if syntax.is_passive(verb) else syntax.children(verb, "obj")
    deeds = [
        c
        for c in verb.children
        if syntax.base(c) in ("obl", "advcl", "xcomp") and (case_of(c) or mark_of(c)) in ("of", "for", "on", "with")
    ]
    deeds += [
        c for t in things for c in syntax.children(t, "nmod", "acl") if (case_of(c) or mark_of(c)) in ("of", "for")
    ]
    if not things or not deeds:
        return frozenset()
    return frozenset(set().union(*(syntax.subtree(t) for t in [*things, *deeds])))


def _figure_put(verb: Token, lexicon: Cues) -> frozenset[int]:
    """Return what is counted and the figure in "put [the number of dead] [at 44]"; nothing where nothing is counted.

    The figure is looked for wherever the parser hung it ("put the number of dead in Sarrat at 44").
    """
    counted = [c for c in syntax.children(verb, "obj") if lemma_of(c) in lexicon.figure_nouns]
    figures = [t for t in verb.sent if t.i > verb.i + 1 and t.like_num and t.nbor(-1).lower_ == "at"]
    if not counted or not figures:
        return frozenset()
    low = min(min(syntax.subtree(c)) for c in counted)
    high = max(max(syntax.subtree(c)) for c in [*counted, *figures])
    return frozenset(range(low, high + 1)) if low > verb.i else frozenset()


def _cited(doc: Doc, reading: Reading, lexicon: Cues, is_outlet: IsOutlet) -> Reading:
    """Return a reading with the one cited in it as its source: "reported, citing officials"."""
    anchor = doc[reading.anchor]
    if reading.source is not None:
        for child in syntax.children(doc[reading.source], "acl"):
            if child.tag_ == "VBN" and lemma_of(child) in lexicon.quotes_object:
                # "the mayor, quoted by the agency, said": the agency is on the way.
                agents = [a for a in syntax.children(child, "obl") if case_of(a) == "by" and is_outlet(a)]
                reading = replace(reading, via=(*reading.via, *(a.i for a in agents)))
    near = [anchor, *(() if reading.source is None else (doc[reading.source],))]
    for governor in near:
        for child in (*governor.children, *_next_word(anchor)):
            if child.tag_ != "VBG" or lemma_of(child) not in lexicon.quotes_object or child.i == reading.anchor:
                continue
            cited = next(iter(syntax.children(child, "obj")), None)
            if cited is None or cited.i == reading.source:
                continue
            via = (*reading.via, *((reading.source,) if reading.source is not None else ()))
            content = reading.content - frozenset(syntax.subtree(child))
            return replace(
                reading, source=cited.i, via=via, content=content, rule=reading.rule + ", citing", nobody=False
            )
    return reading


def _next_word(token: Token) -> list[Token]:
    """Return the word behind a token, over punctuation: "said, citing" however the parser hung it."""
    behind = next((t for t in token.doc[token.i + 1 : token.sent.end] if not t.is_punct and not t.is_space), None)
    return [behind] if behind is not None else []


def _reading(
    verb: Token, source: Token | None, content: frozenset[int] | set[int], does: str, rule: str,
    *, via: tuple[int, ...] = (), nobody: bool = False, flags: tuple[str, ...] = (),
) -> Reading:  # fmt: skip
    group = [verb.i, *(c.i for c in verb.children if syntax.base(c) in ("aux", "neg") or c.dep_ == "compound:prt")]
    low = verb.i
    while low - 1 in group:
        low -= 1
    high = verb.i + 1
    while high in group:
        high += 1
    kept = frozenset(i for i in content if not low <= i < high)
    if does in ("asserts", "concedes", "thinks") and any(verb.doc[i].lower_ in _NOT_YET for i in range(low, high)):
        does = "speculates"  # "some may argue that": nobody has said it yet
    return Reading(
        anchor=verb.i, cue=(low, high), source=source.i if source is not None else None, content=kept, does=does,
        rule=rule,        via=via, nobody=nobody, flags=flags,
    )  # fmt: skip


def _addressees(verb: Token, lexicon: Cues) -> list[Token]:
    lemma = lemma_of(verb)
    found = syntax.children(verb, "obj", "iobj") if lemma in lexicon.addressee_object else []
    if lemma in lexicon.addressee_to or lemma in lexicon.addressee_object:
        found += [c for c in syntax.children(verb, "obl") if case_of(c) == "to"]
    if lemma in lexicon.addressee_to:
        # "said in an interview with the agency": the interviewer stands under the noun.
        talks = [
            c
            for c in syntax.children(verb, "obl")
            if lemma_of(c) in ("interview", "statement", "call", "briefing", "comment", "remark")
        ]
        found += [n for c in talks for n in syntax.children(c, "nmod") if case_of(n) in ("with", "to")]
    return found


def _as_saying(verb: Token) -> Token | None:
    """Return the "saying" of "quoted X as saying"."""
    return next(
        (c for c in syntax.children(verb, "advcl", "xcomp", "obl", "acl") if c.tag_ == "VBG" and mark_of(c) == "as"),
        None,
    )


def _is_as_clause(verb: Token) -> bool:
    return syntax.base(verb) in ("advcl", "parataxis") and verb.tag_ != "VBG" and any(
        c.lower_ == "as" and c.dep_ in ("mark", "advmod", "case") and c.i < verb.i for c in verb.children
    )  # fmt: skip


def _echoing(verb: Token) -> bool:
    governor = verb.head
    return lemma_of(governor) in ("echo", "parrot") and syntax.base(verb) in ("advcl", "xcomp", "conj", "parataxis")


def _anaphoric(token: Token, lexicon: Cues) -> bool:
    """Say whether a noun only points at what was said ("these claims"), with nothing said in it."""
    if lemma_of(token) not in lexicon.nouns:
        return False
    return not any(
        syntax.base(c) in ("acl", "ccomp") or (case_of(c) == "of" and is_happening(c)) for c in token.children
    )


def _opened(doc: Doc, at: int, clause: Token) -> bool:
    """Say whether a colon, a comma or a quotation mark leads from a cue to what hangs loosely behind it."""
    low = min(syntax.subtree(clause))
    return any(doc[k].text in {":", '"', "“", "''", "``", ","} for k in range(at + 1, min(low + 2, len(doc))))


def _marked(clause: Token) -> bool:
    return any(c.dep_ == "mark" and c.lower_ in ("that", "whether") for c in clause.children)


def _is_question(clause: Token) -> bool:
    return any(c.tag_ in ("WP", "WRB", "WDT") and c.i < clause.i for c in clause.children) or any(
        c.dep_ == "mark" and c.lower_ in ("whether", "if") for c in clause.children
    )
