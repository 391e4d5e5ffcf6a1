"""Command line before environment before file before default; what is not valid is named."""

import pytest

from corroborate.errors import MESSAGES, CorroborateError, Problem
from corroborate.settings import Settings, load_settings


def test_the_order_of_precedence(tmp_path):
    config = tmp_path / "mine.toml"
    config.write_text("workers = 3\nmax_bytes = 7\nmask = true\n")
    environment = {"CORROBORATE_CONFIG": str(config), "CORROBORATE_MAX_BYTES": "8", "CORROBORATE_MASK": "no"}
    settings = load_settings({"workers": None, "max_bytes": 9}, environment)
    assert settings == Settings(workers=3, max_bytes=9, mask=False)


@pytest.mark.parametrize("content", ["workers = 'two'", "wrokers = 2", "workers ="])
def test_a_wrong_file_is_named(tmp_path, content):
    config = tmp_path / "mine.toml"
    config.write_text(content)
    with pytest.raises(CorroborateError, match=r"E501 .*mine\.toml"):
        load_settings({}, {"CORROBORATE_CONFIG": str(config)})


def test_a_wrong_environment_value_is_named():
    with pytest.raises(CorroborateError, match=r"E501 CORROBORATE_WORKERS: .*'two'"):
        load_settings({}, {"CORROBORATE_WORKERS": "two"})


def test_every_message_can_be_said():
    for code in MESSAGES:
        problem = Problem(code=code, name="report.html", detail="of some cause")
        assert str(problem).startswith(f"{code} report.html: ")
        assert problem.hint
        assert problem.is_failure == (code[0] == "E")


def test_a_code_that_is_not_there_is_a_fault_of_ours():
    with pytest.raises(KeyError):
        Problem(code="E999", name="x")
