import numpy as np

from corroborate.link.model import comparisons, text_column, text_weights
from corroborate.link.terms import ages, counted, number_of


def numbers(*told: int) -> list[int]:
    return sorted(number_of(f"{age} years old") for age in told)


def test_ages_are_read_in_the_forms_of_the_press() -> None:
    text = "Nadia Serrin, 34, and a 7-year-old boy were hit; a man aged 61 and a girl 4 years old survived."
    assert ages(text) == numbers(34, 7, 61, 4)


def test_other_numbers_are_no_ages() -> None:
    assert ages("On March 3, 12 people died in 250 homes, the 900 block burned for 3 years.") == []


def test_a_name_weighs_twice_and_a_word_also_written_small_is_no_name() -> None:
    found = dict(counted("Shelling hit Kelva. The shelling went on."))
    assert found[number_of("kelva")] == 2.0
    assert found[number_of("shelling")] == 2.0  # told twice: one and the logarithm of two
    assert found[number_of("hit")] == 1.0


def test_likeness_tells_less_where_reports_on_different_events_are_alike() -> None:
    shipped = np.array(comparisons()[text_column()].weights)
    other = len(shipped) - 1
    unlike, alike = np.zeros(len(shipped), np.int64), np.zeros(len(shipped), np.int64)
    unlike[other] = 40_000
    alike[other], alike[3] = 30_000, 10_000
    assert np.allclose(text_weights(np.zeros(len(shipped), np.int64)), np.round(4 * shipped) / 4)
    assert text_weights(unlike)[3] > shipped[3] > text_weights(alike)[3]
