import io

import samples
from rich.console import Console

from corroborate.publish import listing, summary, things
from corroborate.publish.holdings import Holdings


def printed(show: object, *args: object, width: int = 110, **more: object) -> str:
    stream = io.StringIO()
    console = Console(file=stream, width=width, markup=False, highlight=False)
    show(console, *args, **more)  # type: ignore[operator]
    return stream.getvalue()


def test_a_run_shows_ranges_origins_grade_disagreement_and_chains() -> None:
    text = printed(summary.print_run, samples.holdings())
    for words in (
        "2 documents, 8 claims, 1 incident",
        "Air strike · Ostra · 2 May 2031",
        "at least 17 killed, civilians",
        "17 to 23 killed, people (not said who)",
        "2 shown, 3 possible",
        "speaks for upland",
        "contested (suggested",
        "how many:",
        "- 23 killed: Witness",
        "Veln Herald -> Lowland Monitor · reported · at least 17 civilians killed",
        "Veln Herald -> not sure who · hedged",
        "courier.txt -> The Upland command · denied, negated",
    ):
        assert words in text


def test_no_line_ends_in_blanks() -> None:
    text = printed(summary.print_run, samples.holdings(), width=60)
    assert [line for line in text.splitlines() if line != line.rstrip()] == []


def test_an_unresolved_voice_is_never_shown_as_the_documents_own() -> None:
    held = samples.holdings()
    claim = held.claims[2]
    text = printed(things.print_claim, claim, held)
    assert claim.voice == "unresolved"
    assert "Veln Herald -> not sure who" in text
    assert "own voice" not in text


def test_a_claim_shows_what_its_source_leans_on() -> None:
    held = samples.holdings()
    text = printed(things.print_claim, held.claims[3], held)
    assert "Veln Herald -> Sentra Agency -> Colonel Ivo Brandt" in text
    assert "“available information”" in text


def test_square_brackets_in_a_text_are_no_markup() -> None:
    held = samples.document("brackets", None, "[red]27 killed[/red] \x1b[31mthere", None, "[bold]27[/bold]")
    claim = samples.claim(held, "[red]27 killed[/red] \x1b[31mthere")
    text = printed(things.print_document, held, Holdings.of((held,), (claim,)))
    assert "[bold]27[/bold]" in text
    assert "“[red]27 killed[/red] [31mthere”" in text
    assert "\x1b" not in text


def test_tables_have_a_row_for_each() -> None:
    held = samples.holdings()
    assert "at least 17 killed, civilians" in printed(listing.print_incidents, held, width=220)
    claims = printed(listing.print_claims, held)
    assert all(claim.id[:12] in claims for claim in held.claims)
    only = printed(listing.print_claims, held, document=held.documents[1].id)
    assert held.claims[-1].id[:12] in only
    assert held.claims[0].id[:12] not in only
    assert printed(listing.print_incidents, Holdings.of((), ())).strip() == "no incidents"
