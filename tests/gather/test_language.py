import pytest

from corroborate.gather.language import language_of

NAMES = (
    "the names of the dead are muhammad ahmad al khalaf fatima hussein al jasim khalid abdullah al ali "
    "they were in the house"
)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("At least 17 people were killed by an air strike on the market of the village, residents said.", "en"),
        ("at least 17 people were killed by an air strike on the market of the village residents said", "en"),
        (NAMES, "en"),
        ("قتل 44 مدنيا في غارة على الرقة", "ar"),
        ("Удар по рынку: погибли 23 человека, сообщили в больнице", "ru"),
        ("Au moins dix-sept personnes, dont six enfants, ont été tuées dans la nuit par une frappe aérienne.", "fr"),
        ("Pazara düzenlenen saldırıda on dokuz kişinin öldüğünü ve kırk kişinin yaralandığını söyledi.", "tr"),
        ("12 March 2024: 17, 19, 23", None),
        ("", None),
        ("ok", None),
        ("https://clips.example/v/1 @someone #raqqa", None),
    ],
)
def test_languages(text: str, language: str | None) -> None:
    assert language_of(text) == language


def test_a_list_of_places_is_not_taken_for_another_language() -> None:
    assert language_of("Abu al-Khashab, Markada, al-Shadadi, Deir ez-Zor, Hajin, al-Baghouz, al-Susa") in (None, "en")


def test_another_script_is_never_unknown() -> None:
    assert language_of("مقتل 23") is not None
