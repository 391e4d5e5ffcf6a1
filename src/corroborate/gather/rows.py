"""Files of many records: JSON Lines, one JSON value, tables; each record with its line and its own text."""

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_DELIMITERS = (",", "\t", ";", "|")
# Articles are longer than the 131,072 code points that the csv module allows a field by default.
_LONGEST_FIELD = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One record: `line` counts from 1, `raw` is its own text; `error` says why `fields` is None."""

    line: int
    raw: str
    fields: dict[str, Any] | None = None
    error: str = ""


def json_rows(text: str) -> Iterator[Row]:
    """Yield the records of JSON Lines, or of one array or object; a malformed line is a row with its error."""
    first = text.lstrip().split("\n", 1)[0]
    if not isinstance(_parsed(first), dict) and isinstance(_parsed(text), (dict, list)):
        yield from _elements(text)
        return
    for number, line in enumerate(text.split("\n"), start=1):
        raw = line.rstrip("\r")
        if raw.strip():
            yield _json_row(number, raw)


def _json_row(number: int, raw: str) -> Row:
    try:
        value = json.loads(raw)
    except (ValueError, RecursionError) as error:
        return Row(line=number, raw=raw, error=f"is not JSON: {_brief(error)}")
    if not isinstance(value, dict):
        return Row(line=number, raw=raw, error="is not a JSON object")
    return Row(line=number, raw=raw, fields=_named(value))


def _elements(text: str) -> Iterator[Row]:
    """The objects of one JSON array, or one object, laid out over any number of lines."""
    decoder = json.JSONDecoder()
    start = len(text) - len(text.lstrip())
    if text[start] == "{":
        yield _json_row(1 + text.count("\n", 0, start), text.strip())
        return
    at, line, counted = start + 1, 1, 0
    while True:
        while at < len(text) and text[at] in " \t\r\n,":
            at += 1
        if text[at : at + 1] in ("]", ""):
            return
        _, end = decoder.raw_decode(text, at)
        line, counted = line + text.count("\n", counted, at), at
        yield _json_row(line, text[at:end])
        at = end


def table_rows(text: str) -> Iterator[Row]:
    """Yield the records of a table with a header line; a row that cannot be read is a row with its error."""
    csv.field_size_limit(_LONGEST_FIELD)
    lines = text.split("\n")
    delimiter = _delimiter(lines[0])
    reader = csv.reader((line + "\n" for line in lines), delimiter=delimiter)
    header: list[str] | None = None
    while True:
        begun = reader.line_num
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield Row(line=begun + 1, raw=lines[min(begun, len(lines) - 1)], error=f"is not a table's row: {error}")
            continue
        raw = "\n".join(lines[begun : reader.line_num]).rstrip("\r")
        if header is None:
            header = values
        elif any(values):
            yield Row(line=begun + 1, raw=raw, fields=_named(dict(zip(header, values, strict=False))))


def header_of(text: str) -> set[str]:
    """Return the plain names of the columns that the first line of a text would give as a table."""
    first = text.split("\n", 1)[0].rstrip("\r")
    try:
        names = next(csv.reader([first], delimiter=_delimiter(first)), [])
    except csv.Error:
        return set()
    return set(_named(dict.fromkeys(names)))


def _delimiter(header: str) -> str:
    """The sign that parts the columns of a header line: the one that occurs most."""
    return max(_DELIMITERS, key=header.count)


def _named(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields under plain names: lower case, with underscores."""
    return {str(key).strip().lower().replace(" ", "_").replace("-", "_"): value for key, value in fields.items()}


def _parsed(text: str) -> Any:
    """The JSON value that a text is; None where it is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _brief(error: Exception) -> str:
    return error.msg if isinstance(error, json.JSONDecodeError) else str(error)
