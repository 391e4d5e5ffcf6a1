"""The HTML report: one file that holds all it needs, opens without a network, and loads and runs nothing else."""

import base64
import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from importlib.metadata import version
from importlib.resources import files
from typing import TextIO

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from corroborate.errors import Problem
from corroborate.model import Claim, Document, Incident
from corroborate.publish import phrases, words
from corroborate.publish.decided import ruling_words
from corroborate.publish.facts import claim_facts, document_facts
from corroborate.publish.figures import WIDTH, figures
from corroborate.publish.holdings import Holdings
from corroborate.publish.marks import Piece, blocks
from corroborate.publish.standouts import accounts, disputed, inner_clashes, printed_often, told_elsewhere, travelled

# What stands open when the report is opened: a page that shows a few incidents at once can be read without a click,
# one with hundreds has to be quick. Both counts are about ten screens.
_OPEN_INCIDENTS = 8
_OPEN_DOCUMENTS = 3
# Rows of the overview, and cases of what stands out, before the rest is folded away: a screen or so each.
_LISTED = 25
# So many documents are printed whole, some two pages each; of a larger report what the reader opened.
_WHOLE_PRINT = 40
_CASES_SHOWN = 6
_LINKED = re.compile(r"https?://", re.IGNORECASE)


def write_report(holdings: Holdings, stream: TextIO, *, written: datetime) -> None:
    """Write the report on these holdings; `written` is the time that it says it was written at."""
    style, script = _asset("report.css"), _asset("report.js")
    incidents = holdings.by_breadth()
    several = [incident for incident in incidents if _has_more_to_it(incident, holdings)]
    held_open = set(map(id, several))
    parts = _environment().get_template("report.html.j2").generate(
        h=holdings,
        several=several,
        single=[incident for incident in incidents if id(incident) not in held_open],
        disputed=disputed(holdings),
        printed=printed_often(holdings),
        moved=travelled(holdings),
        unread=[problem for problem in holdings.problems if problem.is_failure],
        notices=[problem for problem in holdings.problems if not problem.is_failure],
        written=written,
        version=version("corroborate"),
        style=Markup(style),  # our own file, not a reader's text
        script=Markup(script),
        policy=_policy(style, script),
        open_incidents=len(several) <= _OPEN_INCIDENTS,
        listed=_LISTED,
        whole_print=_WHOLE_PRINT,
        cases_shown=_CASES_SHOWN,
        open_documents=len(holdings.documents) <= _OPEN_DOCUMENTS,
    )  # fmt: skip
    stream.writelines(parts)


def _has_more_to_it(incident: Incident, holdings: Holdings) -> bool:
    """Say whether there is more to an incident than one account can say: others to compare with, or a clash."""
    return len(accounts(holdings.claims_in(incident))) > 1 or bool(incident.contradictions)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("corroborate.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    helpers: dict[str, Callable[..., object]] = {
        "blocks": blocks,
        "accounts": accounts,
        "inner_clashes": inner_clashes,
        "told_elsewhere": told_elsewhere,
        "figures": figures,
        "claim_facts": _card_facts,
        "document_facts": document_facts,
        "classes": _classes,
        "linked": _linked,
        "told": _told,
        "ruling_words": ruling_words,
        "title_of": title_of,
    }
    environment.globals.update(helpers)
    environment.globals.update(p=phrases, w=words, WIDTH=WIDTH)
    return environment


def _asset(name: str) -> str:
    return (files("corroborate.publish") / "templates" / name).read_text(encoding="utf-8")


def _policy(style: str, script: str) -> str:
    """Return a content security policy that lets nothing run or load but the report's own style and script."""
    hashed = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in (style, script)]
    return (
        f"default-src 'none'; style-src 'sha256-{hashed[0]}'; script-src 'sha256-{hashed[1]}'; "
        "base-uri 'none'; form-action 'none'"
    )


def _classes(piece: Piece) -> str:
    """Return the CSS classes of a piece: the voice of its innermost claim, how deep it lies, what else it is."""
    depth = [f"deep{min(len(piece.claims), 3)}"] if len(piece.claims) > 1 else []
    inner: Iterable[str] = ["mark", piece.claims[0].voice, *depth] if piece.claims else []
    return " ".join([*inner, *(f"is-{role}" for role in piece.roles)])


def _card_facts(claim: Claim, holdings: Holdings) -> list[tuple[str, str]]:
    """Return the facts of a claim but those that its card shows in its head, and the reasons, which are folded away."""
    facts = list(claim_facts(claim, holdings))
    told = facts[: len(facts) - len(claim.why)]
    return [(label, value) for label, value in told if label not in ("voice", "chain", "certainty", "speaks for")]


def _linked(address: str | None) -> bool:
    """Say whether an address may be a link: never one that runs something."""
    return bool(address and _LINKED.match(address))


def _told(problem: Problem) -> str:
    """Return a problem in words, without its code and without the folders of the machine that the file lay on."""
    last = problem.name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    words = str(replace(problem, name=last or problem.name))
    return phrases.clean(words.removeprefix(problem.code))


def title_of(document: Document) -> str:
    """Return what a document is called in the report: its title, else its first words."""
    return phrases.clean(document.title) if document.title else phrases.shorten(document.text, 80)
