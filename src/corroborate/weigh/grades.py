"""Suggested grades and strike status, by the rules in knowledge/grades.toml."""

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any, cast

from corroborate.errors import CorroborateError
from corroborate.knowledge.lexicon import lexicon
from corroborate.model import EventType, Grade, Reason, StrikeStatus
from corroborate.weigh.facts import Fact

_COMPARISONS: Mapping[str, Callable[[int, int], bool]] = {">=": operator.ge, "==": operator.eq, "<=": operator.le}


def grade(facts: Mapping[str, Fact], scheme: str | None = None) -> Grade:
    """Return the suggested grade under a scheme (the default where none is given), with its reasons.

    Raises CorroborateError E501 where there is no such scheme.
    """
    rules = lexicon("grades")
    name = scheme or rules["default"]
    if name not in rules["schemes"]:
        raise CorroborateError("E501", "scheme", f"{name!r} is none of {', '.join(rules['schemes'])}")
    chosen = rules["schemes"][name]
    rule = _first(chosen["rules"], facts)
    reasons = [facts[fact] for fact in rule["because"] if facts[fact].sentence]
    return Grade(
        scheme=name,
        value=chosen.get("prefix", "") + rule["value"],
        because=tuple(Reason(sentence=reason.sentence, claims=reason.claims) for reason in reasons),
    )


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
