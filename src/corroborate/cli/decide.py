"""`corroborate decide`: what a person decides, kept for good, and binding on every later run."""

from typing import TYPE_CHECKING, Annotated, get_args

import typer

from corroborate.cli.held import open_ledger
from corroborate.cli.options import DEFAULT_LEDGER, Json, LedgerFile, settings
from corroborate.cli.output import console, records_out
from corroborate.cli.relink import relinked
from corroborate.errors import CorroborateError

if TYPE_CHECKING:
    from corroborate.model import Change, DecisionKind


def decide(
    what: Annotated[
        str,
        typer.Argument(
            metavar="WHAT",
            help="accept, reject, correct, same, not_same, split, merge, reliability or withdraw.",
        ),
    ],
    on: Annotated[
        list[str], typer.Argument(metavar="ID...", help="What it is on: ids, or the name of a source (reliability).")
    ],
    why: Annotated[str, typer.Option("--why", metavar="REASON", help="The reason. Every decision has one.")],
    by: Annotated[
        str | None, typer.Option("--by", metavar="NAME", help="Who decides. (default: the setting `by`, or the login)")
    ] = None,
    set_: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="FIELD=VALUE", help="With correct and reliability: what is set to what."),
    ] = None,
    supersedes: Annotated[
        str | None, typer.Option("--supersedes", metavar="ID", help="The decision that this one takes the place of.")
    ] = None,
    later: Annotated[
        bool, typer.Option("--later", help="Do not link the ledger anew now; the next run or relink does.")
    ] = False,
    ledger: LedgerFile = DEFAULT_LEDGER,
    json: Json = False,
) -> None:
    """Record a decision with its reason; it binds this ledger's incidents at once and in every later run.

    accept, reject, correct: a claim or an incident. same, not_same: claims or
    incidents. merge: incidents. split: an incident, then the claims that leave it.
    reliability: the name of a source, with --set reliability=A to F. withdraw: an
    earlier decision. Nothing is overwritten: a decision that is against one that
    stands says so with --supersedes. With --json: the decision record.

    Examples:

      corroborate decide not_same c_05977850de c_fe6342281e --why "two villages of one name"

      corroborate decide correct c_f700dabc19 --set killed=17.. --why "the text says at least"

      corroborate decide reliability "Highland Casualty Watch" --set reliability=B --why "checked 2023"

      corroborate decide withdraw j_5a0c7e21bb --why "decided on the wrong claim"
    """
    from datetime import UTC, datetime

    from corroborate.ledger import decide as take
    from corroborate.model import write_records
    from corroborate.publish.decided import decision_words

    set_up = settings()
    changes = [_change(one) for one in set_ or ()]
    with open_ledger(ledger) as kept:
        decision = take(
            kept, _kind(what), on, by=by or set_up.by or _login(), why=why, at=datetime.now(UTC), changes=changes,
            supersedes=supersedes,
        )  # fmt: skip
        changed = None if later else relinked(kept, set_up)
    if json:
        write_records([decision], records_out())
        return
    out = console()
    out.print(f"{decision.id}  {decision_words(decision)}")
    if changed is not None:
        out.print("The incidents changed." if changed else "The incidents are as they were.")


def _kind(what: str) -> "DecisionKind":
    from corroborate.model import DecisionKind

    for kind in get_args(DecisionKind):
        if kind == what.replace("-", "_"):
            found: DecisionKind = kind
            return found
    raise CorroborateError("E411", what, f"it is none of {', '.join(get_args(DecisionKind))}")


def _change(written: str) -> "Change":
    from corroborate.model import Change

    field, parted, value = written.partition("=")
    if not parted:
        raise CorroborateError("E411", written, "--set takes FIELD=VALUE")
    return Change(field=field.strip(), value=value.strip())


def _login() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise CorroborateError("E411", "decide", "a decision says whose it is: give --by NAME") from None
