"""Docs with a parse written by hand: one line a word, so that the reader's rules are tested without the encoder."""

import spacy
from spacy.tokens import Doc

_VOCAB = spacy.blank("en").vocab


def tree(text: str) -> Doc:
    """Return the Doc of lines "word lemma TAG relation head", heads counted from 1, 0 for the root of a sentence.

    UPOS follows from the tag; a blank line begins a sentence. Words are joined by spaces; "." and "," stand close.
    """
    words, lemmas, tags, deps, heads = [], [], [], [], []
    for sentence in text.strip().split("\n\n"):
        base = len(words)
        for at, line in enumerate(sentence.strip().splitlines()):
            word, lemma, tag, dep, head = line.split()
            words.append(word.replace("_", " "))
            lemmas.append(lemma)
            tags.append(tag)
            deps.append("ROOT" if head == "0" else dep)
            heads.append(base + (at if head == "0" else int(head) - 1))
    spaces = [following not in (".", ",") for following in words[1:]] + [False]
    pos = [_pos(tag, dep) for tag, dep in zip(tags, deps, strict=True)]
    return Doc(_VOCAB, words=words, spaces=spaces, lemmas=lemmas, tags=tags, pos=pos, deps=deps, heads=heads)


_KINDS = {
    "NN": "NOUN", "NNS": "NOUN", "NNP": "PROPN", "NNPS": "PROPN", "JJ": "ADJ", "CD": "NUM", "IN": "ADP", "DT": "DET",
    "PRP": "PRON", "PRP$": "PRON", "WP": "PRON", "CC": "CCONJ", "RB": "ADV", "TO": "PART", "RP": "ADP", ".": "PUNCT",
    ",": "PUNCT", "POS": "PART",
}  # fmt: skip


def _pos(tag: str, dep: str) -> str:
    if dep.startswith("aux") or dep == "cop":
        return "AUX"
    return "VERB" if tag.startswith("VB") else _KINDS[tag]
