"""What the encoder found, written into a spaCy `Doc`; and a text as words, taken out of one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from spacy.tokens import Doc, Span, SpanGroup, Token
from spacy.vocab import Vocab

from corroborate.read.encoder import chain
from corroborate.read.encoder.decode import Parsed, Words
from corroborate.read.encoder.lemma import lemma

ROLES = ("source", "cue", "content")
"""The kinds of attribution span, each a key of `doc.spans`."""
NAMED = ("PERSON", "ORG", "LOC")
"""The kinds of name that both heads know: among the entities these come from the head for proper names."""
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")


def register() -> None:
    """Register `token._.boundary`, `token._.happened` and `span._.score`; what they read lies in the document's
    `user_data`.
    """
    Token.set_extension("boundary", getter=_boundary, force=True)
    Token.set_extension("happened", getter=_happened, force=True)
    Span.set_extension("score", getter=_score, force=True)


def _boundary(token: Token) -> float:
    found = token.doc.user_data.get("boundary")
    return float(found[token.i]) if found is not None else 0.0


def _happened(token: Token) -> float | None:
    found = token.doc.user_data.get("happened")
    return float(found[token.i]) if found is not None and not token.is_space else None


def _score(span: Span) -> float | None:
    scores: dict[str, float] = span.doc.user_data.get("attribution", {})
    return scores.get(_key(span))


def _key(span: Span) -> str:
    # A string, since a document that is written out and read back keeps no tuples.
    return f"{span.label_}:{span.start}:{span.end}"


def words_of(tokens: Doc, breaks: Sequence[int] = ()) -> Words:
    """Return the words of a tokenised text without its white space.

    A paragraph begins after a blank line, and at the first word that ends after an offset of `breaks`.
    """
    words, marks = [], []
    wanted = sorted(breaks)
    k, pending = 0, True
    for token in tokens:
        if token.is_space:
            pending = pending or _BLANK_LINE.search(token.text) is not None
            continue
        while k < len(wanted) and wanted[k] < token.idx + len(token):
            pending, k = True, k + 1
        words.append(token.text)
        marks.append(pending)
        pending = False
    return Words(words, np.array(marks, dtype=np.bool_))


def write(vocab: Vocab, tokens: Doc, parsed: Parsed) -> Doc:
    """Return `tokens` with everything that was found about its words. White space hangs from the word before it, or
    else the one after.
    """
    n, at = len(tokens), [i for i, token in enumerate(tokens) if not token.is_space]
    if not at:
        return _bare(vocab, tokens)
    index = np.array(at, dtype=np.int64)
    words = [token.text for token in tokens]
    spaces = [bool(token.whitespace_) for token in tokens]
    pos, tags, deps = ["SPACE"] * n, ["_SP"] * n, ["dep"] * n
    lemmas, entities = list(words), ["O"] * n
    before = np.searchsorted(index, np.arange(n), side="right") - 1
    heads: list[int] = index[np.maximum(before, 0)].tolist()
    global_heads = index[parsed.heads].tolist()
    names = entity_labels(proper(parsed.names, [words[i] for i in at], parsed.upos), parsed.things)
    for k, i in enumerate(at):
        pos[i], tags[i], deps[i] = parsed.upos[k], parsed.xpos[k], parsed.rels[k]
        heads[i] = global_heads[k]
        lemmas[i] = lemma(words[i], parsed.upos[k], parsed.xpos[k])
        entities[i] = names[k]
    doc = Doc(
        vocab,
        words=words,
        spaces=spaces,
        pos=pos,
        tags=tags,
        heads=heads,
        deps=["ROOT" if dep == "root" else dep for dep in deps],
        lemmas=lemmas,
        ents=_filled(entities),
    )
    boundary = np.zeros(n, dtype=np.float32)
    boundary[index] = parsed.boundary
    doc.user_data["boundary"] = boundary
    if parsed.happened is not None:
        happened = np.zeros(n, dtype=np.float32)
        happened[index] = parsed.happened
        doc.user_data["happened"] = happened
    _spans(doc, parsed, at)
    return doc


def _bare(vocab: Vocab, tokens: Doc) -> Doc:
    doc = Doc(vocab, words=[t.text for t in tokens], spaces=[bool(t.whitespace_) for t in tokens])
    for role in (*ROLES, "things"):
        doc.spans[role] = SpanGroup(doc, name=role)
    return doc


def proper(names: Sequence[str], words: Sequence[str], upos: Sequence[str]) -> list[str]:
    """Return the BIO labels of names without the persons and bodies that hold no proper noun, and no capital but an
    article's ("the director"). Of places, small letters are how some reports write them ("hit jrablus outskirts").
    """
    labels = list(names)
    for start, end, kind in chain.spans(names):
        if kind in ("PERSON", "ORG") and not any(
            upos[i] == "PROPN" or (words[i][0].isupper() and upos[i] not in ("DET", "PRON")) for i in range(start, end)
        ):
            labels[start:end] = ["O"] * (end - start)
    return labels


def entity_labels(names: Sequence[str], things: Sequence[str]) -> list[str]:
    """Return BIO labels in which the proper names come first, and weapons, quantities and the like where no name is.

    The head for names learnt from a treebank and from reports; that for things from few reports alone, and also marks
    common nouns ("the group") as persons, organisations and places: those stay out of the entities, and are found in
    `doc.spans["things"]`.
    """
    labels = list(names)
    for start, end, kind in chain.spans(things):
        if kind not in NAMED and all(label == "O" for label in labels[start:end]):
            labels[start:end] = ["B-" + kind] + ["I-" + kind] * (end - start - 1)
    return labels


def _filled(labels: list[str]) -> list[str]:
    """Return BIO labels in which white space inside a span belongs to it."""
    filled = list(labels)
    for start, end in _gaps(labels):
        if start > 0 and end < len(labels) and labels[end].startswith("I-"):
            filled[start:end] = [labels[end]] * (end - start)
    return filled


def _gaps(labels: list[str]) -> list[tuple[int, int]]:
    gaps, start = [], 0
    for i in range(1, len(labels) + 1):
        if i == len(labels) or labels[i] != labels[start]:
            if labels[start] == "O":
                gaps.append((start, i))
            start = i
    return gaps


def _spans(doc: Doc, parsed: Parsed, at: list[int]) -> None:
    scores: dict[str, float] = {}
    groups: dict[str, list[Any]] = {role: [] for role in ROLES}
    for start, end, role in chain.spans(parsed.attribution):
        span = Span(doc, at[start], at[end - 1] + 1, label=role)
        scores[_key(span)] = float(parsed.certainty[start:end].mean())
        groups.setdefault(role, []).append(span)
    groups["things"] = [Span(doc, at[a], at[b - 1] + 1, label=kind) for a, b, kind in chain.spans(parsed.things)]
    doc.user_data["attribution"] = scores
    for role, spans in groups.items():
        doc.spans[role] = SpanGroup(doc, name=role, spans=spans)
