from pathlib import Path

import pytest
import typer

from corroborate.cli import app

DOCUMENTED = (Path(__file__).parents[2] / "docs" / "cli.md").read_text(encoding="utf-8")
GROUP = typer.main.get_command(app)
COMMANDS: dict[str, typer.core.TyperCommand] = GROUP.commands  # type: ignore[attr-defined]
BELOW = [(name, below) for name, one in COMMANDS.items() for below in getattr(one, "commands", {}).values()]


def section(name: str) -> str:
    assert f"\n## {name}\n" in DOCUMENTED, f"docs/cli.md has no section on {name}"
    return DOCUMENTED.split(f"\n## {name}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_and_option_is_documented(name: str) -> None:
    words = section(name)
    for parameter in COMMANDS[name].params:
        for written in [parameter.metavar] if parameter.param_type_name == "argument" else parameter.opts:
            assert str(written) in words or written in ("--help", "-h"), f"docs/cli.md does not tell {name} {written}"
            if str(written).startswith("--") and written not in ("--help", "--document", "--report", "--all"):
                assert f"`{written}" in DOCUMENTED


@pytest.mark.parametrize(("name", "below"), BELOW, ids=lambda part: getattr(part, "name", part))
def test_each_command_below_another_is_documented(name: str, below: typer.core.TyperCommand) -> None:
    assert f"corroborate {name} {below.name}" in section(name)
    assert f"corroborate {name} {below.name}" in str(below.help).split("Examples:")[1]
    assert all(str(parameter.metavar) in section(name) for parameter in below.params if parameter.opts[0][0] != "-")


@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_gives_examples(name: str) -> None:
    assert f"corroborate {name}" in str(COMMANDS[name].help).split("Examples:")[1]


def test_no_command_is_documented_that_is_not_there() -> None:
    titles = {line[3:] for line in DOCUMENTED.splitlines() if line.startswith("## ")}
    assert titles - {"Options of several commands"} == set(COMMANDS)


def test_the_index_lists_every_page() -> None:
    docs = Path(__file__).parents[2] / "docs"
    index = (docs / "README.md").read_text(encoding="utf-8")
    assert [page.name for page in docs.glob("*.md") if page.name != "README.md" and f"({page.name})" not in index] == []
