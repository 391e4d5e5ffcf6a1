"""The JSON Lines contract: each record type to a JSON object and back, by its dataclass alone."""

import dataclasses
import json
import types
import typing
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any, Literal, TextIO, Union

from corroborate.model.claim import Claim
from corroborate.model.comparison import Comparison
from corroborate.model.decision import Decision
from corroborate.model.finding import Finding
from corroborate.model.incident import Incident, Link
from corroborate.model.text import Document

Record = Document | Claim | Incident | Link | Decision | Finding | Comparison
RECORDS: Mapping[str, type] = {
    "document": Document,
    "claim": Claim,
    "incident": Incident,
    "link": Link,
    "decision": Decision,
    "finding": Finding,
    "comparison": Comparison,
}
_NAMES = {kind: name for name, kind in RECORDS.items()}


class RecordError(ValueError):
    """A line that is not a record of the contract; the message names the field and the cause."""

    def __init__(self, cause: str, path: str = "") -> None:
        self.cause, self.path = cause, path
        super().__init__(f"{path}: {cause}" if path else cause)

    def under(self, step: str) -> "RecordError":
        """Return the same error seen from one step further out: ".field" or "[3]"."""
        return RecordError(self.cause, step + self.path)


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
    try:
        return typing.cast(Record, _decoder(RECORDS[name])(data))
    except RecordError as error:
        raise error.under(name) from None


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
    kind: Any = type(value)
    if kind is str or kind is int or value is None or kind is bool:
        return value
    if kind is float:
        return int(value) if value.is_integer() else value
    if kind is tuple or kind is list:
        return [_encode(item) for item in value]
    if kind is dict:
        return {key: _encode(item) for key, item in value.items()}
    if kind is date or kind is datetime:
        return value.isoformat()
    return {name: _encode(getattr(value, name)) for name in hints(kind)}


@cache
def _decoder(hint: Any) -> Callable[[Any], Any]:
    """Return the function that makes a JSON value what the hint names; it raises RecordError with the path inside."""
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (Union, types.UnionType):
        inner = _decoder(next(arg for arg in args if arg is not type(None)))
        return lambda value: None if value is None else inner(value)
    if origin is Literal:
        options = frozenset(args)
        return lambda value: _checked(isinstance(value, str) and value in options, value, f"one of {', '.join(args)}")
    if origin is tuple:
        return _tuple_decoder(args)
    if origin is dict:
        return _dict_decoder(_decoder(args[0]), _decoder(args[1]))
    if dataclasses.is_dataclass(hint):
        return _dataclass_decoder(typing.cast(type, hint))
    if hint in (date, datetime):
        return lambda value: _moment(hint, value)
    if hint is float:
        return lambda value: float(_checked(type(value) in (int, float), value, "a number"))
    return lambda value: _checked(type(value) is hint, value, f"of type {hint.__name__}")


def _tuple_decoder(args: tuple[Any, ...]) -> Callable[[Any], Any]:
    decoders = None if args[-1] is Ellipsis else [_decoder(arg) for arg in args]
    each = _decoder(args[0])

    def of_list(value: Any) -> Any:
        _checked(type(value) is list, value, "a list")
        if decoders is not None:
            _checked(len(value) == len(decoders), value, f"a list of {len(decoders)}")
        made: list[Any] = []
        for item in value:
            try:
                made.append((each if decoders is None else decoders[len(made)])(item))
            except RecordError as error:
                raise error.under(f"[{len(made)}]") from None
        return tuple(made)

    return of_list


def _dict_decoder(of_key: Callable[[Any], Any], of_value: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def of_object(value: Any) -> Any:
        made = {}
        for key, item in _checked(isinstance(value, dict), value, "an object").items():
            try:
                made[of_key(key)] = of_value(item)
            except RecordError as error:
                raise error.under(f".{key}") from None
        return made

    return of_object


def _dataclass_decoder(kind: type) -> Callable[[Any], Any]:
    # A type that holds itself would need its decoder before it is made; no record of the contract does.
    fields = {name: _decoder(hint) for name, hint in hints(kind).items()}
    # A field that came later has a default, which stands for it in records that an earlier version wrote.
    added = {field.name for field in dataclasses.fields(kind) if field.default is not dataclasses.MISSING}

    def of_object(value: Any) -> Any:
        _checked(isinstance(value, Mapping), value, "an object")
        made = {}
        for name, decoder in fields.items():
            # What a later version added is passed over; what this one has must be there.
            if name not in value:
                if name in added:
                    continue
                raise RecordError("the field is missing", f".{name}")
            try:
                made[name] = decoder(value[name])
            except RecordError as error:
                raise error.under(f".{name}") from None
        return kind(**made)

    return of_object


def _moment(kind: Any, value: Any) -> Any:
    try:
        return kind.fromisoformat(_checked(type(value) is str, value, "an ISO date"))
    except RecordError:
        raise
    except ValueError:
        raise RecordError(f"{value!r} is not an ISO date") from None


def _checked(holds: bool, value: Any, wanted: str) -> Any:
    if not holds:
        raise RecordError(f"{value!r} is not {wanted}")
    return value
