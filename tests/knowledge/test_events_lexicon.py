from typing import get_args

from corroborate.knowledge.events import event_lexicon
from corroborate.knowledge.lexicon import lexicon
from corroborate.model import EventType

# PLOVER manual, draft 2.0 of 4 February 2024: chapter 3, tables 3.1 to 3.11.
MODES = {
    "CONSULT": "visit third-party multilateral phone",
    "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet",
    "REJECT": "assist change yield meet",
    "ACCUSE": "disapprove investigate allege",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize",
    "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
    "heavy-weapons crowd-control unconventional",
}


def test_every_type_has_triggers() -> None:
    found = {row.type for rows in (*event_lexicon().verbs.values(), *event_lexicon().nouns.values()) for row in rows}
    assert found == set(get_args(EventType))


def test_modes_are_those_of_the_manual() -> None:
    table = lexicon("events")
    for row in table["trigger"]:
        said = [row.get("mode"), row.get("mode_if_bare"), row.get("mode_of_forces"), *row.get("own_mode", {}).values()]
        for mode in filter(None, said):
            assert mode in MODES[row["type"]].split(), row
    assert set(table["modes"]) <= set(MODES["ASSAULT"].split())
    assert set(table["threats"]) == set(MODES["THREATEN"].split())
    assert set(table["requests"]) == set(MODES["REQUEST"].split())


def test_every_row_has_its_source_and_a_word() -> None:
    for row in lexicon("events")["trigger"]:
        assert row["source"]
        assert row.get("verbs") or row.get("nouns") or row.get("adjectives")


def test_every_class_that_a_condition_names_is_there() -> None:
    known = {*event_lexicon().classes, "party", "people", "named", "named_place", "pronoun", "deed"}
    for row in lexicon("events")["trigger"]:
        for field in ("object", "not_object", "subject", "not_subject", "modifier"):
            named = {word[1:] for word in row.get(field, ()) if word.startswith("@")}
            assert named <= known, row
