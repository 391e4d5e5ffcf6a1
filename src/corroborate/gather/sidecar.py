"""The sidecar NAME.meta.json: what a person or a capturing tool noted of the file NAME beside it."""

import dataclasses
import json
from datetime import datetime

from corroborate.errors import Problem
from corroborate.gather.dates import published
from corroborate.gather.item import Item, printable

SUFFIX = ".meta.json"
_WORDS = ("url", "archive_url", "outlet", "title", "author")


def with_sidecar(item: Item, data: bytes, name: str) -> Item | Problem:
    """Return the item with what the sidecar's bytes say: url, archive_url, retrieved, outlet, published, title, author.

    All are strings, `retrieved` an ISO time and `published` a date; null and unknown names are passed over. A sidecar
    that is damaged gives E107 under its own `name`: nothing of it is taken, rather than half.
    """
    try:
        said = json.loads(data.decode("utf-8-sig"))
        if not isinstance(said, dict):
            raise ValueError("not a JSON object")
        given = {key: _string(key, said[key]) for key in (*_WORDS, "retrieved", "published") if said.get(key)}
        retrieved = datetime.fromisoformat(given["retrieved"]) if "retrieved" in given else None
        when = published(given["published"], "sidecar") if "published" in given else None
        if "published" in given and when is None:
            raise ValueError(f"published: {given['published']!r} is not a date")
    except (ValueError, RecursionError) as error:
        return Problem(code="E107", name=name, detail=str(error))
    return dataclasses.replace(
        item,
        retrieved=retrieved,
        published=when,
        url=given.get("url"),
        archive_url=given.get("archive_url"),
        outlet=given.get("outlet"),
        title=given.get("title"),
        author=given.get("author"),
    )


def _string(key: str, value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{key}: {value!r} is not a string")
    return printable(value.strip())
