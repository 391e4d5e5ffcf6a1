import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from corroborate.knowledge import gazetteer_build
from corroborate.knowledge.gazetteer import Entry, Gazetteer
from corroborate.knowledge.sphere import distance_km, moved


def one_place(_: object = None) -> Iterator[tuple[Entry, Iterable[str]]]:
    place = Entry(
        id="1",
        name="Ar Raqqah",
        lat=35.95,
        lon=39.0,
        radius_km=7.5,
        country="SY",
        admin1="04",
        population=5,
        kind="city",
    )
    yield place, ["Raqqa"]


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setattr(gazetteer_build, "cities", list)
    monkeypatch.setattr(gazetteer_build, "package_places", one_place)
    return tmp_path / "corroborate"


def opened() -> Gazetteer:
    return Gazetteer(gazetteer_build.packaged())


def test_it_is_compiled_once_and_opened_again(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [e.id for e in opened().find("Rakka")] == ["1"]
    assert len(list(cache.glob("*.sqlite"))) == 1

    def again(_: object) -> None:
        raise AssertionError("compiled twice")

    monkeypatch.setattr(gazetteer_build, "package_places", again)
    assert [e.id for e in opened().find("Raqqa")] == ["1"]
    assert {p.suffix for p in cache.iterdir()} == {".sqlite", ".lock"}  # nothing half written is left


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00" + b"\x00" * 200])
def test_a_damaged_file_is_compiled_anew(cache: Path, content: bytes) -> None:
    opened()
    (path,) = cache.glob("*.sqlite")
    path.write_bytes(content)
    assert [e.id for e in opened().find("Raqqa")] == ["1"]
    assert sqlite3.connect(path).execute("SELECT count(*) FROM place").fetchone() == (1,)


def test_where_no_file_can_be_written_it_is_kept_in_memory(cache: Path) -> None:
    cache.write_text("a file where the folder should be")
    assert [e.id for e in opened().find("Raqqa")] == ["1"]
    assert cache.read_text() == "a file where the folder should be"


def test_countries_and_their_people_by_name(cache: Path) -> None:
    found: Gazetteer = opened()
    assert found.country_of("Syria") == ("SY", False)
    assert found.country_of("Syrian") == ("SY", True)
    assert found.country_of("US") == ("US", False)
    assert found.country_of("us") is None
    assert found.country_of("march") is None


def test_a_point_moved_comes_to_lie_at_that_distance() -> None:
    lat, lon = moved(36.0, 39.0, 225.0, 19.0)
    assert distance_km(36.0, 39.0, lat, lon) == pytest.approx(19.0, abs=1e-6)
    assert lat < 36.0
    assert lon < 39.0


def test_other_vowels_are_found_loosely_where_names_are_written_in_arabic() -> None:
    def town(gid: str, name: str, country: str) -> Entry:
        return Entry(
            id=gid, name=name, lat=35.0, lon=36.0, radius_km=3.0, country=country, admin1="", population=0, kind="city"
        )

    found = Gazetteer.of(
        [(town("1", "Ma‘arratmişrīn", "SY"), []), (town("2", "Marat Misron", "FR"), []), (town("3", "Idlib", "SY"), [])]
    )
    assert found.find("Maaret Misreen") == ()
    assert [e.id for e in found.find_loosely("Maaret Misreen")] == ["1"]
    # A name of three consonants is told by its vowels too.
    assert [e.id for e in found.find_loosely("Idleb")] == ["3"]
    assert found.find_loosely("Adlab") == found.find_loosely("Homs") == ()


def test_processes_that_compile_at_once_compile_it_once(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    assert gazetteer_build.prepare_packaged(told.append, told.append)
    assert told == [0, 1]
    seen = iter((False, True))
    monkeypatch.setattr(gazetteer_build, "_is_whole", lambda _: next(seen))
    assert not gazetteer_build.prepare_packaged(told.append)  # another process did while this one waited for the lock
    assert told == [0, 1]


def test_a_side_of_an_area_lies_among_its_towns_that_way() -> None:
    def at(number: int, lat: float, lon: float, name: str = "") -> tuple[Entry, Iterable[str]]:
        place = Entry(
            id=str(number), name=name or f"Town {number}", lat=lat, lon=lon, radius_km=3.0, country="SY", admin1="09",
            population=0, kind="state" if name else "city", path="SY.09",
        )  # fmt: skip
        return place, []

    towns = [at(4 * row + column, 36.0 + row * 0.2, 37.0 + column * 0.2) for row in range(4) for column in range(4)]
    gazetteer = Gazetteer.of([*towns, at(100, 36.3, 37.3, "Aleppo")])
    province = next(e for e in gazetteer.find("Aleppo") if e.kind == "state")
    north, northeast = gazetteer.sector(province, 0.0), gazetteer.sector(province, 45.0)
    assert north is not None
    assert north[0] == pytest.approx(36.5, abs=0.01)
    assert north[1] == pytest.approx(37.3, abs=0.01)
    assert northeast is not None
    assert northeast[:2] == pytest.approx((36.5, 37.5), abs=0.01)
    assert northeast[2] < north[2]
    few = Gazetteer.of([at(1, 36.0, 37.0), at(2, 36.2, 37.0), at(3, 36.1, 37.0, "Aleppo")])
    assert few.sector(few.find("Aleppo")[0], 0.0) is None
