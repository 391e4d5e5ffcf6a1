from datetime import date
from pathlib import Path

import pytest

from corroborate.errors import CorroborateError
from corroborate.knowledge.parties import Parties


@pytest.fixture(scope="module")
def parties() -> Parties:
    return Parties.load()


def named(parties: Parties, text: str) -> list[tuple[str, str]]:
    return [(text[start:end], party) for start, end, party in parties.find(text)]


@pytest.mark.parametrize(
    "name",
    [
        "Daesh",
        "Da'esh",
        "ISIS",
        "ISIL",
        "Islamic State",
        "IS group",
        "so-called Islamic State",
        "the Daesh",
        "ISIL Daesh",
    ],
)
def test_the_forms_of_one_group_are_one_party(parties: Parties, name: str) -> None:
    assert [party for _, party in named(parties, f"Yesterday {name} fighters left")] == ["islamic-state"]


@pytest.mark.parametrize("name", ["SDF", "QSD", "Syrian Democratic Forces", "Democratic Forces Union"])
def test_the_forms_of_the_sdf_are_one_party(parties: Parties, name: str) -> None:
    assert parties.by_alias(name) == "sdf"


def test_short_names_need_their_capitals(parties: Parties) -> None:
    assert named(parties, "It is what IS is about") == [("IS", "islamic-state")]
    assert named(parties, "The US told us") == [("US", "us")]
    assert named(parties, "he told us it is so") == []


def test_stripped_and_dotted_forms(parties: Parties) -> None:
    assert named(parties, "The U.S.-led coalition and the SDF")[0] == ("U.S.-led coalition", "coalition-oir")
    assert ("U S coalition", "coalition-oir") in named(parties, "the U S coalition and the SDF")
    assert named(parties, "the U.N. Security Council") == [("U.N. Security Council", "unsc")]
    assert named(parties, "the U S led coalition and the SDF")[0] == ("U S led coalition", "coalition-oir")


def test_a_name_does_not_run_over_the_end_of_a_sentence(parties: Parties) -> None:
    assert named(parties, "They left Syria. Democratic Forces of another sort") == [("Syria", "sy")]


def test_the_longest_name_counts(parties: Parties) -> None:
    assert named(parties, "the Syrian Democratic Forces in Syria") == [
        ("Syrian Democratic Forces", "sdf"),
        ("Syria", "sy"),
    ]


def test_organs_of_states_are_composed(parties: Parties) -> None:
    text = "Russia's defence ministry, the Syrian army, the armed forces of Ukraine and a French lawmaker"
    assert [party for _, party in named(parties, text)] == ["ru.mod", "sy.mil", "ua.mil", "fr.parl"]
    assert parties.get("fr.parl").kind == "parliament"
    assert parties.get("fr.parl").name == "Parliament of France"
    assert parties.get("nl.gov").name == "Government of the Netherlands"
    assert parties.get("cd.mod").name == "Ministry of defence of the Democratic Republic of the Congo"
    assert parties.speaks_for("fr.parl") == "fr"


def test_ambiguous_names_need_their_surroundings(parties: Parties) -> None:
    assert named(parties, "The Observatory said so") == []
    text = "The Syrian Observatory for Human Rights spoke. The Observatory said so"
    assert [party for _, party in named(parties, text)] == ["sohr", "sohr"]
    assert named(parties, "The SNA in Somalia") == [("Somalia", "so")]
    assert ("SNA", "sna-syria") in named(parties, "The SNA in Syria")


def test_sides_and_their_dates(parties: Parties) -> None:
    assert parties.speaks_for("tass") == "ru"
    assert parties.speaks_for("reuters") is None
    assert parties.speaks_for("un") is None
    assert parties.speaks_for("sdf") == "sdf"
    assert parties.speaks_for("qassam") == "hamas"
    assert parties.speaks_for("rsf", date(2020, 1, 1)) == "sd"
    assert parties.speaks_for("rsf", date(2024, 1, 1)) == "rsf"
    assert parties.speaks_for("rsf") is None  # it changed, and no day is given
    assert parties.speaks_for("bakhtar", date(2021, 8, 14)) == "af"
    assert parties.speaks_for("bakhtar", date(2021, 8, 15)) == "taliban"


def test_what_kind_of_voice(parties: Parties) -> None:
    assert parties.source_kind("tass") == "agency"
    assert parties.source_kind("bbc") == "outlet"
    assert parties.source_kind("sohr") == "organisation"


def test_an_unknown_party_is_a_key_error(parties: Parties) -> None:
    for unknown in ("nobody", "xx.mil", "sy.nothing"):
        with pytest.raises(KeyError):
            parties.get(unknown)


def test_every_party_is_found_under_its_own_names_and_has_a_source(parties: Parties) -> None:
    for party in parties.all():
        assert party.source
        for alias in (*party.aliases, *party.cased):
            found = {hit for _, _, hit in parties.find(alias)}
            assert found & {party.id}, f"{alias!r} of {party.id} is found as {found}"


def test_a_users_own_file(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'source = "our own field work"\n[[party]]\nid = "river-guard"\nname = "River Guard"\nkind = "militia"\n'
        'country = "SD"\n'
        'aliases = ["Guard of the River"]\nspeaks_for = [{ side = "sd", since = 2024-02-01, source = "decree" }]\n'
    )
    parties = Parties.load(own)
    assert parties.by_alias("guard of the river") == "river-guard"
    assert parties.speaks_for("river-guard", date(2024, 3, 1)) == "sd"
    assert parties.speaks_for("river-guard", date(2023, 3, 1)) == "river-guard"
    assert Parties.load().by_alias("guard of the river") is None


def test_a_genitive_that_has_lost_its_apostrophe(parties: Parties) -> None:
    text = "Russias defence ministry and the Free Syrian Armys men in Syrias north"
    assert [party for _, party in named(parties, text)] == ["ru.mod", "fsa", "sy"]
    assert named(parties, "The states of the Gulf and two fars, and Islamic states") == []
    assert named(parties, "In Syria the US-led coalitions jets")[1] == ("US-led coalitions", "coalition-oir")


def test_words_in_small_letters_are_no_names_of_several_words(parties: Parties) -> None:
    assert named(parties, "They brought islamic relief to the arab league of boys") == []
    assert named(parties, "they asked islamic relief")[0][1] == "islamic-relief"  # no capitals are left to go by


def test_a_name_that_means_another_group_elsewhere_stays_open(parties: Parties) -> None:
    assert ("al-Shabaab", "al-shabaab") in named(parties, "Somalia said al-Shabaab had left")
    assert ("al-Shabaab", "al-shabaab") in named(parties, "They fought al-Shabaab")
    assert named(parties, "Mozambique said al-Shabaab had left") == [("Mozambique", "mz")]


def test_other_bodies_of_one_side_are_parties_of_their_own(parties: Parties) -> None:
    assert len({parties.by_alias(n) for n in ("Syrian National Council", "Syrian National Coalition", "FSA")}) == 3


def test_a_partys_name_that_looks_like_a_states_forces(parties: Parties) -> None:
    assert named(parties, "the Lebanese Forces said") == [("Lebanese Forces", "lebanese-forces")]
    assert named(parties, "the Lebanese forces said") == [("Lebanese forces", "lb.mil")]


@pytest.mark.parametrize(
    ("name", "party"),
    [
        ("The New York Times", "nyt"),
        ("Time", "time-magazine"),
        ("Reuters", "reuters"),
        ("the SDF", "sdf"),
        ("Bo", None),
    ],
)
def test_a_name_alone(parties: Parties, name: str, party: str | None) -> None:
    assert parties.by_alias(name) == party


def test_an_outlet_named_by_a_common_word_is_not_found_in_running_text(parties: Parties) -> None:
    assert named(
        parties, "Time and again at Dawn they spoke of Foreign Policy, Peace Now and The Independent view"
    ) in (
        [],
        [("The Independent", "independent")],
    )


def test_an_outlets_name_is_not_taken_out_of_a_longer_one(parties: Parties) -> None:
    assert named(parties, "The National News Agency counted them") == []
    assert named(parties, "The National counted them") == [("The National", "the-national")]


def test_the_seat_of_a_government(parties: Parties) -> None:
    assert parties.seat("Moscow") == "ru.gov"
    assert parties.seat("Jerusalem") is None
    assert parties.seat("moscow") is None


def test_the_organs_of_a_state_that_another_party_holds(parties: Parties) -> None:
    assert parties.speaks_for("af.mod", date(2021, 8, 14)) == "af"
    assert parties.speaks_for("af.mod", date(2021, 8, 15)) == "taliban"
    assert parties.speaks_for("af.mod") is None


def test_the_register_covers_what_it_says(parties: Parties) -> None:
    all_of = parties.all()
    assert sum(parties.is_state(party.id) for party in all_of) >= 195
    assert sum(party.kind in ("agency", "outlet") for party in all_of) >= 100
    groups = {party.country for party in all_of if party.kind in ("armed_group", "militia", "coalition", "authority")}
    assert {"SY", "IQ", "YE", "LY", "SD", "UA", "PS", "LB", "AF", "ML", "BF", "NG", "ET", "MM", "CD"} <= groups


def test_sides_say_what_says_so(parties: Parties) -> None:
    for party in parties.all():
        for side in party.sides:
            assert side.source, party.id


NGO = '[[party]]\nid = "a-b"\nname = "A"\nkind = "ngo"\n'


@pytest.mark.parametrize(
    "text",
    [
        "[[party]\n",
        NGO.replace("ngo", "gang"),
        NGO + "alias = []\n",
        NGO + 'part_of = "nobody-at-all"\n',
        '[[party]]\nid = "a-b"\n',
        "",
        '[[parties]]\nid = "a-b"\n',
        NGO + NGO,
        NGO + 'aliases = "A B"\n',
        NGO + 'aliases = ["..."]\n',
        NGO + "aliases = [1]\n",
        NGO.replace("a-b", "A B"),
        NGO + 'speaks_for = [{ side = "sy", since = "2024-01-01" }]\n',
        NGO + 'speaks_for = [{ side = "sy", since = 2024-01-01, until = 2023-01-01 }]\n',
        NGO + 'speaks_for = ["sy"]\n',
        NGO + 'with = ["nobody"]\n',
    ],
)
def test_a_broken_file_is_a_coded_error(tmp_path: Path, text: str) -> None:
    own = tmp_path / "own.toml"
    own.write_text(text)
    with pytest.raises(CorroborateError) as error:
        Parties.load(own)
    assert error.value.problem.code == "E501"


def test_the_error_names_the_entry(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(NGO + "\n" + NGO.replace("a-b", "c-d").replace("ngo", "gang"))
    with pytest.raises(CorroborateError, match="party c-d: kind 'gang'"):
        Parties.load(own)
    own.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(CorroborateError):
        Parties.load(own)


def test_a_missing_file_is_a_coded_error(tmp_path: Path) -> None:
    with pytest.raises(CorroborateError):
        Parties.load(tmp_path / "none.toml")
