"""The keys and texts of MUC's form, on ones of our own."""

from datetime import date

import pytest

from benchmarks import muc4

KEY = """
0.  MESSAGE: ID                     TST9-MUC4-0001
1.  MESSAGE: TEMPLATE               1
2.  INCIDENT: DATE                  03 MAY 31 - 04 MAY 31
3.  INCIDENT: LOCATION              RURITANIA: STRELSAU (CITY)
4.  INCIDENT: TYPE                  BOMBING
21. HUM TGT: NUMBER                 2: "GUARDS"
                                    PLURAL: "CLERKS"
23. HUM TGT: EFFECT OF INCIDENT     DEATH: "GUARDS"
                                    INJURY: "CLERKS"

0.  MESSAGE: ID                     TST9-MUC4-0001
1.  MESSAGE: TEMPLATE               2 (OPTIONAL)
2.  INCIDENT: DATE                  - 05 MAY 31
3.  INCIDENT: LOCATION              RURITANIA
4.  INCIDENT: TYPE                  ARSON
21. HUM TGT: NUMBER                 -
23. HUM TGT: EFFECT OF INCIDENT     -

0.  MESSAGE: ID                     TST9-MUC4-0002
1.  MESSAGE: TEMPLATE               *
4.  INCIDENT: TYPE                  *
"""


@pytest.fixture
def keys() -> dict[str, muc4.Slots]:
    found: dict[str, muc4.Slots] = {}
    muc4._read_keys(KEY, found)
    return found


def test_a_template_is_read_with_its_lists(keys: dict[str, muc4.Slots]) -> None:
    slots = keys["TST9-MUC4-0001"]
    assert slots.type == {"BOMBING"}
    assert slots.target_number == {"2", "PLURAL"}
    assert slots.target_effect == {"killed", "injured"}
    assert slots.location == {"STRELSAU"}
    assert slots.dates == {(date(2031, 5, 3), date(2031, 5, 4))}


def test_an_optional_template_may_be_answered_and_an_empty_one_asks_for_nothing(keys: dict[str, muc4.Slots]) -> None:
    assert keys["TST9-MUC4-0001"].may["type"] == {"ARSON"}
    assert keys["TST9-MUC4-0002"].type == set()


def test_a_text_is_found_by_its_head_line() -> None:
    texts = dict(muc4._read_texts("TST9-MUC4-0001\n\n   STRELSAU, 4 MAY 31 -- [TEXT] A BOMB WENT OFF.\n"))
    assert texts == {"TST9-MUC4-0001": "STRELSAU, 4 MAY 31 -- A BOMB WENT OFF."}
