import typing

import pytest

import corroborate.model as model
from corroborate.publish import words


@pytest.mark.parametrize(
    ("table", "closed_set"),
    [
        (words.VOICES, model.Voice),
        (words.MODALITIES, model.Modality),
        (words.POLARITIES, model.Polarity),
        (words.KINDS, model.SourceKind),
        (words.BOUNDS, model.Bound),
        (words.PEOPLE, model.Counted),
        (words.GROUPS, model.HarmGroup),
        (words.DISPUTED, model.Disputed),
        (words.STRIKES, model.StrikeStatus),
        (words.SEGMENTS, model.SegmentKind),
        (words.EVENTS, model.EventType),
    ],
)
def test_each_value_has_its_words(table: dict[str, str], closed_set: object) -> None:
    assert set(table) == set(typing.get_args(closed_set))
