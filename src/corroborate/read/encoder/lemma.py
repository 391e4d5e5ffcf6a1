"""Lemmas: simplemma's dictionary, helped by the part of speech where a form is ambiguous ("left", "found", "shot")."""

from __future__ import annotations

from functools import lru_cache

# English irregular verbs whose past or participle is also a word of its own, or which the dictionary leaves alone:
# common knowledge of the language.
_VERBS = {
    form: lemma
    for lemma, forms in {
        "be": "am is are was were been being 's 're 'm",
        "bear": "bore borne",
        "begin": "began begun",
        "bind": "bound",
        "break": "broke broken",
        "choose": "chose chosen",
        "do": "did does done doing",
        "draw": "drew drawn",
        "drive": "drove driven",
        "fall": "fell fallen",
        "feed": "fed",
        "feel": "felt",
        "fight": "fought",
        "find": "found",
        "flee": "fled",
        "fly": "flew flown",
        "forget": "forgot forgotten",
        "freeze": "froze frozen",
        "get": "got gotten",
        "give": "gave given",
        "go": "went gone goes",
        "grind": "ground",
        "hang": "hung",
        "have": "had has 've",
        "hear": "heard",
        "hide": "hid hidden",
        "hold": "held",
        "keep": "kept",
        "know": "knew known",
        "lead": "led",
        "leave": "left",
        "lie": "lay lain lying",
        "light": "lit",
        "lose": "lost",
        "make": "made",
        "mean": "meant",
        "meet": "met",
        "pay": "paid",
        "ride": "rode ridden",
        "rise": "rose risen",
        "run": "ran running",
        "say": "said says saying",
        "see": "saw seen",
        "seek": "sought",
        "sell": "sold",
        "send": "sent",
        "shake": "shook shaken",
        "shoot": "shot",
        "sink": "sank sunk",
        "speak": "spoke spoken",
        "stand": "stood",
        "steal": "stole stolen",
        "strike": "struck stricken",
        "take": "took taken",
        "tell": "told",
        "think": "thought",
        "throw": "threw thrown",
        "understand": "understood",
        "win": "won",
        "wind": "wound",
        "write": "wrote written",
    }.items()
    for form in forms.split()
}
_WOUND = {"wounded": "wound", "wounding": "wound"}
_CLITICS = {"n't": "not", "n’t": "not", "'ll": "will", "'d": "would", "ca": "can", "wo": "will"}
_PLURALS = {"men": "man", "women": "woman", "children": "child", "people": "people", "forces": "force", "dead": "dead"}


@lru_cache(maxsize=100_000)
def lemma(word: str, upos: str, xpos: str) -> str:
    """Return the lemma of `word` given its universal and Penn Treebank tags; a proper noun keeps its form."""
    if upos in ("PROPN", "PUNCT", "SYM", "NUM", "X", "SPACE"):
        return word
    low = word.lower()
    if upos in ("VERB", "AUX"):
        found = _CLITICS.get(low) or _VERBS.get(low) or _WOUND.get(low)
        if found:
            return found
        looked = _look_up(low)
        return _regular(low, xpos) if looked == low and xpos in ("VBD", "VBN", "VBG", "VBZ") else looked
    if low in _CLITICS and upos in ("PART", "ADV"):
        return _CLITICS[low]
    if upos == "NOUN":
        if low in _PLURALS:
            return _PLURALS[low]
        # A singular is its own lemma: the dictionary would take "bombing" and "building" for verbs.
        return low if xpos == "NN" else _plural(low)
    if upos == "ADJ" and xpos == "JJ":
        return low
    return _look_up(low)


def _look_up(word: str) -> str:
    import simplemma

    return str(simplemma.lemmatize(word, lang="en")).lower()


def _plural(word: str) -> str:
    looked = _look_up(word)
    # "bombings" is looked up as "bomb": a plural noun ending in -ings is the plural of one in -ing.
    if word.endswith("ings") and not looked.endswith("ing"):
        return word[:-1]
    return looked


def _regular(word: str, xpos: str) -> str:
    """Return what is left of a regular verb without its ending."""
    for tags, ending in (("VBD VBN", "ied"), ("VBZ", "ies")):
        if xpos in tags.split() and word.endswith(ending) and len(word) > 4:
            return word[:-3] + "y"
    for tags, ending in (("VBD VBN", "ed"), ("VBG", "ing"), ("VBZ", "s")):
        stem = word.removesuffix(ending)
        if xpos in tags.split() and stem != word and len(stem) > 2:
            if ending != "s" and stem[-1] == stem[-2] and stem[-1] not in "lsz":
                return stem[:-1]
            return stem
    return word
