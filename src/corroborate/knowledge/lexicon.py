"""The lexicons of the package: TOML files beside this module, read once."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lexicon(name: str) -> dict[str, Any]:
    """Return the lexicon `name` (without .toml) as plain tables; raise FileNotFoundError where there is none."""
    return tomllib.loads((files("corroborate.knowledge") / f"{name}.toml").read_text(encoding="utf-8"))
