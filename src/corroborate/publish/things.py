"""What a person reads in a terminal on one thing: a document, a claim, an incident."""

from collections.abc import Iterable, Iterator

from rich.console import Console
from rich.text import Text

from corroborate.model import Claim, Contradiction, Document, Grade, Incident, Origin, Quantity, Toll
from corroborate.publish import phrases
from corroborate.publish.decided import ruling_words
from corroborate.publish.facts import claim_facts, document_facts
from corroborate.publish.holdings import Holdings
from corroborate.publish.standouts import accounts, inner_clashes, told_elsewhere
from corroborate.publish.words import DISPUTED, KINDS, STRIKES

ACCOUNTS_SHOWN = 5
WORDS_SHOWN = 150
_LABEL = 11
_VOICE_STYLES = {"own": "", "attributed": "", "unresolved": "italic"}


def incident_line(incident: Incident, holdings: Holdings) -> Text:
    """Return what, where and when of an incident, and its id."""
    words = phrases.incident_words(incident, holdings.claims_in(incident))
    return Text.assemble(words, ("  " + phrases.short(incident.id), "dim"))


def print_incident(
    console: Console, incident: Incident, holdings: Holdings, *, brief: bool = False, full: bool = False
) -> None:
    """Print one incident: what, where, when; ranges; origins; grade with reasons; disagreements; claims.

    `brief` joins the claims of one voice to an account and leaves out reasons; `full` adds the links.
    """
    console.print(Text.assemble(incident_line(incident, holdings), style="bold"))
    for label, lines in _incident_lines(incident, holdings, brief, full):
        _row(console, label, lines)
    claims = holdings.claims_in(incident)
    if brief:
        told = accounts(claims)
        _row(console, "accounts", [])
        for account in told[:ACCOUNTS_SHOWN]:
            indented(console, list(claim_lines(account.head, account.figures)), 4)
        rest = len(told) - ACCOUNTS_SHOWN
        if rest > 0:
            indented(console, [Text(f"… and {rest} more: corroborate show {phrases.short(incident.id)}")], 4)
        return
    _row(console, "claims", [])
    for claim in claims:
        indented(console, list(claim_lines(claim)), 4)
    if full:
        _row(console, "links", list(_link_lines(incident, holdings)))


def print_document(console: Console, document: Document, holdings: Holdings, toll: Toll | None = None) -> None:
    """Print one document: what is known of it, its segments, its main event's toll, its claims with their chains."""
    title = phrases.clean(document.title or document.name)
    indented(console, [Text.assemble((title, "bold"), ("  " + document.id, "dim"))], 0)
    for label, value in document_facts(document):
        _row(console, label, [Text(phrases.clean(value))])
    for segment in document.segments:
        if segment.kind != "body":
            _row(console, segment.kind, [Text(phrases.shorten(segment.text, WORDS_SHOWN))])
    if toll is not None and (words := phrases.toll_words(toll)):
        _row(console, "main event", [Text(words)])
    claims = holdings.claims_of.get(document.id, ())
    _row(console, "claims", [] if claims else [Text("none")])
    for claim in claims:
        indented(console, list(claim_lines(claim)), 4)


def print_claim(console: Console, claim: Claim, holdings: Holdings) -> None:
    """Print one claim with everything that was read on it, its incidents and its links."""
    indented(console, [Text.assemble((f"“{phrases.clean(claim.text)}”", "bold"), ("  " + claim.id, "dim"))], 0)
    for label, value in claim_facts(claim, holdings):
        _row(console, label, [Text(value)])
    _row(console, "document", [Text(f"{phrases.clean(holdings.outlet_of(claim.document))}  {claim.document}")])
    for incident in holdings.incidents_of.get(claim.id, ()):
        _row(
            console,
            "incident",
            [Text(f"{phrases.incident_words(incident, holdings.claims_in(incident))}  {incident.id}")],
        )
    for link in holdings.links_of.get(claim.id, ()):
        other = link.b if link.a == claim.id else link.a
        label = "linked to" if link.weight > 0 else "held apart"
        _row(console, label, [Text(f"{other}, weight {link.weight:.1f}: {'; '.join(link.because)}")])


def claim_lines(claim: Claim, quantities: Iterable[Quantity] | None = None) -> Iterator[Text]:
    """Yield a claim in short: chain, certainty and figures (its own if none are given), then its words."""
    figures = [phrases.quantity_words(one) for one in (claim.quantities if quantities is None else quantities)]
    certainty = phrases.modality_words(claim)
    basis = f" (leaning on “{phrases.clean(claim.basis.text)}”)" if claim.basis else ""
    yield Text.assemble(
        (phrases.chain_words(claim), _VOICE_STYLES[claim.voice]),
        (basis, ""),
        (f" · {certainty}", "bold" if certainty != "asserted" else ""),
        ("".join(f" · {figure}" for figure in figures), ""),
        ("  " + phrases.short(claim.id), "dim"),
    )
    yield Text(f"  “{phrases.shorten(claim.text, WORDS_SHOWN)}”", style="dim")


def _incident_lines(
    incident: Incident, holdings: Holdings, brief: bool, full: bool
) -> Iterator[tuple[str, list[Text]]]:
    harm = phrases.harm_words(incident.harm)
    if harm:
        yield "harm", [Text(line) for line in harm]
    if incident.contains:
        yield "contains", [Text(", ".join(map(phrases.short, incident.contains)))]
    if incident.alleged_actors:
        yield "said to be", [Text(f"done by {phrases.clean(actor.name)}") for actor in incident.alleged_actors]
    if decided := holdings.decided.get(incident.id, ()):
        yield "decided", [Text(ruling_words(one)) for one in decided]
    yield "origins", list(_origin_lines(incident, holdings, full))
    if incident.strike_status:
        yield "strike", [Text(STRIKES[incident.strike_status])]
    if incident.grade:
        yield "grade", list(_grade_lines(incident.grade))[: 1 if brief else None]
    for contradiction in inner_clashes(incident):
        yield "disagree on", list(_contradiction_lines(contradiction))
    for contradiction in () if brief else told_elsewhere(incident):
        yield "elsewhere", list(_contradiction_lines(contradiction))


def _origin_lines(incident: Incident, holdings: Holdings, full: bool) -> Iterator[Text]:
    counted = phrases.count_words(incident.independent_origins)
    if not full:
        yield Text(f"{counted}: {'; '.join(_origin_words(origin, holdings) for origin in incident.origins)}")
        return
    yield Text(counted)
    for origin in incident.origins:
        claims = ", ".join(phrases.short(key) for key in origin.claims)
        yield Text.assemble(f"- {_origin_words(origin, holdings)}", (f" [{claims}]", "dim"))
        yield from (Text(f"    {phrases.clean(reason)}", style="dim") for reason in origin.because)


def _origin_words(origin: Origin, holdings: Holdings) -> str:
    marks = [KINDS["unnamed"]] if origin.kind == "unnamed" else []
    side = holdings.speaks_for(origin.party, origin.documents[0] if origin.documents else "")
    marks += [f"speaks for {side}"] if side else []
    rated = holdings.reliability.get(origin.name.casefold())
    marks += [f"reliability {rated.decision.changes[0].value}, by {rated.decision.by}"] if rated else []
    marks += [f"{len(origin.documents)} documents"] if len(origin.documents) > 1 else []
    return phrases.clean(origin.name) + (f" ({', '.join(marks)})" if marks else "")


def _grade_lines(grade: Grade) -> Iterator[Text]:
    yield Text.assemble((grade.value, "bold"), f" (suggested, by {grade.scheme})")
    for reason in grade.because:
        claims = (
            f" [{', '.join(map(phrases.short, reason.claims[:3]))}{', …' if len(reason.claims) > 3 else ''}]"
            if reason.claims
            else ""
        )
        yield Text.assemble("- " + phrases.clean(reason.sentence), (claims, "dim"))


def _contradiction_lines(contradiction: Contradiction) -> Iterator[Text]:
    yield Text(f"{DISPUTED[contradiction.about]}:")
    for side in contradiction.sides:
        yield Text(f"- {phrases.clean(side.value)}: {'; '.join(phrases.clean(name) for name in side.origins)}")


def _link_lines(incident: Incident, holdings: Holdings) -> Iterator[Text]:
    inside = set(incident.claims)
    links = dict.fromkeys(link for claim in incident.claims for link in holdings.links_of.get(claim, ()))
    for link in links:
        if link.a in inside and link.b in inside:
            because = "; ".join(phrases.clean(reason) for reason in link.because)
            yield Text(f"{phrases.short(link.a)} and {phrases.short(link.b)}, weight {link.weight:.1f}: {because}")


def _row(console: Console, label: str, lines: list[Text]) -> None:
    """Print lines of text beside their label, wrapped under themselves."""
    if not lines:
        console.print(Text("  " + label, style="bold"))
    indent = 2 + _LABEL + 1
    for number, line in enumerate(lines):
        head = ("  " + (label if number == 0 else "")).ljust(indent)
        for wrapped in line.wrap(console, max(console.width - indent, 20)):
            wrapped.rstrip()
            console.print(Text.assemble((head, "bold"), wrapped))
            head = " " * indent


def indented(console: Console, lines: Iterable[Text], indent: int) -> None:
    """Print lines of text, each wrapped under its own beginning."""
    for line in lines:
        for wrapped in line.wrap(console, max(console.width - indent, 20)):
            wrapped.rstrip()
            console.print(Text.assemble(" " * indent, wrapped))
