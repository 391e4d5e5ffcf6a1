"""Suggested grades and strike status, by the rules in knowledge/grades.toml."""

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

from corroborate.errors import CorroborateError
from corroborate.knowledge.lexicon import lexicon
from corroborate.model import EventType, Grade, Origin, Reason, StrikeStatus
from corroborate.weigh.facts import Fact

_COMPARISONS: Mapping[str, Callable[[int, int], bool]] = {">=": operator.ge, "==": operator.eq, "<=": operator.le}


UNJUDGED = "F"
"""The reliability of a source that no person has set."""


def grade(
    facts: Mapping[str, Fact],
    scheme: str | None = None,
    origins: Iterable[Origin] = (),
    reliability: Mapping[str, str] | None = None,
) -> Grade:
    """Return the suggested grade under a scheme (the default where none is given), with its reasons.

    `origins` are those that tell of it, `reliability` the letters that people have set, by the name of the source in
    lower case. Where the scheme gives a letter it is the best of theirs.

    Raises CorroborateError E501 where there is no such scheme.
    """
    rules = lexicon("grades")
    name = scheme or rules["default"]
    if name not in rules["schemes"]:
        raise CorroborateError("E501", "scheme", f"{name!r} is none of {', '.join(rules['schemes'])}")
    chosen = rules["schemes"][name]
    rule = _first(chosen["rules"], facts)
    reasons = [facts[fact] for fact in rule["because"] if facts[fact].sentence]
    because = [Reason(sentence=reason.sentence, claims=reason.claims) for reason in reasons]
    value = rule["value"]
    if chosen.get("lettered"):
        letter, rated = _letter(origins, reliability or {})
        value, because = letter + value, rated + because
    return Grade(scheme=name, value=value, because=tuple(because))


def _letter(origins: Iterable[Origin], reliability: Mapping[str, str]) -> tuple[str, list[Reason]]:
    """Return the best letter that a person set for one of the origins, and who bears it."""
    known = [(reliability[o.name.casefold()], o.name, o) for o in origins if o.name.casefold() in reliability]
    if not known:
        return UNJUDGED, []
    letter, name, origin = min(known, key=lambda one: one[:2])
    return letter, [Reason(sentence=f"A person rates the reliability of {name} {letter}.", claims=origin.claims)]


def strike_status(facts: Mapping[str, Fact], type_: EventType | None) -> StrikeStatus | None:
    """Return whether an act of force is declared, likely, contested or of a single source; null for other acts."""
    rules = lexicon("grades")["strike_status"]
    if type_ not in rules["types"]:
        return None
    return cast(StrikeStatus, _first(rules["rules"], facts)["value"])


def _first(rules: Sequence[Mapping[str, Any]], facts: Mapping[str, Fact]) -> Mapping[str, Any]:
    return next(
        rule for rule in rules if all(_COMPARISONS[how](facts[fact].value, number) for fact, how, number in rule["all"])
    )
