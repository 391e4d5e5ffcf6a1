"""What takes several words to say of people: "lost their lives", "in critical condition", "taken to hospital"."""

from __future__ import annotations

from corroborate.model import Measure
from corroborate.read.grammar.words import Words

_LOST_LIVES = (
    "gave their lives", "gave his life", "gave her life", "lost their lives", "lost his life", "lost her life",
    "lost their life",
)  # fmt: skip
_INJURIES = frozenset(["injuries", "injury", "wounds", "wound", "burns"])
_SUFFER = frozenset(["suffered", "sustained", "suffering", "sustaining", "received"])
# How somebody in a hospital is: "in critical but stable condition".
_STATES = frozenset(["critical", "serious", "stable", "fair", "good", "grave", "poor", "guarded"])
_TAKEN = frozenset(
    ["taken", "rushed", "transported", "airlifted", "flown", "sent", "brought", "admitted", "transferred", "driven",
     "carried", "evacuated"]
)  # fmt: skip
_SEND = frozenset(["sent", "sends", "sending", "put", "puts", "putting", "landed", "landing"])
_HOSPITALS = frozenset(["hospital", "hospitals", "clinic", "infirmary"])
_DIED = frozenset(["dead", "died", "dies", "death", "succumbed", "deceased", "fatally", "body", "bodies"])
_CORPSES = frozenset(["body", "bodies", "corpse", "corpses"])
_NEAR, _WITH = 8, 6  # words from a verb to its hospital ("taken by ambulance to the town's main hospital"), to a wound
_RESTS = 24  # words in which the same sentence may say that the wounded died


def phrase_said(words: Words, k: int, passive: bool) -> Measure | None:
    """Return what the words from `k` on, behind people, say was done to them; `passive` where a form of "be" stands
    between.
    """
    low = words.low
    _, limit = words.sentence(k)
    if " ".join(low[k : k + 3]) in _LOST_LIVES:
        return "killed"
    if (
        low[k] in ("in", "at", "under")
        and "condition" in low[k + 1 : k + 6]
        and _STATES.intersection(low[k + 1 : k + 5])
    ):
        return _unless_dead(words, k, limit)
    if low[k] in _SUFFER and _injury_near(words, k, limit):
        return _unless_dead(words, k, limit)
    if low[k] == "with" and _injury_near(words, k, limit) and "dead" not in low[max(0, k - 2) : k]:
        return _unless_dead(words, k, limit)
    if low[k] in _TAKEN and _HOSPITALS.intersection(low[k + 1 : min(limit, k + _NEAR)]):
        return _unless_dead(words, k, limit)
    if passive and low[k] == "in" and _HOSPITALS.intersection(low[k + 1 : k + 4]):
        return _unless_dead(words, k, limit)
    if low[k : k + 2] == ["taken", "prisoner"]:
        return "detained"
    if low[k] in ("forced", "driven") and {"flee", "leave", "homes"}.intersection(low[k:limit]):
        return "displaced"
    return None


def sent_to_hospital(words: Words, k: int, end: int) -> bool:
    """Say whether a verb at `k` before people, whose words end before `end`, puts them into a hospital."""
    _, limit = words.sentence(k)
    return words.low[k] in _SEND and bool(_HOSPITALS.intersection(words.low[end : min(limit, end + _NEAR)]))


def _unless_dead(words: Words, k: int, limit: int) -> Measure | None:
    """Return `injured` where it is not bodies that are spoken of and the rest of the sentence tells of no death."""
    dead = _DIED.intersection(words.low[k : min(limit, k + _RESTS)]) or _CORPSES.intersection(
        words.low[max(0, k - _NEAR) : k]
    )
    return None if dead else "injured"


def _injury_near(words: Words, k: int, limit: int) -> bool:
    return any(w in _INJURIES or w.startswith("injur") for w in words.low[k : min(limit, k + _WITH)])
