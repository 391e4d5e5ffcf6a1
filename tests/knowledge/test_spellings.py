import pytest

from corroborate.knowledge.spellings import name_key


@pytest.mark.parametrize(
    "spellings",
    [
        ("Rami Abdel Rahman", "Rami Abdulrahman", "Rami Abdel-Rahman", "Rami Abdul Rahman", "Rami Abdurrahman"),
        ("Mohammed al-Hassan", "Muhammad Al Hasan", "Mohamad Hassan"),
        ("Volodymyr Zelenskyy", "Volodymyr Zelensky", "Volodymyr Zelenskiy"),
        ("Sergey Surovikin", "Sergei Surovikin"),
        ("Abdullah Saleh", "Abdallah Salih"),
        ("Mazloum Abdi", "Mazlum Abdi"),
        ("Ka'ab", "Kaab"),
    ],
)
def test_the_spellings_of_one_name_have_one_key(spellings: tuple[str, ...]) -> None:
    assert len({tuple(name_key(name)) for name in spellings}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ali Hassan", "Ali Hussein"), ("Ali Salem", "Ali Salam"), ("Omar Saleh", "Omar Salem"), ("Abdi", "Abdo"),
     ("Volodymyr", "Vladimir"), ("Rahman", "Rahmani")],
)  # fmt: skip
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)
