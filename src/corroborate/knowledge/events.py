"""The lexicon of events: `events.toml`, checked and indexed by lemma. Its head explains every field."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any, Literal, get_args

from corroborate.knowledge.lexicon import lexicon
from corroborate.model import EventType

Frame = Literal["acts_on", "acts", "undergoes", "together", "deed", "harm", "move"]
Word = frozenset[str]
_NONE: Word = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """One row of the lexicon: what a word reports, under which conditions, and who is who in it."""

    type: EventType
    frame: Frame
    source: str
    verbs: Word = _NONE
    nouns: Word = _NONE
    adjectives: Word = _NONE
    mode: str | None = None
    own_mode: Mapping[str, str] = field(default_factory=dict)
    mode_if_bare: str | None = None
    mode_of_forces: str | None = None
    threat_modes: bool = False
    request_modes: bool = False
    noun_frame: Frame | None = None
    object: Word = _NONE
    not_object: Word = _NONE
    object_words: Word = _NONE
    no_object: bool = False
    subject: Word = _NONE
    not_subject: Word = _NONE
    needs: str | None = None
    particle: Word = _NONE
    not_particle: Word = _NONE
    prep: Word = _NONE
    not_prep: Word = _NONE
    prep_object: Word = _NONE
    not_prep_object: Word = _NONE
    modifier: Word = _NONE
    not_modifier: Word = _NONE
    bare: bool = False
    governing_prep: Word = _NONE
    not_bare_after: Word = _NONE
    clause: bool | None = None
    clause_verbs: Word = _NONE
    military_text: bool = False
    labour_text: bool = False
    count_verbs: Word = _NONE
    copular: bool = False
    reduced: bool = False
    harms: bool = False
    not_after: Word = _NONE
    to: Word = frozenset(["against", "on", "at", "with", "to", "from"])
    to_acts: bool = False
    instrument: str | None = None
    speech: bool = False
    sense: Literal["sure", "likely"] = "sure"

    def frame_as(self, noun: bool) -> Frame:
        """Return the frame of the word as a noun or as a verb."""
        return self.noun_frame or self.frame if noun else self.frame


@dataclass(frozen=True, slots=True)
class EventLexicon:
    """Triggers by lemma and part of speech, in the file's order, and the classes of words that conditions name."""

    verbs: Mapping[str, tuple[Trigger, ...]]
    nouns: Mapping[str, tuple[Trigger, ...]]
    adjectives: Mapping[str, tuple[Trigger, ...]]
    classes: Mapping[str, Word]
    known: Word  # all nouns of triggers and words of classes
    modes: Mapping[str, str]
    threats: Mapping[str, str]
    requests: Mapping[str, str]
    words: Mapping[str, Word]
    light: Word
    about: Word
    happen: Word


@cache
def event_lexicon() -> EventLexicon:
    """Return the package's lexicon of events; raise ValueError where a row is not in its form."""
    table = lexicon("events")
    triggers = [_trigger(row) for row in table["trigger"]]
    deeds = frozenset(n for t in triggers if t.type == "ASSAULT" and t.frame_as(True) == "deed" for n in t.nouns)
    classes = {**{name: frozenset(words) for name, words in table["classes"].items()}, "deed": deeds}
    nouns = _index(triggers, "nouns")
    return EventLexicon(
        verbs=_index(triggers, "verbs"),
        nouns=nouns,
        known=frozenset(nouns).union(*classes.values()),
        adjectives=_index(triggers, "adjectives"),
        classes=classes,
        modes=_by_word(table["modes"]),
        threats=_by_word(table["threats"]),
        requests=_by_word(table["requests"]),
        words={name: frozenset(words) for name, words in table["words"].items()},
        light=frozenset(table["light"]["verbs"]),
        about=frozenset(table["light"]["about"]),
        happen=frozenset(table["light"]["happen"]),
    )


def _trigger(row: Mapping[str, Any]) -> Trigger:
    known = {f.name: f for f in fields(Trigger)}
    unknown = set(row) - set(known)
    if unknown or row["type"] not in get_args(EventType):
        raise ValueError(f"events.toml: {sorted(unknown)} in {dict(row)}")
    values: dict[str, Any] = {key: frozenset(value) if isinstance(value, list) else value for key, value in row.items()}
    return Trigger(**values)


def _index(triggers: list[Trigger], kind: str) -> dict[str, tuple[Trigger, ...]]:
    found: dict[str, list[Trigger]] = {}
    for trigger in triggers:
        for lemma in getattr(trigger, kind):
            found.setdefault(lemma, []).append(trigger)
    return {lemma: tuple(rows) for lemma, rows in found.items()}


def _by_word(table: Mapping[str, list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for mode, words in table.items():
        for word in words:
            found.setdefault(word, mode)
    return found
