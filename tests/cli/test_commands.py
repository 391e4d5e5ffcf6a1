import json
from pathlib import Path

import pytest
import samples

from corroborate.model import Claim, Decision, Document, Incident, Link, read_records

HELD = samples.holdings()


def kinds(output: str) -> list[type]:
    return [type(record) for record in read_records(output.splitlines())]


def test_read_prints_each_claim_with_its_chain_and_keeps_nothing(call, tmp_path: Path) -> None:
    done = call("read", "reports")
    assert done.exit_code == 0
    assert "Veln Herald -> Sentra Agency -> Colonel Ivo Brandt" in done.stdout
    assert "main event" in done.stdout
    assert not list(tmp_path.iterdir())


def test_read_json_is_the_records_and_nothing_else(call) -> None:
    done = call("read", "reports", "--json")
    assert done.exit_code == 0
    assert kinds(done.stdout) == [Document] + [Claim] * 6 + [Document] + [Claim] * 2
    assert set(read_records(done.stdout.splitlines())) == {*HELD.documents, *HELD.claims}


def test_a_failed_file_is_named_and_the_rest_is_read(call) -> None:
    done = call("read", "reports", "missing.txt", "--json")
    assert done.exit_code == 1
    assert "E101 missing.txt: the file does not exist. Hint: check the path." in done.stderr
    assert len(kinds(done.stdout)) == 10


def test_run_prints_a_summary_and_keeps_a_ledger(call, tmp_path: Path) -> None:
    done = call("run", "reports")
    assert done.exit_code == 0, done.stderr
    assert done.stderr == ""  # no progress bar where standard error is no terminal
    assert "Documents: 2 new, 0 already known" in done.stdout
    assert "2 shown, 3 possible" in done.stdout
    assert (tmp_path / "corroborate.ledger").exists()
    assert "0 new, 2 already known" in call("run", "reports").stdout


def test_run_json_is_documents_claims_links_incidents_and_nothing_else(call) -> None:
    done = call("run", "reports", "missing.txt", "--json")
    assert done.exit_code == 1
    assert kinds(done.stdout) == [Document] * 2 + [Claim] * 8 + [Link] + [Incident]
    assert done.stderr.count("E101 missing.txt") == 1


def test_run_writes_the_report(call, tmp_path: Path) -> None:
    done = call("run", "reports", "missing.txt", "--report", "report.html")
    text = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "The report is in report.html." in done.stderr
    assert text.startswith("<!doctype html>")
    assert text.endswith("</html>")
    assert "missing.txt: the file does not exist" in text
    assert not (tmp_path / "report.html.part").exists()


def test_a_report_that_cannot_be_written_is_told_before_the_work(call, tmp_path: Path) -> None:
    done = call("run", "reports", "--report", "nowhere/report.html")
    assert done.exit_code == 1
    assert "E502 nowhere/report.html" in done.stderr
    assert not (tmp_path / "corroborate.ledger").exists()


def test_an_interrupted_run_says_what_is_kept_and_goes_on(call) -> None:
    done = call("run", "interrupted", "--ledger", "kept.ledger")
    assert done.exit_code == 130
    assert "1 document is kept in kept.ledger; the same command goes on from there" in done.stderr
    assert "1 new, 1 already known" in call("run", "reports", "--ledger", "kept.ledger").stdout


@pytest.mark.parametrize("command", ["read", "run"])
def test_mask_leaves_no_private_name(call, tmp_path: Path, command: str) -> None:
    more = ["--report", "r.html"] if command == "run" else []
    plain = call(command, "reports", "--json").stdout
    assert "Mara Tellin" in plain
    masked = call(command, "reports", "--json", "--mask", *more).stdout
    assert len(kinds(masked)) == len(kinds(plain))
    assert "Tellin" not in masked
    assert "Tellin" not in call(command, "reports", "--mask").stdout
    if more:
        assert "Tellin" not in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_the_listings(call) -> None:
    call("run", "reports")
    assert "Air strike" in call("incidents").stdout
    assert list(read_records(call("incidents", "--json").stdout.splitlines())) == list(HELD.incidents)
    assert "courier.txt -> The Upland command" in call("claims").stdout
    one = call("claims", "--json", "--document", HELD.documents[1].id[:9]).stdout
    assert {record.document for record in read_records(one.splitlines())} == {HELD.documents[1].id}  # type: ignore[union-attr]
    assert "Tellin" not in call("claims", "--mask").stdout


def test_show_takes_the_beginning_of_an_id(call) -> None:
    call("run", "reports")
    incident, claim, document = HELD.incidents[0], HELD.claims[0], HELD.documents[0]
    shown = call("show", incident.id[:12])
    assert shown.exit_code == 0
    assert "both reports cite the Lowland Monitor" in shown.stdout
    assert "weight 7.2: same place; days overlap" in shown.stdout
    assert "the attribution head is sure" in call("show", claim.id).stdout
    assert "Strike on Ostra kills" in call("show", document.id).stdout
    assert kinds(call("show", incident.id, "--json").stdout) == [Document] * 2 + [Claim] * 4 + [Link, Incident]
    assert kinds(call("show", claim.id, "--json").stdout) == [Document, Claim, Link, Incident]
    assert kinds(call("show", document.id, "--json").stdout) == [Document] + [Claim] * 6
    assert "Tellin" not in call("show", incident.id, "--mask").stdout


def test_a_decision_is_kept_shown_and_superseded(call) -> None:
    call("run", "reports")
    incident, claim = HELD.incidents[0], HELD.claims[0]
    done = call("decide", "accept", incident.id[:12], "--why", "read all of it", "--by", "Amal", "--json")
    assert done.exit_code == 0, done.stderr
    assert kinds(done.stdout) == [Decision]
    first = next(read_records(done.stdout.splitlines()))
    assert "accepted by Amal" in call("show", incident.id).stdout
    against = call("decide", "reject", incident.id, "--why", "no")
    assert against.exit_code == 2
    assert f"E410 reject: it contradicts a decision that stands: {first.id}" in against.stderr
    done = call("decide", "reject", incident.id, "--why", "a rumour", "--supersedes", first.id, "--later")
    assert done.exit_code == 0, done.stderr
    told = call("history", claim.id).stdout
    assert "superseded by j_" in told
    assert "a rumour" in told
    assert f"read and kept {claim.document[:12]}" in told
    assert kinds(call("history", "--json").stdout) == [Decision] * 2
    assert "rejected by" in call("run", "reports").stdout
    assert call("verify").exit_code == 0


def test_a_correction_is_what_the_listings_give(call) -> None:
    call("run", "reports")
    claim = HELD.claims[0]
    call("decide", "correct", claim.id, "--set", "killed=40..", "--why", "misread")
    assert "at least 40" in call("claims").stdout
    (record,) = [one for one in read_records(call("claims", "--json").stdout.splitlines()) if one.id == claim.id]  # type: ignore[union-attr]
    assert [one.low for one in record.quantities if one.measure == "killed"] == [40]  # type: ignore[union-attr]
    assert call("relink").stdout == "1 incidents, as they were.\n"


def test_the_reliability_of_a_source_is_shown_with_who_set_it(call) -> None:
    call("run", "reports")
    name = HELD.incidents[0].origins[0].name
    done = call("decide", "reliability", name, "--set", "reliability=B", "--why", "checked", "--by", "Amal")
    assert done.exit_code == 0, done.stderr
    assert "reliability B, by Amal" in call("show", HELD.incidents[0].id).stdout
    assert "checked" in call("history", name).stdout


def test_mask_leaves_no_private_name_in_the_history(call) -> None:
    call("run", "reports")
    call("decide", "accept", HELD.claims[0].id, "--why", "asked Mara Tellin herself")
    assert "Mara Tellin" in call("history").stdout
    for more in ([], ["--json"]):
        assert "Tellin" not in call("history", "--mask", *more).stdout
    assert "Tellin" not in call("show", HELD.claims[0].id, "--mask").stdout


def test_verify_names_what_was_changed(call, tmp_path: Path) -> None:
    call("run", "reports")
    done = call("verify")
    assert done.exit_code == 0, done.stderr
    assert "corroborate.ledger is whole: 2 documents" in done.stdout
    digest = HELD.documents[0].evidence.removeprefix("sha256:")
    kept = next(path for path in tmp_path.rglob("*") if path.is_file() and digest in path.as_posix().replace("/", ""))
    kept.chmod(0o644)
    kept.write_bytes(b"something else")
    done = call("verify")
    assert done.exit_code == 1
    assert "E404" in done.stderr


def test_schema_is_the_models(call) -> None:
    from corroborate.model.schema import schema

    assert json.loads(call("schema").stdout) == schema()
    kept = Path(__file__).parents[2] / "docs" / "records.schema.json"
    assert json.loads(kept.read_text(encoding="utf-8")) == schema(), "run `make schema`"


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["read"], "Missing argument"),
        (["run"], "Missing argument"),
        (["show"], "Missing argument"),
        (["incidents"], "there is no ledger at"),
        (["verify", "--ledger", "none.ledger"], "there is no ledger at"),
        (["decide", "accept", "c_1"], "Missing option"),
        (["history", "--ledger", "none.ledger"], "there is no ledger at"),
        (["reed"], "No such command"),
        (["read", "x", "--max-bytes", "many"], "a valid integer"),
        ([], "Usage"),
    ],
)
def test_misuse_ends_with_2(call, args: list[str], said: str) -> None:
    done = call(*args)
    assert done.exit_code == 2
    assert said in " ".join((done.stdout + done.stderr).split())


def test_an_id_that_is_not_there_is_misuse(call) -> None:
    call("run", "reports")
    for key in ("i_0000", "x_1", HELD.claims[0].id + "0"):
        done = call("show", key)
        assert done.exit_code == 2
        assert "E403" in done.stderr


def test_a_setting_that_is_not_valid_is_misuse(call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CORROBORATE_WORKERS", "several")
    done = call("read", "reports")
    assert done.exit_code == 2
    assert "E501 CORROBORATE_WORKERS" in done.stderr
