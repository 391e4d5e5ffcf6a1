"""People told of together; all texts are invented."""

import pytest

from corroborate.weigh.listed import people_listed


def listed(text: str) -> list[tuple[str, int, str | None]]:
    return [(text[found.start : found.end], found.value, found.done) for found in people_listed(text)]


@pytest.mark.parametrize(
    ("text", "said", "value", "done"),
    [
        ("The man killed his wife and four children in Tolma.", "his wife and four children", 5, "killed"),
        ("Tolma man kills wife, 2 sons, then himself", "wife, 2 sons", 3, "killed"),
        ("A man and two girls were shot to death.", "A man and two girls", 3, "killed"),
        ("Father, three pupils found dead", "Father, three pupils", 4, "killed"),
        ("A woman, 36, and her 2-year-old are dead.", "A woman, 36, and her 2-year-old", 2, "killed"),
        ("The deaths of a teacher and six pupils", "a teacher and six pupils", 7, "killed"),
        ("killing her and another woman", "her and another woman", 2, "killed"),
        ("The blast left him and his two daughters wounded.", "him and his two daughters", 3, "injured"),
        ("Four people, a man and three women, were killed.", "Four people, a man and three women", 4, "killed"),
        ("He shot two women and a girl in the leg.", "two women and a girl", 3, "shot"),
        ("Three men and a boy stood by.", "Three men and a boy", 4, None),
    ],
)
def test_people_listed_are_counted(text: str, said: str, value: int, done: str | None) -> None:
    assert listed(text) == [(said, value, done)]


@pytest.mark.parametrize(
    "text",
    [
        "The shell killed three men and their wives.",  # nobody counts the wives
        "It killed three men and wounded two women.",
        "Six people, including a man and a child, were killed.",
        "The teacher was killed.",
    ],
)
def test_what_cannot_be_counted_is_no_list(text: str) -> None:
    assert listed(text) == []
