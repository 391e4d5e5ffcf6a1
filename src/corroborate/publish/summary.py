"""What a person reads in a terminal after a run: what stands out, then the incidents with several accounts."""

from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from corroborate.model import Incident
from corroborate.publish import phrases
from corroborate.publish.holdings import Holdings
from corroborate.publish.standouts import Printed, Told, accounts, disputed, inner_clashes, printed_often, travelled
from corroborate.publish.things import incident_line, indented, print_incident
from corroborate.publish.words import DISPUTED

# What stands out fits one screen, the incidents after it two or so; the rest is counted and can be listed or opened.
STANDOUTS_SHOWN = 5
INCIDENTS_SHOWN = 8
SINGLES_SHOWN = 3  # where none has more than one account


def print_run(console: Console, holdings: Holdings, *, everything: bool = False) -> None:
    """Print what stands out, then the incidents with several accounts, broadest first; or all that there is."""
    incidents = holdings.by_breadth()
    several = [one for one in incidents if _has_accounts(one, holdings)][:INCIDENTS_SHOWN]
    shown = incidents if everything else several or incidents[:SINGLES_SHOWN]
    indented(console, [Text(counts_line(holdings), style="bold")], 0)
    for title, blocks in _standouts(holdings):
        console.print()
        console.print(Text(title, style="bold underline"))
        for head, lines in blocks[:STANDOUTS_SHOWN]:
            indented(console, [head], 2)
            indented(console, lines, 4)
        if len(blocks) > STANDOUTS_SHOWN:
            indented(console, [Text(f"… and {phrases.number(len(blocks) - STANDOUTS_SHOWN)} more", style="dim")], 2)
    if shown:
        console.print()
        title = "Incidents with several accounts" if several and not everything else "Incidents"
        console.print(Text(title, style="bold underline"))
    for incident in shown:
        print_incident(console, incident, holdings, brief=not everything)
        console.print()
    if len(shown) < len(incidents):
        rest = len(incidents) - len(shown)
        more = f"{phrases.number(rest)} more: `corroborate incidents` lists all, --all prints all, --report shows all."
        indented(console, [Text(more)], 0)
    console.print(Text("This shows who claims what. It does not say what is true.", style="dim"))


def _has_accounts(incident: Incident, holdings: Holdings) -> bool:
    return len(accounts(holdings.claims_in(incident))) > 1


def _standouts(holdings: Holdings) -> Iterator[tuple[str, list[tuple[Text, list[Text]]]]]:
    """Yield each kind of thing to see first, with its cases: a line that says which, and the lines under it."""
    clashes = [(incident_line(one, holdings), list(_clash_lines(one, holdings))) for one in disputed(holdings)]
    printed = [(incident_line(one.incident, holdings), [_printed_line(one)]) for one in printed_often(holdings)]
    moved = [
        (Text(phrases.quantity_words(one.told[0].quantity)), [_told_line(told, holdings) for told in one.told])
        for one in travelled(holdings)
    ]
    for title, some in (
        ("Accounts disagree", clashes),
        ("One origin, printed by several", printed),
        ("One figure, told of different places or times", moved),
    ):
        if some:
            yield title, some


def _clash_lines(incident: Incident, holdings: Holdings) -> Iterator[Text]:
    for contradiction in inner_clashes(incident):
        sides = "; ".join(
            f"{phrases.clean(side.value)} ({', '.join(map(phrases.clean, side.origins))})"
            for side in contradiction.sides
        )
        yield Text.assemble((f"{DISPUTED[contradiction.about]}: ", "bold"), sides)


def _printed_line(printed: Printed) -> Text:
    outlets = ", ".join(map(phrases.publisher_words, printed.documents))
    return Text(f"{phrases.clean(printed.origin.name)}, in {len(printed.documents)} outlets: {outlets}")


def _told_line(told: Told, holdings: Holdings) -> Text:
    return Text.assemble(
        (phrases.published_words(holdings.document[told.claim.document]) + "  ", "dim"),
        f"{phrases.chain_words(told.claim)}: ",
        (phrases.quantity_words(told.quantity), "bold"),
        f", {phrases.setting_words(told.claim)}",
    )


def counts_line(holdings: Holdings) -> str:
    """Return how much is held: documents, claims, incidents and how many of these have more than one report."""
    several = sum(len(incident.claims) > 1 for incident in holdings.incidents)
    counts = (("document", len(holdings.documents)), ("claim", len(holdings.claims)))
    first = ", ".join(f"{phrases.number(count)} {noun}{'' if count == 1 else 's'}" for noun, count in counts)
    incidents = len(holdings.incidents)
    noun = "incident" if incidents == 1 else "incidents"
    return f"{first}, {phrases.number(incidents)} {noun} ({phrases.number(several)} with more than one claim)"
