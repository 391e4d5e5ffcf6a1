"""People told of together, of whom not all are counted: "his wife and four children", "man, two boys shot dead".

Such a list is found by its words alone: members joined by commas and "and", after a verb of harm ("killing", "the
deaths of") or before what was done to them ("were killed", "dead"). One "wife" counts as one; a list in which nobody
counts the "daughters" has no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from corroborate.knowledge.lexicon import lexicon

Harmed = Literal["killed", "injured", "shot"]
"""Whom a shot hit may be dead or hurt."""

_WORD = re.compile(r"\d+(?:,\d{3})*(?:-[A-Za-z]+)*|[A-Za-zÀ-ÿ]+(?:['’-][A-Za-zÀ-ÿ]+)*|\n|[^\w\s]")
_NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12,
}  # fmt: skip
_ONE = frozenset(["a", "an", "another", "one"])
_OWN = frozenset(["the", "his", "her", "their", "its"])
_PRONOUNS = frozenset(["him", "her", "herself", "himself"])
_COUPLES = {"couple": 2, "parents": 2, "twins": 2, "grandparents": 2}
_NOBODY_COUNTS = frozenset(
    ["family", "families", "police", "staff", "crew", "gang", "personnel", "troops", "infantry", "youth", "more"]
)
_AGE = re.compile(r"\d{1,3}-(?:years?|months?|weeks?)-olds?|\d{1,3}-?(?:yo|y/o)")
_MODIFIERS = 4  # "a 36-year-old pregnant Tolma woman"
_JOINS = frozenset([",", "and", "&", "plus"])
_BETWEEN = frozenset(
    ["were", "was", "are", "is", "have", "had", "has", "been", "be", "both", "all", "also", "reportedly", "found",
     "later", "pronounced", "left", "lay", "lying", "each", "fatally", "critically", "seriously", "badly", "being"]
)  # fmt: skip
_REACH = 4  # such words between a list and what was done: "were both later found dead"
_DEAD = frozenset(["killed", "dead", "died", "die", "dies", "slain", "murdered", "deceased", "martyred"])
_HURT = frozenset(["injured", "wounded", "hurt", "hospitalized", "hospitalised"])
_KILL = frozenset(
    ["kill", "kills", "killed", "killing", "murdered", "murdering", "murders", "slaying", "slays", "martyring"]
)
_INJURE = frozenset(["injures", "injured", "injuring", "wounds", "wounded", "wounding", "hurts", "hurting"])
_SHOOT = frozenset(["shoots", "shot", "shooting", "stabs", "stabbed", "stabbing"])
_DEATHS = frozenset(["death", "deaths", "killing", "killings", "murder", "murders", "slaying", "slayings", "lives"])
_BE = frozenset(["was", "were", "is", "are", "been", "being", "be"])
_PARTS = frozenset(["including", "among", "mostly", "mainly"])
_BEFORE = frozenset(["at", "least", "about", "both", "reportedly", "allegedly", "also", ":"])


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of people: its code points, how many they are, and what was done to them where words beside it say so."""

    start: int
    end: int
    value: int
    done: Harmed | None


def people_listed(text: str) -> Iterator[Listed]:
    """Yield the lists of two and more members in a text of which everybody can be counted, in order."""
    words = [(match[0].lower(), match.start(), match.end()) for match in _WORD.finditer(text)]
    low = [word for word, _, _ in words]
    k = 0
    while k < len(words):
        found = _list_at(low, k)
        if found is None:
            k += 1
            continue
        end, value, apposed = found
        behind = end + 1 if apposed and low[end : end + 1] == [","] else end
        done = _done_after(low, behind) or _done_before(low, k, end)
        if not (k and low[k - 1] in _PARTS):
            yield Listed(words[k][1], words[end - 1][2], value, done)
        k = end


def _list_at(low: Sequence[str], first: int) -> tuple[int, int, bool] | None:
    """Return the word after a list that begins at a word, how many people it has, and whether its first member is the
    total of the others ("four people, a man and three women"); None where it is no such list.
    """
    values: list[int] = []
    k, end = first, first
    while (member := _member(low, k, bare=not values or low[k - 1] in (",", "and", "&"))) is not None:
        end, value = member
        if value is None:
            return None
        values.append(value)
        k = _after_age(low, end)
        joins = k
        while joins < len(low) and low[joins] in _JOINS and joins - k < 2:
            joins += 1
        if joins == k:
            break
        k = joins
    if len(values) < 2:
        return None
    apposed = len(values) > 2 and values[0] == sum(values[1:])  # "two adults, two teens" are four
    return end, values[0] if apposed else sum(values), apposed


def _member(low: Sequence[str], k: int, bare: bool) -> tuple[int, int | None] | None:
    """Return the word after one member of a list and its number, None for a plural that nobody counts."""
    if k >= len(low):
        return None
    people = _people()
    number: int | None = None
    if low[k] in _PRONOUNS and (low[k] != "her" or low[k + 1 : k + 2] in (["and"], [","])):
        return k + 1, 1
    if low[k] in _ONE or low[k] in _OWN:
        number = 1 if low[k] in _ONE else None
        k += 1
    counted = False
    if k < len(low) and (count := _number(low[k])) is not None:
        number, counted, k = count, True, k + 1
        if low[k : k + 1] == ["of"] and low[k + 1 : k + 2] and low[k + 1] in _OWN:
            k += 2  # "six of his grandchildren"
    elif number is None and not bare and low[k - 1] not in _OWN:
        return None
    for i in range(k, min(len(low), k + _MODIFIERS + 1)):
        word = low[i]
        if word in people or _AGE.fullmatch(word):
            # "a 5-year-old girl", "a police officer": the last of a row of nouns is meant
            if i + 1 < len(low) and low[i + 1] in people and low[i + 1] not in ("more",):
                continue
            if _AGE.fullmatch(word) and any(w in people for w in low[i + 1 : i + 3]):
                continue
            if counted:
                return i + 1, number
            if word in _COUPLES:
                return i + 1, _COUPLES[word]
            return i + 1, 1 if word not in _NOBODY_COUNTS and not _is_plural(word) else None
        if not word[0].isalpha() or word in _CLOSED:
            return None
    return None


def _after_age(low: Sequence[str], k: int) -> int:
    """Return the word after an age told behind a member ("a woman, 36, and ...", "the man, aged 40, and ...")."""
    if low[k : k + 1] == [","] and low[k + 1 : k + 2] and low[k + 1].isdigit():
        return k + 2 if low[k + 2 : k + 3] and (low[k + 2] in _JOINS or low[k + 2] in _BETWEEN) else k
    return k


def _done_after(low: Sequence[str], k: int) -> Harmed | None:
    for i in range(k, min(len(low), k + _REACH + 1)):
        word = low[i]
        if word in _DEAD:
            return "killed" if i + 1 >= len(low) or word not in _KILL or not _is_object(low, i + 1) else None
        if word in _HURT:
            return "injured" if not _is_object(low, i + 1) else None
        if word in ("shot", "stabbed"):
            fatal = low[i - 1] == "fatally" or low[i + 1 : i + 2] == ["dead"] or low[i + 1 : i + 3] == ["to", "death"]
            fatal = fatal or low[i + 1 : i + 3] == ["and", "killed"]
            return "killed" if fatal else None if _is_object(low, i + 1) else "shot"
        if word not in _BETWEEN:
            return None
    return None


def _is_object(low: Sequence[str], k: int) -> bool:
    """Say whether somebody stands at a word, so that the verb before it is something that was done to them."""
    return k < len(low) and (_member(low, k, bare=False) is not None or low[k] in _OWN)


def _done_before(low: Sequence[str], first: int, end: int) -> Harmed | None:
    k = first - 1
    while k >= 0 and (low[k] in _BEFORE):
        k -= 1
    if k < 0:
        return None
    word, before = low[k], low[k - 1] if k else ""
    if before in _BE or (before == "and" and low[k - 2 : k - 1] and low[k - 2] in _BE):
        return None
    if word == "of":
        if before == "shooting":
            return "killed" if k > 1 and low[k - 2] in ("fatal", "deadly") else "shot"
        return "killed" if before in _DEATHS else None
    if word in _KILL:
        return None if before == "and" and low[k - 2] in _INJURE else "killed"
    if word in _INJURE:
        return None if before in ("and", "or") and low[k - 2] in _KILL else "injured"
    if word in _SHOOT:
        fatal = before == "fatally" or low[end : end + 1] == ["dead"] or low[end : end + 2] == ["to", "death"]
        return "killed" if fatal else "shot"
    return None


def _number(word: str) -> int | None:
    if word.replace(",", "").isdigit():
        value = int(word.replace(",", ""))
        return value if value < 1000 else None
    return _NUMBERS.get(word)


def _is_plural(word: str) -> bool:
    return (word.endswith("s") and not word.endswith("ss")) or word.endswith("men") or word in ("children", "people")


@cache
def _people() -> frozenset[str]:
    book = lexicon("numbers")["counted"]
    return frozenset(word for key, words in book.items() if key != "source" for word in words)


_CLOSED = frozenset(lexicon("numbers")["walk"]["closed"]) | _DEAD | _KILL | _HURT | {"of", "this", "these", "those"}
