"""The counting of the independence benchmark, and an accuracy floor on a few of its cases."""

from pathlib import Path

import pytest

from benchmarks import independence
from benchmarks.common import lines
from corroborate.knowledge.parties import Parties
from corroborate.read import Reader
from corroborate.settings import Settings

CASES = list(lines(Path(independence.__file__).parent / "data" / "independence.jsonl"))


def test_the_cases_are_whole_and_of_many_kinds() -> None:
    names = [case["case"] for case in CASES]
    assert len(names) == len(set(names))
    for case in CASES:
        assert 1 <= int(str(case["shown"])) <= int(str(case["possible"]))
        for entry in case["documents"]:  # type: ignore[attr-defined]
            assert set(entry) == {"name", "outlet", "published", "url", "text"}


@pytest.mark.slow
def test_a_case_goes_the_whole_way_and_its_figures_follow() -> None:
    reader, parties = Reader(Settings()), Parties.load()
    chosen = [case for case in CASES if case["case"] in ("copy-verbatim", "no-source-two", "circular")]
    counted = [independence.count(case, reader, parties) for case in chosen]
    figures = independence.measure(counted)
    assert (figures["shown_right"], figures["possible_right"]) == (100, 100)
    wrong = [*counted, independence.Counted(case="x", shown=2, possible=2, found=None, documents=(), claims=())]
    assert independence.measure(wrong)["both_right"] == pytest.approx(75)
