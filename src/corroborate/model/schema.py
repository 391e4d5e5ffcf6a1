"""The JSON schema of the records, generated from the model: what a line must look like."""

import dataclasses
import types
import typing
from datetime import date, datetime
from typing import Any, Literal, Union

from corroborate.model.records import RECORDS, hints

_PLAIN: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "string", "format": "date"},
    datetime: {"type": "string", "format": "date-time"},
}


def schema() -> dict[str, Any]:
    """Return the JSON schema (draft 2020-12) that each line of the records keeps."""
    definitions: dict[str, Any] = {}
    options = []
    for name, kind in RECORDS.items():
        _define(kind, definitions)
        body = definitions[kind.__name__]
        body["properties"] = {"record": {"const": name}, **body["properties"]}
        body["required"] = ["record", *body["required"]]
        options.append({"$ref": f"#/$defs/{kind.__name__}"})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Corroborate record",
        "oneOf": options,
        "$defs": dict(sorted(definitions.items())),
    }


def _define(kind: type, definitions: dict[str, Any]) -> None:
    if kind.__name__ in definitions:
        return
    definitions[kind.__name__] = {}  # taken, so that a type that holds itself ends
    fields = hints(kind)
    definitions[kind.__name__] = {
        "type": "object",
        "description": (kind.__doc__ or "").strip(),
        "properties": {name: _of(hint, definitions) for name, hint in fields.items()},
        "required": list(fields),
    }


def _of(hint: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    origin, args = typing.get_origin(hint), typing.get_args(hint)
    if origin in (Union, types.UnionType):
        options = [_of(arg, definitions) for arg in args if arg is not type(None)]
        return {"anyOf": [*options, {"type": "null"}]} if type(None) in args else {"anyOf": options}
    if origin is Literal:
        return {"enum": list(args)}
    if origin is tuple:
        if args[-1] is Ellipsis:
            return {"type": "array", "items": _of(args[0], definitions)}
        return {"type": "array", "prefixItems": [_of(arg, definitions) for arg in args], "items": False}
    if origin is dict:
        return {
            "type": "object",
            "propertyNames": _of(args[0], definitions),
            "additionalProperties": _of(args[1], definitions),
        }
    if dataclasses.is_dataclass(hint):
        _define(typing.cast(type, hint), definitions)
        return {"$ref": f"#/$defs/{typing.cast(type, hint).__name__}"}
    return dict(_PLAIN[hint])
