import gzip
import json
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from corroborate.errors import CorroborateError
from corroborate.knowledge.gazetteer import Entry, Gazetteer, added_files, fingerprint, open_compiled
from corroborate.knowledge.gazetteer_build import compile_file
from corroborate.knowledge.gazetteer_files import Reading


def line(
    gid: int, name: str, lat: float | str = 35.0, lon: float = 39.0, *, others: str = "", code: str = "P.PPL",
    codes: str = "04...", people: int = 0,
) -> str:  # fmt: skip
    cells = [gid, name, name, others, lat, lon, *code.split("."), "SY", "", *codes.split("."), people, "", 300, "", ""]
    return "\t".join(map(str, cells)) + "\n"


def read(path: Path) -> tuple[list[Entry], Reading]:
    reading = Reading(path)
    return [entry for entry, _ in reading.places()], reading


def opened(path: Path, target: Path) -> Gazetteer:
    compile_file(target, Reading(path).places())
    connection = open_compiled(target)
    assert connection is not None
    return Gazetteer(connection)


def test_a_country_file_gives_towns_divisions_and_other_things_with_all_their_names(tmp_path: Path) -> None:
    path = tmp_path / "SY.txt"
    path.write_text(
        line(1, "Qalat Sahra", 35.1, 39.1, others="Kalat Sahra,قلعة صحرا,Калат", people=900)
        + line(2, "Wadi Nur", 35.0, 39.0, code="A.ADM1")
        + line(3, "Far Town", 36.0, 39.0, codes="04.0401..")
        + line(4, "Jabal Nur", code="T.MT"),
        encoding="utf-8",
    )
    gazetteer = opened(path, tmp_path / "SY.sqlite")
    assert len(gazetteer) == 4
    assert [[e.kind for e in gazetteer.find(name)] for name in ("Wadi Nur", "Jabal Nur")] == [["state"], ["feature"]]
    assert [gazetteer.find(name)[0].id for name in ("Qal'at Sahra", "قلعة صحرا", "Калат")] == ["1", "1", "1"]
    (division,) = gazetteer.find("Wadi Nur")
    assert 100 < division.radius_km < 125  # as far as its farthest town


@pytest.mark.parametrize(
    ("bad", "cause"),
    [
        ("half a line\n", "line 2 has 1 columns"),
        (line(7, "Nowhere", lat=99.0), "line 2 has a point outside the earth"),
        (line(7, "Nowhere", lat="north"), "line 2 has no point"),
        (line(7, " "), "line 2 has no number or no name"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_kept(bad: str, cause: str, tmp_path: Path) -> None:
    path = tmp_path / "SY.txt"
    path.write_text(line(1, "Qalat") + bad + line(2, "Nur"), encoding="utf-8")
    entries, reading = read(path)
    assert [e.id for e in entries] == ["1", "2"]
    (problem,) = reading.problems
    assert (problem.code, problem.name, reading.bad) == ("E109", str(path), 1)
    assert cause in str(problem)


def test_many_bad_lines_are_counted_not_listed(tmp_path: Path) -> None:
    path = tmp_path / "SY.txt"
    path.write_text(line(1, "Qalat") + "x\n" * 500, encoding="utf-8")
    entries, reading = read(path)
    assert (len(entries), reading.bad, len(reading.problems)) == (1, 500, 11)
    assert "490 more" in str(reading.problems[-1])


@pytest.mark.parametrize("how", ["zip", "gz", "utf-16", "bom"])
def test_the_forms_that_files_come_in(how: str, tmp_path: Path) -> None:
    text = line(1, "Qalat", others="قلعة")
    path = tmp_path / f"SY.{how if how in ('zip', 'gz') else 'txt'}"
    if how == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("readme.txt", "what the columns mean " * 50)
            archive.writestr("SY.txt", text)
    elif how == "gz":
        path.write_bytes(gzip.compress(text.encode()))
    else:
        path.write_text(text, encoding="utf-16" if how == "utf-16" else "utf-8-sig")
    assert opened(path, tmp_path / "x.sqlite").find("قلعة")[0].id == "1"


def test_another_encoding_is_guessed_and_said(tmp_path: Path) -> None:
    path = tmp_path / "SY.txt"
    names = ["مدينة الرمال القديمة", "قرية النهر الكبير", "تل الزيتون الشمالي", "خربة العسل الجنوبية"]
    path.write_bytes("".join(line(n, name) for n, name in enumerate(names * 5, 1)).encode("cp1256"))
    entries, reading = read(path)
    assert [e.name for e in entries[:4]] == names
    assert [p.code for p in reading.problems] == ["N152"]


def test_one_line_in_another_encoding_is_left_out(tmp_path: Path) -> None:
    path = tmp_path / "SY.txt"
    path.write_bytes((line(1, "Qalat", others="قلعة") * 3).encode() + line(2, "Médina").encode("latin-1"))
    entries, reading = read(path)
    assert (len(entries), [p.code for p in reading.problems]) == (3, ["E109"])


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("SY.txt", b"", "E103"),
        ("SY.txt", b"\n \n", "E103"),
        ("SY.zip", b"PK\x03\x04 cut off", "E211"),
        ("SY.txt.gz", b"\x1f\x8b\x08 cut off", "E211"),
        ("SY.txt", b"This is a letter.\nIt lists no place.\n", "E210"),
        ("SY.txt", bytes(range(128, 256)) * 40, "E210"),
        ("adm1.geojson", b'{"features": [', "E211"),
        ("adm1.csv", b"ADM1_EN,ADM1_PCODE\nNur,SY01\n", "E210"),
    ],
)
def test_a_file_without_a_place_is_refused_and_replaces_nothing(
    name: str, content: bytes, code: str, tmp_path: Path
) -> None:
    path, target = tmp_path / name, tmp_path / "kept.sqlite"
    target.write_bytes(b"what was there before")
    path.write_bytes(content)
    with pytest.raises(CorroborateError) as raised:
        compile_file(target, Reading(path).places())
    assert raised.value.problem.code == code
    assert target.read_bytes() == b"what was there before"
    assert {p.name for p in tmp_path.iterdir()} == {name, "kept.sqlite"}


def test_a_missing_file() -> None:
    with pytest.raises(CorroborateError, match="E101"):
        list(Reading(Path("nowhere/SY.txt")).places())


@pytest.mark.parametrize("head", ["ADM{}_EN,ADM{}_AR,ADM{}_PCODE", "adm{}_name,adm{}_name1,adm{}_pcode"])
def test_boundaries_give_their_level_and_those_above(head: str, tmp_path: Path) -> None:
    path = tmp_path / "adm2.csv"
    columns = ",".join(head.format(n, n, n) for n in (2, 1)) + ",ADM0_PCODE,AREA_SQKM,CENTER_LAT,CENTER_LON"
    path.write_text(
        f"{columns}\nNahr,النهر,SY0101,Sahra,الصحراء,SY01,SY,314,35.0,39.0\n"
        "Tell,التل,SY0102,Sahra,الصحراء,SY01,SY,314,36.0,39.0\nNone,,SY0103,Sahra,,SY01,SY,,,\n",
        encoding="utf-8",
    )
    gazetteer = opened(path, tmp_path / "x.sqlite")
    (nahr,), (sahra,) = gazetteer.find("النهر"), gazetteer.find("Sahra")
    assert (nahr.id, nahr.kind, nahr.country, nahr.admin1) == ("SY0101", "county", "SY", "SY01")
    assert 10 < nahr.radius_km < 17  # a disc of that area has 10 km, a long shape more
    assert (sahra.id, sahra.kind, round(sahra.lat, 1)) == ("SY01", "state", 35.5)
    assert sahra.radius_km > 55 + nahr.radius_km - 1
    assert gazetteer.find("None") == ()


def test_outlines_give_a_point_and_a_reach(tmp_path: Path) -> None:
    path = tmp_path / "adm1.geojson"
    ring = [[38, 35], [40, 35], [40, 37], [38, 37]]
    feature = {
        "properties": {"ADM1_EN": "Sahra", "ADM1_PCODE": "SY01"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    ((entry,), _) = read(path)
    assert (round(entry.lat), round(entry.lon)) == (36, 39)
    assert entry.radius_km == pytest.approx(143, abs=3)  # to a corner


def workbook(path: Path, *sheets: list[list[object]]) -> Path:
    book = Workbook()
    book.remove(book.active)
    for number, rows in enumerate(sheets):
        sheet = book.create_sheet(f"Sheet {number}")
        for row in rows:
            sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_gives_the_divisions_of_each_of_its_sheets_once(tmp_path: Path) -> None:
    about = [["Administrative boundaries"], ["made by hand"]]
    first = [
        ["ADM1_EN", "ADM1_AR", "ADM1_PCODE", "ADM0_PCODE", "CENTER_LAT", "CENTER_LON"],
        ["#adm1+name", "#adm1+name", "#adm1+code", "#country+code", "#geo+lat", "#geo+lon"],
        ["Sahra", "الصحراء", "SY01", "SY", 35.5, 39.0],
    ]
    second = [
        ["Second level"],
        ["ADM2_EN", "ADM2_PCODE", "ADM1_EN", "ADM1_PCODE", "ADM0_PCODE", "CENTER_LAT", "CENTER_LON"],
        ["Nahr", "SY0101", "Sahra", "SY01", "SY", 35.0, 39.0],
        ["Tell", "SY0102", "Sahra", "SY01", "SY", None, None],
    ]
    towns = [
        ["ADM4_EN", "ADM4_PCODE", "ADM1_PCODE", "ADM0_PCODE", "Latitude", "Longitude"],
        ["Qalat", "C0001", "SY01", "SY", 35.1, 39.1],
    ]
    path = workbook(tmp_path / "syr_adm.xlsx", about, first, second, towns)
    entries, reading = read(path)
    assert [(e.name, e.kind, e.id) for e in entries] == [
        ("Sahra", "state", "SY01"), ("Nahr", "county", "SY0101"), ("Qalat", "city", "C0001"),
    ]  # fmt: skip
    assert [p.detail for p in reading.problems] == ["4 has no point: neither a latitude and a longitude nor an outline"]


def test_a_workbook_that_lists_no_places_or_cannot_be_read_is_refused(tmp_path: Path) -> None:
    letter = workbook(tmp_path / "letter.xlsx", [["Dear all"], ["there is no table here"]])
    with pytest.raises(CorroborateError, match="E210"):
        read(letter)
    old = tmp_path / "old.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)
    with pytest.raises(CorroborateError, match="save it as XLSX or CSV"):
        read(old)
    damaged = tmp_path / "damaged.xlsx"
    with zipfile.ZipFile(damaged, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook")
    with pytest.raises(CorroborateError, match="E211"):
        read(damaged)


UCDP = "id,where_prec,where_coordinates,adm_1,adm_2,latitude,longitude,country\n"
ACLED = "event_id_cnty,country,location,latitude,longitude,geo_precision\n"


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (
            UCDP + "1,1,Nahr town,Sahra governorate,,35.1,39.1,Syria\n2,2,Nahr town,,,35.1,39.1,Syria\n"
            "3,3,Tell district,,,36.0,39.0,Syria\n4,4,Sahra governorate,,,35.5,39.2,Syria\n"
            "5,5,Euphrates river,,,35.5,39.2,Syria\n6,6,Syria,,,35.0,38.0,Syria\n",
            [("Nahr", "city", "SY"), ("Tell", "county", "SY"), ("Sahra", "state", "SY")],
        ),
        (
            UCDP + "1,1,Qalat town,,,15.3,44.2,Yemen (North Yemen)\n2,1,Nur town,,,x,44.2,Syria\n",
            [("Qalat", "city", "YE")],
        ),
        (
            ACLED + "SYR1,Syria,Nahr,35.1,39.1,1\nSYR2,Syria,Tell,36.0,39.0,2\nSYR3,Syria,Sahra,35.5,39.2,3\n"
            "SYR4,Nowhere,Nur,1.0,1.0,1\n",
            [("Nahr", "city", "SY"), ("Tell", "city", "SY")],
        ),
    ],
)
def test_an_event_list_gives_the_places_that_its_points_are_of(
    content: str, wanted: list[tuple[str, str, str]], tmp_path: Path
) -> None:
    path = tmp_path / "events.csv"
    path.write_text(content, encoding="utf-8")
    entries, reading = read(path)
    assert [(e.name, e.kind, e.country) for e in entries] == wanted
    assert len(reading.problems) == sum(words in content for words in (",x,", "Nowhere"))


def test_added_files_join_the_package_s_own_and_change_the_fingerprint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert (added_files(), fingerprint()) == ([], "")
    path = tmp_path / "SY.txt"
    path.write_text(line(1, "Qalat"), encoding="utf-8")
    compile_file(tmp_path / "corroborate" / "gazetteers" / "SY.sqlite", Reading(path).places())
    assert [(one.name, one.places) for one in added_files()] == [("SY", 1)]
    before = fingerprint()
    path.write_text(line(1, "Qalat") + line(2, "Nur"), encoding="utf-8")
    compile_file(tmp_path / "corroborate" / "gazetteers" / "SY.sqlite", Reading(path).places())
    assert fingerprint() not in ("", before)
