"""docs/records.md names every record, every field and every value of a closed set."""

import dataclasses
import types
import typing
from collections.abc import Iterator
from pathlib import Path

import pytest

from corroborate.model.records import RECORDS, hints

DOCUMENTED = (Path(__file__).parents[2] / "docs" / "records.md").read_text(encoding="utf-8")


def parts(hint: object) -> Iterator[object]:
    """Yield what a type is made of, dataclasses and literals, without going into the dataclasses."""
    if dataclasses.is_dataclass(hint) or typing.get_origin(hint) is typing.Literal:
        yield hint
    elif isinstance(hint, types.GenericAlias | types.UnionType) or typing.get_origin(hint):
        for part in typing.get_args(hint):
            yield from parts(part)


def section(name: str) -> str:
    return DOCUMENTED.split(f"\n## {name}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("name", RECORDS)
def test_every_field_and_value_is_explained(name: str) -> None:
    # Spans, places and times are explained once, in the general part and under "claim".
    words = section(name) + (section("claim") if name == "incident" else "") + DOCUMENTED.split("\n## ")[0]
    waiting: list[object] = [RECORDS[name]]
    seen: set[object] = set()
    while waiting:
        kind = waiting.pop()
        if kind in seen:
            continue
        seen.add(kind)
        if not dataclasses.is_dataclass(kind):
            missing = [value for value in typing.get_args(kind) if value not in words]
            assert not missing, f"docs/records.md does not explain the values {missing}"
            continue
        for field, hint in hints(kind).items():  # type: ignore[arg-type]
            assert f"`{field}`" in words, f"docs/records.md does not explain {kind} {field}"
            waiting.extend(parts(hint))


def test_every_record_has_its_section_and_there_is_no_other() -> None:
    assert {line[3:] for line in DOCUMENTED.splitlines() if line.startswith("## ")} == set(RECORDS)
