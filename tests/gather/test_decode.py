import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corroborate.gather.decode import declared_in, decode

ENGLISH = "The hospital’s director said that 19 people were killed – “most of them women” – and that 40 were wounded."
ARABIC = "قال مدير المستشفى إن تسعة عشر شخصا قتلوا وأصيب أربعون آخرون في غارة جوية استهدفت السوق"
RUSSIAN = "Директор больницы сообщил, что при ударе по рынку погибли девятнадцать человек и сорок ранены."
FRENCH = "Au moins dix-sept personnes, dont six enfants, ont été tuées dans la nuit par une frappe aérienne."
POLISH = "W nocnym ataku na targ zginęło siedemnaście osób, w tym sześcioro dzieci, powiedział dyrektor szpitala."


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", ENGLISH),
        ("latin-1", "Médecins Sans Frontières said that its clinic in the valley had been hit twice. José saw it."),
        ("latin-1", "The convoy carried aid worth £3,000,000 to the camp, officials said, on Sunday morning."),
        ("latin-1", FRENCH),
        ("cp1256", ARABIC),
        ("cp1256", "قتل 44 مدنيا في غارة على الرقة"),
        ("iso8859-6", ARABIC),
        ("cp1251", RUSSIAN),
        ("koi8-r", RUSSIAN),
        ("cp1250", POLISH),
        ("utf-16-le", "The strike killed 17 people."),
        ("utf-16-be", "The strike killed 17 people."),
    ],
)
def test_encodings_without_a_mark_are_guessed_and_said_to_be(encoding: str, text: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded is not None
    assert (decoded.text, decoded.guessed) == (text, True)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_is_believed_and_taken_off(mark: bytes, encoding: str) -> None:
    decoded = decode(mark + ARABIC.encode(encoding))
    assert decoded is not None
    assert (decoded.text, decoded.encoding, decoded.guessed) == (ARABIC, encoding, False)


@given(st.text(alphabet=st.characters(min_codepoint=32, exclude_categories=["Cs"]), min_size=1))
def test_utf8_is_kept_exactly(text: str) -> None:
    decoded = decode(text.encode())
    assert decoded is not None
    assert text.startswith("\ufeff") or "\ufffd" in text or (decoded.text, decoded.guessed) == (text, False)


def test_a_damaged_utf8_file_stays_utf8() -> None:
    decoded = decode(ARABIC.encode()[:-1])
    assert decoded is not None
    assert (decoded.text[:-1], decoded.text[-1], decoded.guessed) == (ARABIC[:-1], "\ufffd", True)


def test_a_declared_encoding_is_believed_unless_the_bytes_are_utf8() -> None:
    page = b'<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1254">'
    assert declared_in(page) == "windows-1254"
    decoded = decode(page + "saldırı".encode("cp1254"), declared_in(page))
    assert decoded is not None
    assert decoded.text.endswith("saldırı")
    assert not decoded.guessed
    decoded = decode("saldırı".encode(), "windows-1254")
    assert decoded is not None
    assert decoded.text == "saldırı"


def test_declared_latin_1_is_what_the_web_means_by_it() -> None:
    decoded = decode("“quoted”".encode("cp1252"), "iso-8859-1")
    assert decoded is not None
    assert decoded.text == "“quoted”"


def test_binary_is_no_text() -> None:
    assert decode(bytes(range(256)) * 10) is None
    assert decode(b"text\0with a zero") is None


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "rot13", "no-such", "cp1256", "utf-16", "hex", "idna"]))
def test_any_bytes_and_any_declaration(data: bytes, declared: str | None) -> None:
    decoded = decode(data, declared)
    assert decoded is None or decoded.text.encode("utf-8") is not None
