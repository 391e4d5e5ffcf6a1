"""What people decided, in words, and the history of a thing: its decisions and the journal's entries on it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from rich.console import Console
from rich.text import Text

from corroborate.model import Decision, Ruling
from corroborate.publish import phrases
from corroborate.publish.words import DECISIONS, ENTRIES


class Entered(NamedTuple):
    """An entry of the journal: its number, when (ISO 8601), what was written, on which id, and its hash (hex)."""

    number: int
    at: str
    what: str
    on: str
    hash: str


def decision_words(decision: Decision) -> str:
    """Return a decision in one line: what, by whom, when, why."""
    what = DECISIONS[decision.what]
    if decision.what == "reliability":
        what = f"reliability set to {decision.changes[0].value}"
    elif decision.changes:
        what += " (" + ", ".join(f"{change.field}: {change.value}" for change in decision.changes) + ")"
    words = f"{what} by {decision.by} on {phrases.day_words(decision.at.date())}: {decision.why}"
    return phrases.clean(words)


def ruling_words(ruling: Ruling) -> str:
    """Return a standing decision in one line, with what it waits for where it cannot be applied."""
    words = decision_words(ruling.decision)
    return f"{words} (waits for review: {phrases.clean(ruling.waits)})" if ruling.waits else words


def print_history(
    console: Console, decisions: Sequence[Ruling], superseded: dict[str, str], entries: Iterable[Entered]
) -> None:
    """Print decisions and entries in the order in which they were made; `superseded` gives what took a one's place."""
    lines = [*_decision_lines(decisions, superseded), *_entry_lines(entries)]
    if not lines:
        console.print("nothing was decided and nothing is in the journal on it")
    for at, line in sorted(lines, key=lambda pair: pair[0]):
        console.print(Text.assemble((f"{at:%Y-%m-%d %H:%M:%S}  ", "dim"), line))


def _decision_lines(decisions: Sequence[Ruling], superseded: dict[str, str]) -> Iterator[tuple[datetime, Text]]:
    for ruling in decisions:
        decision = ruling.decision
        later = superseded.get(decision.id)
        state = f"superseded by {phrases.short(later)}" if later else "stands"
        if ruling.waits and not later:
            state = f"waits for review: {phrases.clean(ruling.waits)}"
        on = ", ".join(phrases.clean(key) if key[1:2] != "_" else phrases.short(key) for key in decision.on)
        yield (
            decision.at,
            Text.assemble(
                (decision_words(decision), "bold" if not later else "strike"),
                f"\n    on {on} · {state}",
                (f"  {phrases.short(decision.id)}", "dim"),
            ),
        )


def _entry_lines(entries: Iterable[Entered]) -> Iterator[tuple[datetime, Text]]:
    for entry in entries:
        said = ENTRIES.get(entry.what, entry.what)
        on = f" {phrases.short(entry.on)}" if entry.on[1:2] == "_" else ""
        yield (
            datetime.fromisoformat(entry.at),
            Text.assemble(f"{said}{on}", (f"  entry {entry.number}, {entry.hash[:12]}", "dim")),
        )
