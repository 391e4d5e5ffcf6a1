"""Settings, with one order of precedence: command line, then environment, then file, then default.

The environment's names are CORROBORATE_ and the setting in capitals; the file is `corroborate.toml` in the working
folder, or the one that CORROBORATE_CONFIG names.
"""

import dataclasses
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corroborate.errors import CorroborateError


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a person can set, with its default."""

    # A file of 200 MB is no report; the largest source in the field's public sets is under 1 MB.
    max_bytes: int = 50_000_000
    workers: int = 0  # processes that read; 0: as many as the machine has cores
    parties: str = ""  # a TOML file with a user's own parties, in the form of the package's
    by: str = ""  # who decides, where `corroborate decide` is not told; empty: the login
    grades: str = ""  # the scheme of the suggested grade, by its name in knowledge/grades.toml; empty: its default
    ranges: str = (
        ""  # the rule by which figures become ranges, by its name in knowledge/ranges.toml; empty: its default
    )
    mask: bool = False  # private names left out of what is published

    @property
    def worker_count(self) -> int:
        """The number of reading processes, at least 1."""
        return self.workers or os.cpu_count() or 1


def load_settings(given: Mapping[str, Any], environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings: `given` (None means not given) before the environment before the file before the defaults.

    Raises CorroborateError E501 for a name or value that is not valid, or a file that cannot be read.
    """
    environment = os.environ if environment is None else environment
    kinds = {field.name: type(field.default) for field in dataclasses.fields(Settings)}
    values: dict[str, Any] = _from_file(environment, kinds)
    for name, kind in kinds.items():
        raw = environment.get("CORROBORATE_" + name.upper())
        if raw is not None:
            values[name] = _parse(name, kind, raw)
        if given.get(name) is not None:
            values[name] = given[name]
    return Settings(**values)


def _from_file(environment: Mapping[str, str], kinds: Mapping[str, type]) -> dict[str, Any]:
    named = environment.get("CORROBORATE_CONFIG")
    path = Path(named or "corroborate.toml")
    if not named and not path.is_file():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CorroborateError("E501", str(path), str(error)) from error
    for name, value in values.items():
        if name not in kinds or type(value) is not kinds[name]:
            raise CorroborateError("E501", str(path), f"{name} = {value!r}")
    return values


def _parse(name: str, kind: type, raw: str) -> Any:
    try:
        if kind is bool:
            return {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}[raw.lower()]
        return kind(raw)
    except (ValueError, KeyError) as error:
        raise CorroborateError("E501", "CORROBORATE_" + name.upper(), f"{raw!r} is not {kind.__name__}") from error
