"""The JSON Lines contract: each record type to a JSON object and back, by its dataclass alone."""

import dataclasses
import json
import types
import typing
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, TextIO, Union

from corroborate.model.claim import Claim
from corroborate.model.incident import Decision, Incident, Link
from corroborate.model.text import Document

Record = Document | Claim | Incident | Link | Decision
RECORDS: Mapping[str, type] = {
    "document": Document,
    "claim": Claim,
    "incident": Incident,
    "link": Link,
    "decision": Decision,
}
_NAMES = {kind: name for name, kind in RECORDS.items()}


class RecordError(ValueError):
    """A line that is not a record of the contract; the message names the field and the cause."""


@cache
def hints(kind: type) -> dict[str, Any]:
    """Return the resolved type of each field of a dataclass, in the order of its fields."""
    resolved = typing.get_type_hints(kind)
    return {field.name: resolved[field.name] for field in dataclasses.fields(kind)}


def to_record(record: Record) -> dict[str, Any]:
    """Return the JSON object of a record, with `record` first; dates become ISO strings, tuples lists."""
    return {"record": _NAMES[type(record)], **_encode(record)}


def from_record(data: Mapping[str, Any]) -> Record:
    """Return the record that a JSON object describes; raise RecordError where it is not one."""
    name = data.get("record")
    if not isinstance(name, str) or name not in RECORDS:
        raise RecordError(f"record: {name!r} is none of {', '.join(RECORDS)}")
    fields = {key: value for key, value in data.items() if key != "record"}
    return typing.cast(Record, decode(RECORDS[name], fields, name))


def dumps(record: Record) -> str:
    """Return a record as one line of JSON, without the line end."""
    return json.dumps(to_record(record), ensure_ascii=False)


def write_records(records: Iterable[Record], stream: TextIO) -> int:
    """Write records as JSON Lines; return how many."""
    count = 0
    for record in records:
        stream.write(dumps(record) + "\n")
        count += 1
    return count


def read_records(lines: Iterable[str]) -> Iterator[Record]:
    """Yield the records of JSON Lines, passing over empty lines; raise RecordError naming the line that is wrong."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            data = json.loads(line)
            if not isinstance(data, dict):
                raise RecordError("not a JSON object")
            yield from_record(data)
        except ValueError as error:
            raise RecordError(f"line {number}: {error}") from error


def _encode(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        return {field.name: _encode(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, (tuple, list)):
        return [_encode(item) for item in value]
    if isinstance(value, dict):
        return {key: _encode(item) for key, item in value.items()}
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def decode(hint: Any, value: Any, where: str) -> Any:
    """Return `value` as the type that `hint` names; `where` is the field's path for the message of a RecordError."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (Union, types.UnionType):
        if value is None and type(None) in args:
            return None
        inner = [arg for arg in args if arg is not type(None)]
        return decode(inner[0], value, where)
    if origin is Literal:
        return _check(value in args, value, f"one of {', '.join(map(str, args))}", where)
    if origin is tuple:
        _check(isinstance(value, list), value, "a list", where)
        kinds = [args[0]] * len(value) if args[-1] is Ellipsis else list(args)
        _check(len(kinds) == len(value), value, f"a list of {len(kinds)}", where)
        pairs = enumerate(zip(kinds, value, strict=True))
        return tuple(decode(kind, item, f"{where}[{i}]") for i, (kind, item) in pairs)
    if origin is dict:
        _check(isinstance(value, dict), value, "an object", where)
        return {decode(args[0], key, where): decode(args[1], item, f"{where}.{key}") for key, item in value.items()}
    if dataclasses.is_dataclass(hint):
        return _decode_dataclass(typing.cast(type, hint), value, where)
    return _decode_plain(hint, value, where)


def _decode_dataclass(kind: type, value: Any, where: str) -> Any:
    _check(isinstance(value, dict), value, "an object", where)
    fields = hints(kind)
    # A reader of a later version's records passes over the fields that it does not know.
    missing = [name for name in fields if name not in value]
    _check(not missing, missing, "no missing field", where)
    return kind(**{name: decode(hint, value[name], f"{where}.{name}") for name, hint in fields.items()})


def _decode_plain(hint: Any, value: Any, where: str) -> Any:
    if hint in (date, datetime):
        _check(isinstance(value, str), value, "an ISO date", where)
        try:
            return hint.fromisoformat(value)
        except ValueError as error:
            raise RecordError(f"{where}: {value!r} is not an ISO date") from error
    if hint is float:
        _check(isinstance(value, (int, float)) and not isinstance(value, bool), value, "a number", where)
        return float(value)
    _check(type(value) is hint, value, f"of type {hint.__name__}", where)
    return value


def _check(holds: bool, value: Any, wanted: str, where: str) -> Any:
    if not holds:
        raise RecordError(f"{where}: {value!r} is not {wanted}")
    return value
