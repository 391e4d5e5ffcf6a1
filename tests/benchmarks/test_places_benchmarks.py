import json
from pathlib import Path

import pytest

from benchmarks import geoparsing, places
from benchmarks.geoparsing import Tally, read_articles
from corroborate.knowledge.gazetteer import Entry, Gazetteer
from corroborate.read.where.resolve import Resolved

LGL = """<?xml version="1.0" encoding="utf-8"?><articles><article docid="1"><url>http://x.example.co.uk/1</url>
<text><![CDATA[Fire in Nahr & Tell.]]></text><toponyms><toponym><start>8</start><end>12</end><phrase>Nahr</phrase>
<gaztag geonameid="7"><lat>35.0</lat><lon>39.0</lon></gaztag></toponym>
<toponym><start>15</start><end>19</end><phrase>Tell</phrase></toponym></toponyms></article></articles>"""
GWN = """<articles><article file="0"><link>u</link><text>The Nahr people of Nahr & Co.</text><toponyms>
<toponym><extractedName>Nahr</extractedName><type>Demonym</type><start>4</start><end>8</end><geonamesID>7</geonamesID>
<latitude>35.0</latitude><longitude>39.0</longitude></toponym></toponyms></article></articles>"""
VIRUS = """<articles><article><source>u</source><text>In Nahr it rained.</text><locations><location>
<name>Nahr</name><start>4</start><end>8</end><lat>35.0</lat><lon>39.0</lon></location></locations></article></articles>"""


@pytest.mark.parametrize(("text", "wanted"), [(LGL, True), (GWN, False), (VIRUS, True)])
def test_each_format_gives_its_toponyms_where_they_stand(text: str, wanted: bool, tmp_path: Path) -> None:
    path = tmp_path / "x.xml"
    path.write_text(text, encoding="utf-8")
    (article,) = read_articles(path)
    toponym = article.toponyms[0]
    assert article.text[toponym.start : toponym.end] == toponym.name == "Nahr"
    assert (toponym.point, toponym.wanted) == ((35.0, 39.0), wanted)


def test_what_is_held_and_what_is_right() -> None:
    def place(gid: str, lat: float) -> Entry:
        return Entry(
            id=gid, name="Nahr", lat=lat, lon=39.0, radius_km=3.0, country="SY", admin1="", population=0, kind="city"
        )

    gazetteer = Gazetteer.of([(place("7", 35.0), []), (place("8", 30.0), [])])
    tally = Tally(gazetteer, by_id=True)
    toponym = geoparsing.Toponym(0, 4, "Nahr", "7", (35.0, 39.0), True)
    tally.add(toponym, Resolved(place("7", 35.0), 0.9))
    tally.add(toponym, Resolved(place("8", 30.0), 0.9))
    tally.add(toponym, Resolved(place("7", 35.0), 0.1))  # left open
    tally.add(geoparsing.Toponym(0, 4, "Nahr", "9", (50.0, 39.0), True), None)
    figures = tally.figures(1)
    assert figures["in_gazetteer"] == 75.0
    assert figures["resolved_161km"] == pytest.approx(200 / 3)
    assert figures["kept_161km"] == pytest.approx(100 / 3)
    assert (figures["answered"], figures["answered_right"]) == (50.0, 50.0)


def test_the_command_prints_its_figures_as_one_object(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "x.xml"
    path.write_text(VIRUS, encoding="utf-8")
    assert geoparsing.main([str(path), "--gold-mentions", "--json"]) == 0
    figures = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert {"recognition_f1", "resolved_161km", "mean_km", "median_km", "docs_per_second", "in_gazetteer"} <= set(
        figures
    )


def test_the_names_in_a_description_of_a_place() -> None:
    assert places.parts_of("city centre of Tal Nahr, Sahra District") == ["Tal Nahr", "Sahra"]
    assert places.names_one("Shells fell on Tell Nahr.", ["Tal Nahr"])
    assert not places.names_one("Shells fell on a hill.", ["Tal Nahr"])
