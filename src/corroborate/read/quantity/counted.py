"""The people or things that a figure counts: its noun phrase, who they are, and what they are counted as."""

import re
from dataclasses import dataclass
from functools import cache

from corroborate.knowledge.lexicon import lexicon
from corroborate.model import Counted, Measure
from corroborate.read.grammar.words import Words

_BETWEEN = 6
"""Words looked at after a figure before the noun that it counts: "44 of the town s remaining unarmed civilians"."""


def words_named(name: str) -> frozenset[str]:
    """Return a list of the lexicon's words for walking through a sentence."""
    return frozenset(lexicon("numbers")["walk"][name])


_CLOSED = words_named("closed")
_PRONOUNS = frozenset(["them", "those", "these", "us", "whom"])
_CONTENT_TAGS = frozenset(["VERB", "AUX", "SCONJ", "CCONJ", "ADP"])


@dataclass(frozen=True, slots=True)
class Phrase:
    """The words from `first` (after the figure) up to `end` (exclusive); `head` is the counted noun, if any."""

    first: int
    end: int
    head: int | None
    who: Counted | None
    measure: Measure | None  # what the noun alone says: deaths, refugees, vehicles
    child: bool = False


@cache
def _people() -> dict[str, Counted | None]:
    known: dict[str, Counted | None] = {}
    for who, words in lexicon("numbers")["counted"].items():
        if who != "source":
            known.update(dict.fromkeys(words, None if who == "people" else who))
    return known


@cache
def _things() -> dict[str, Measure]:
    book = lexicon("numbers")
    things: dict[str, Measure] = {}
    things.update(dict.fromkeys(book["vehicles"]["nouns"], "vehicles"))
    things.update(dict.fromkeys(book["other"]["nouns"], "other"))
    things.update(dict.fromkeys(book["population"]["nouns"], "population"))
    for measure in ("killed", "injured", "missing", "detained", "displaced"):
        things.update(dict.fromkeys(book["harm"][measure]["nouns"], measure))
    return things


@cache
def harm_words() -> frozenset[str]:
    """Return every word of the lexicon that says, after the people counted, what was done to them."""
    return frozenset(w for key, block in lexicon("numbers")["harm"].items() for w in block["after"]) | frozenset(
        lexicon("numbers")["shot"]["after"]
    )


def is_person_word(word: str) -> bool:
    """Say whether the lower-cased word names people that are counted."""
    return word in _people()


def phrase_after(words: Words, first: int) -> Phrase:
    """Return the noun phrase whose figure ends just before word `first`."""
    _, limit = words.sentence(min(first, len(words) - 1))
    people, things = _people(), _things()
    head: int | None = None
    age: int | None = None
    who: Counted | None = None
    measure: Measure | None = None
    k = first
    reach = _BETWEEN
    while k < limit and k - first < reach:
        word = words.low[k]
        if age is None and (old := _old_at(words, k, limit)) is not None:
            age, head = _age_before(words, k), old
            age = 1 if age is not None and "month" in word else age
            k = old + 1
            reach = k - first + 3
            continue
        if word in people and _only_describes(words, k, limit):
            k += 1
            continue
        if word in people or word in things:
            # The last of a row of nouns is what is counted ("civilian deaths", "police officers").
            if word in harm_words() and head is not None:
                break
            if word in things:
                measure = things[word]
            head = k
            who = people.get(word) or who
        elif word in _PRONOUNS and k > first:
            k += 1
            break
        elif _ends(words, k, first, head, limit):
            break
        k += 1
    if head is None and k > first and words.low[k - 1] not in _PRONOUNS:
        k = _plain_end(words, first, limit)
    child = age is not None and age < 18 and who is None
    end = head + 1 if head is not None else k
    return Phrase(first, end, head, "children" if child else who, _sure(words, first, head, who, measure), child)


def _only_describes(words: Words, k: int, limit: int) -> bool:
    """Say whether a word for a person only describes a thing: "a [terrorist] attack", "a [rebel] - held town"."""
    if words.low[k].endswith("s") or k + 1 >= limit:
        return False
    follows = words.low[k + 1]
    if follows == "-":
        return k + 2 < limit and words.tag[k + 2] in ("VERB", "ADJ") and not words.low[k + 2].startswith("old")
    thing = words.tag[k + 1] == "NOUN" and follows not in _people() and follows not in harm_words()
    return thing and follows not in _things() and words.low[k] in _DESCRIBERS


_DESCRIBERS = frozenset(["terrorist", "rebel", "militant", "police", "insurgent", "jihadist", "jihadi", "guerrilla"])


def _ends(words: Words, k: int, first: int, head: int | None, limit: int) -> bool:
    """Say whether the noun phrase ends before word `k`, which is no counted noun."""
    word = words.low[k]
    if head is not None:
        return word not in ("-", "'s", "’s", "s")
    if word == "the" and words.low[k - 1] == "of":
        return False  # "200 of the deaths"
    if word in _CLOSED or word in harm_words() or (word == "," and k > first + 2) or (word == "of" and k > first):
        return True
    if word[0].isdigit() or words.tag[k] == "NUM":
        return not _opens_age(words, k, limit)
    return words.tag[k] in _CONTENT_TAGS and word not in ("of", "armed", "unarmed", "suspected", "unidentified")


def _old_at(words: Words, k: int, limit: int) -> int | None:
    """Return the word that ends an age written before a noun ("34 - year - old"), if its unit is at `k`."""
    word = words.low[k]
    if re.fullmatch(r"\d{1,3}-(?:year|month)s?-olds?", word):
        return k
    if re.fullmatch(r"-?(?:years?|months?)(?:-olds?)?", word):
        for i in range(k, min(limit, k + 3)):
            if words.low[i].endswith(("old", "olds")):
                return i
    return None


def _opens_age(words: Words, k: int, limit: int) -> bool:
    return any(_old_at(words, i, limit) is not None for i in range(k, min(limit, k + 3)))


def _age_before(words: Words, k: int) -> int | None:
    for i in range(k, max(-1, k - 3), -1):
        if match := re.search(r"\d{1,3}", words.low[i]):
            return int(match[0])
    return None


def _plain_end(words: Words, first: int, limit: int) -> int:
    """Return the end where no noun is known: after the tagged nouns that follow, if any do."""
    k = first
    while k < limit and words.tag[k] in ("ADJ", "NOUN", "PROPN") and words.low[k] not in harm_words():
        k += 1
    return k


def _sure(words: Words, first: int, head: int | None, who: Counted | None, measure: Measure | None) -> Measure | None:
    if measure is not None:
        return measure
    book = lexicon("numbers")["fighters"]
    if head is None:
        return None
    if who == "belligerents":
        return "fighters"
    if words.low[head] in book["of"] and any(w in book["armed"] for w in words.low[first:head]):
        return "fighters"
    return None
