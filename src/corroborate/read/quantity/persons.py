"""Named victims: who is said by name to be killed, hurt, detained or missing, with age and sex where told."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Literal

from spacy.tokens import Doc

from corroborate.knowledge.lexicon import lexicon
from corroborate.model import Harmed, Person, Span
from corroborate.read.grammar.words import Words

_NAME = r"(?:[A-Z][\w'’-]+|[A-Z]\.)(?:\s+(?:[A-Z][\w'’-]+|[A-Z]\.?|al|bin|ibn|abu|el|de|van|der|Al|Abu)(?![\w]))+"
_AGED = re.compile(
    rf"(?P<name>{_NAME})(?:\s*,\s*(?:aged?\s+)?|\s*\(\s*(?:aged?\s+)?|\s+aged?\s+)(?P<age>\d{{1,3}})(?=\s*[,.)]|\s+(?:was|were|died|and|who|of|from)\b)"
)
_OLD = re.compile(rf"(?P<age>\d{{1,3}})[\s-]*years?[\s-]*old\s+(?P<name>{_NAME})")
_APPOSED_AGE = re.compile(
    r"\s*(?:,|\()?\s*(?:aged?\s+)?(?P<age>\d{1,3})(?:[\s-]*years?[\s-]*old)?\s*(?:[,.)]|(?=\s(?:was|were|died)\b))"
)
_FEMALE = re.compile(r"\b(?:she|her|woman|girl|mother|daughter|wife|sister|mrs|ms|grandmother|female)\b", re.IGNORECASE)
_MALE = re.compile(r"\b(?:he|him|his|man|boy|father|son|husband|brother|mr|grandfather|male)\b", re.IGNORECASE)
_REACH = 14
"""Words from the name to what was done to it: "NAME, a father of three from the village of X, was killed"."""
_OLDEST = 115
_BE = frozenset(lexicon("numbers")["walk"]["be"])
# Between the name and the predicate, a verb of speech means that the named person speaks of somebody else.
_SPEAKS = frozenset(
    ["said", "says", "told", "tells", "stated", "added", "reported", "announced", "claimed", "confirmed", "accused",
     "denied", "called", "wrote", "tweeted", "noted", "warned"]
)  # fmt: skip
_PUBLIC = re.compile(
    r"\b(?:president|prime minister|minister|king|queen|general|gen|colonel|col|lieutenant|major|commander|leader"
    r"|spokesman|spokesperson|spokeswoman|ambassador|senator|governor|mayor|secretary|chief|emir|caliph|lawmaker|mp"
    r"|congressman|congresswoman|prince|brigadier)\W+(?:\w+\W+){0,2}$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class _Name:
    start: int
    end: int
    age: int | None


def find_persons(doc: Doc) -> list[Person]:
    """Return the persons named as killed, injured, missing or detained, in order; one entry for each mention so told.

    Names come from the Doc's entities, and from a name with an age beside it where those missed it. `private` is false
    only for who is named by a public office in the same breath.
    """
    if not len(doc):
        return []
    words = Words.of(doc)
    text = words.text
    found = []
    for name in _names(doc, text):
        status = _status(words, name)
        if status is None:
            continue
        span = Span.of(text, name.start, name.end)
        public = bool(_PUBLIC.search(text[max(0, name.start - 40) : name.start]))
        found.append(
            Person(
                start=span.start, end=span.end, text=span.text, name=re.sub(r"\s+", " ", span.text),
                age=name.age, sex=_sex(words, name), status=status, private=not public,
            )
        )  # fmt: skip
    return found


def _names(doc: Doc, text: str) -> list[_Name]:
    names: dict[int, _Name] = {}
    for pattern in (_AGED, _OLD):
        for match in pattern.finditer(text):
            age = int(match["age"])
            names[match.start("name")] = _Name(match.start("name"), match.end("name"), age if age <= _OLDEST else None)
    for entity in doc.ents:
        if entity.label_ not in ("PERSON", "PER") or any(
            n.start < entity.end_char and entity.start_char < n.end for n in names.values()
        ):
            continue
        apposed = _APPOSED_AGE.match(text, entity.end_char)
        told = int(apposed["age"]) if apposed and int(apposed["age"]) <= _OLDEST else None
        # One capitalised word without an age is as often an office, a town or a slip of the encoder ("Imam").
        if told is None and len(entity.text.split()) < 2:
            continue
        names[entity.start_char] = _Name(entity.start_char, entity.end_char, told)
    return sorted(names.values(), key=lambda name: name.start)


@cache
def _predicates() -> tuple[dict[str, Harmed], dict[str, Harmed]]:
    harm = lexicon("numbers")["harm"]
    kinds: tuple[Harmed, ...] = ("killed", "injured", "missing", "detained")
    return {w: k for k in kinds for w in harm[k]["after"]}, {w: k for k in kinds for w in harm[k]["before"]}


def _status(words: Words, name: _Name) -> Harmed | None:
    after, before = _predicates()
    first, end = words.at(name.start, name.end)
    start, limit = words.sentence(first)
    passive = False
    for k in range(end, min(limit, end + _REACH)):
        word = words.low[k]
        if word in _SPEAKS or (word in ("when", "after", "as", "that", "while", "where", "whose") and not passive):
            break
        passive = passive or word in _BE
        if word in ("died", "dead", "perished") or (word in after and passive):
            return after[word]
        if (
            word in after
            and not passive
            and (k == end or words.low[k - 1] in (",", "who"))
            and not _acts(words, k, limit)
        ):
            return after[word]
        if passive and word in ("shot", "stabbed"):
            fatal = any(w in ("dead", "killed", "death") for w in words.low[k + 1 : min(limit, k + 4)])
            return "killed" if fatal or words.low[k - 1] == "fatally" else "injured"
        if passive and word in ("charged", "sentenced", "accused", "convicted", "and"):
            break
    for k in range(first - 1, max(start - 1, first - 9), -1):
        word = words.low[k]
        if word in before and not any(w in _BE for w in words.low[max(start, k - 2) : k]):
            return before[word]
        if (
            word == "of"
            and words.low[k - 1]
            in ("killing", "death", "murder", "shooting", "life", "lives", "body", "remains", "martyrdom")
            and k > start
        ):
            return "killed" if words.low[k - 1] != "shooting" else None
        if (
            word not in ("year", "old", "-", "the", "a", "his", "her", "journalist", "activist", "named")
            and not word[0].isdigit()
        ):
            break
    return None


def _acts(words: Words, k: int, limit: int) -> bool:
    """Say whether the verb at `k` has somebody after it whom the named person harmed."""
    if words.parsed and any(child.dep_ == "obj" for child in words.doc[k].children):
        return True
    return k + 1 < limit and (
        words.low[k + 1] in ("a", "the", "an", "his", "her", "at", "two", "three") or words.low[k + 1].isdigit()
    )


def _sex(words: Words, name: _Name) -> Literal["female", "male"] | None:
    """Read the sex from the words of the same sentence, where they speak of one sex only."""
    first, _ = words.at(name.start, name.end)
    start, end = words.sentence(first)
    near = " ".join(words.low[max(start, first - 6) : min(end, first + 14)])
    female, male = bool(_FEMALE.search(near)), bool(_MALE.search(near))
    if female != male:
        return "female" if female else "male"
    return None
