from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corroborate.model import Quantity
from corroborate.read.encoder import Encoder
from corroborate.read.numbers import find_numbers
from corroborate.read.quantity.find import find_quantities
from docs import parsed, plain


def read(text: str) -> list[tuple[str, str, str | None, float | None, float | None, str]]:
    return [(q.text, q.measure, q.who, q.low, q.high, q.bound) for q in find_quantities(plain(text))]


@pytest.mark.parametrize(
    ("text", "said", "low", "high", "bound"),
    [
        ("at least 300 civilians", "at least 300", 300, None, "at_least"),
        ("no fewer than twelve men", "no fewer than twelve", 12, None, "at_least"),
        ("over 120 fighters", "over 120", 120, None, "more_than"),
        ("up to 50 people", "up to 50", None, 50, "up_to"),
        ("as many as fifty people", "as many as fifty", None, 50, "up_to"),
        ("fewer than 10 people", "fewer than 10", None, 10, "less_than"),
        ("about 220 000 people", "about 220 000", 220000, 220000, "about"),
        ("between 20 and 30 people", "between 20 and 30", 20, 30, "exact"),
        ("20-30 people", "20-30", 20, 30, "exact"),
        ("one to two million people", "one to two million", 1_000_000, 2_000_000, "exact"),
        ("dozens of people", "dozens", 12, 99, "vague"),
        ("hundreds of people", "hundreds", 100, 999, "vague"),
        ("several people", "several", 3, 10, "vague"),
        ("two dozen people", "two dozen", 24, 24, "about"),
        ("160,000 people", "160,000", 160000, 160000, "exact"),
        ("1 2 million people", "1 2 million", 1_200_000, 1_200_000, "exact"),
        ("one hundred and twenty people", "one hundred and twenty", 120, 120, "exact"),
        ("300 or more people", "300 or more", 300, None, "at_least"),
    ],
)
def test_a_figure_keeps_its_bound(text: str, said: str, low: float, high: float, bound: str) -> None:
    (number,) = find_numbers(text)
    assert (text[number.start : number.end], number.low, number.high, number.bound) == (said, low, high, bound)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("The raid killed 12 and wounded 30.", [("12", "killed", 12), ("30", "injured", 30)]),
        ("12 dead and 30 injured", [("12", "killed", 12), ("30", "injured", 30)]),
        ("20 killed 12 wounded", [("20", "killed", 20), ("12", "injured", 12)]),
        ("The strike left five people dead.", [("five", "killed", 5)]),
        ("The death toll has risen to 44.", [("44", "killed", 44)]),
        ("The number of people killed in the bombing has risen to nine.", [("nine", "killed", 9)]),
        ("The number of wounded has risen to nine.", [("nine", "injured", 9)]),
        ("We lost three men near the bridge.", [("three", "killed", 3)]),
        ("Nine soldiers gave their lives there.", [("Nine", "killed", 9)]),
        ("We buried seven people after the strike.", [("seven", "killed", 7)]),
        ("Nine villagers were hacked to death.", [("Nine", "killed", 9)]),
        ("The blast claimed the lives of 9 people.", [("9", "killed", 9)]),
        ("The bodies of 8 men were found.", [("8", "killed", 8)]),
        ("Monitors counted 44 civilian deaths.", [("44", "killed", 44)]),
        ("A man and two children were killed.", [("A", "killed", 1), ("two", "killed", 2)]),
        ("Shells killed a woman and her two sons.", [("a", "killed", 1), ("two", "killed", 2)]),
        ("Two gunmen killed a guard.", [("Two", "fighters", 2), ("a", "killed", 1)]),
        ("A family of five was killed.", [("five", "killed", 5)]),
        ("No civilians were killed.", [("No", "killed", 0)]),
        ("A 34-year-old man was shot and killed.", [("A", "killed", 1)]),
        ("Four people were shot, one fatally.", [("Four", "injured", 4), ("one", "killed", 1)]),
        ("Troops detained 15 men.", [("15", "detained", 15)]),
        ("Three people are still missing.", [("Three", "missing", 3)]),
        ("Shelling forced 160 000 civilians to flee the town", [("160 000", "displaced", 160000)]),
        ("The town had a population of 9,000.", [("9,000", "population", 9000)]),
        ("Officers allowed 120 militia members to leave", [("120", "fighters", 120)]),
        ("hundreds of vehicles in the convoy", [("hundreds", "vehicles", 100)]),
        ("More than a quarter of a million people died.", [("More than a quarter of a million", "killed", 250_000)]),
        ("Two children killed 5 others injured", [("Two", "killed", 2), ("5", "injured", 5)]),
        (
            "Three killed including 2 women 29 injured",
            [("Three", "killed", 3), ("2", "killed", 2), ("29", "injured", 29)],
        ),
        ("Six people from one family were killed.", [("Six", "killed", 6)]),
        ("They had three children, two of whom have died.", [("three", "other", 3), ("two", "killed", 2)]),
        ("The father of four was killed there.", []),
        ("It left 23 civilians - including nine children - dead.", [("23", "killed", 23), ("nine", "killed", 9)]),
        ("Troops killed 10 IS members there.", [("10", "killed", 10)]),
        ("The father of a girl who was killed spoke.", [("a", "killed", 1)]),
        ("Three others were taken to a hospital.", [("Three", "injured", 3)]),
        ("It killed one man and sent three to the hospital.", [("one", "killed", 1), ("three", "injured", 3)]),
        ("Four people with gunshot wounds lay there.", [("Four", "injured", 4)]),
        ("The bodies of 12 men were taken to the hospital.", [("12", "killed", 12)]),
        ("A double homicide shook the town.", [("double", "killed", 2)]),
        ("He was found shot dead along with three others.", [("three", "killed", 3)]),
        ("The raid killed and wounded 30 people.", [("30", "other", 30)]),
        ("Eight militiamen were killed and wounded there.", [("Eight", "other", 8)]),
        ("It left 12 soldiers and civilians dead.", [("12", "killed", 12)]),
        ("Nearly half of the population left.", [("half", "share", 0.5)]),
        ("30 percent of the homes", [("30 percent", "share", 0.3)]),
    ],
)
def test_what_is_counted(text: str, wanted: list[tuple[str, str, float]]) -> None:
    assert [(said, measure, low) for said, measure, _, low, _, _ in read(text)] == wanted


@pytest.mark.parametrize(
    "text",
    [
        "The war began in 2011 and went on until 2017.",
        "Omar Haddad, 34, was killed.",
        "The victims, aged 13, 17 and 19, were buried.",
        "The boy of eight was hit at the well, the girl of 12 in the yard.",
        "The village lies 19 kilometers south of the river.",
        "The 27th Brigade and Division 30 were there.",
        "Resolution 2254 was adopted by 15 votes.",
        "The blast came at 6 p.m. on June 9 2017.",
        "They paid $10 million and 300 euros.",
        "Call the desk on 555-972-1411 or dial 911.",
        "A 155 mm shell hit 1935 Orchard Street.",
        "The siege lasted 12 days and three weeks.",
        "The driver was wounded by the gunman.[10] He drove on.",
        "Among them was Mira Dahl, 34 (shot at home).",
        "As no one was hurt, they left.",
        "Nobody heard a shot.",
        "They were found dead in a burned car.",
        "It stands on a dead-end street.",
        "Short address 0 016 The dead were many.",
    ],
)
def test_what_counts_nobody_is_no_quantity(text: str) -> None:
    assert read(text) == []


def test_who_is_counted() -> None:
    found = read("At least 12 children, three women, two medics and a journalist were killed with 4 soldiers.")
    assert [who for _, _, who, *_ in found] == ["children", "women", "responders", "journalists", "belligerents"]


def test_a_part_is_told_from_its_total() -> None:
    doc = plain("At least 44 people, including seven children and two women, were killed and 30 were wounded.")
    quantities = find_quantities(doc)
    assert [(q.text, q.measure) for q in quantities] == [
        ("At least 44", "killed"),
        ("seven", "killed"),
        ("two", "killed"),
        ("30", "injured"),
    ]
    assert [q.part_of.text if q.part_of else None for q in quantities] == [None, "At least 44", "At least 44", None]


def test_the_whole_before_among_them_is_no_part() -> None:
    text = "Shells killed 11 civilians. At least 11 civilians among them three children were killed."
    found = [(q.text, q.part_of.text if q.part_of else None) for q in find_quantities(plain(text))]
    assert found == [("11", None), ("At least 11", None), ("three", "At least 11")]


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("The shell killed four people, the driver and three pupils.", ["four", "three"]),
        ("Eight persons were killed: five soldiers and three farmers.", ["Eight", "five", "three"]),
        ("Air strikes killed 300 people. 200 of the deaths came in one village.", ["300", "200"]),
    ],
)
def test_what_a_total_is_made_of_is_its_part(text: str, parts: list[str]) -> None:
    found = [q for q in find_quantities(Encoder().parse(text)) if q.measure == "killed"]
    assert [q.text for q in found] == parts
    assert [q.part_of.text if q.part_of else None for q in found] == [None] + [parts[0]] * (len(parts) - 1)


def test_figures_side_by_side_are_no_parts() -> None:
    found = find_quantities(plain("Five men and five women were killed in Tolma, two women in Dovrin."))
    assert not any(q.part_of for q in found)


@pytest.mark.parametrize(
    "text",
    [
        "The shelling caused 160,000 people to leave their homes.",
        "The bombing has also driven 160,000 people out of Tolma.",
    ],
)
def test_who_must_go_is_displaced(text: str) -> None:
    assert [(measure, low) for _, measure, _, low, _, _ in read(text)] == [("displaced", 160_000)]


@pytest.mark.parametrize(
    ("text", "killed"),
    [
        ("Three lives were lost in Tolma.", [3]),
        ("She found the charred remains of several cars after two men were killed.", [2]),
        ("Police were called to a shooting at 506 East 8th street.", []),
        ("They shot more than 20 rounds at the car.", []),
    ],
)
def test_lives_count_and_rounds_and_addresses_do_not(text: str, killed: list[float]) -> None:
    assert [low for _, measure, _, low, _, _ in read(text) if measure in ("killed", "injured")] == killed


def test_a_censored_word_and_a_far_toll_are_read() -> None:
    assert [row[:2] for row in read("Four kil*led and five inj*ured in Tolma")] == [
        ("Four", "killed"),
        ("five", "injured"),
    ]
    toll = "The death toll of the attack on the market of Tolma in Ardania has risen to 3."
    assert [(measure, low) for _, measure, _, low, _, _ in read(toll)] == [("killed", 3)]


@pytest.mark.parametrize(
    "text", ["On 12 March at least 19 people were killed.", "It was 12 March 2024. More than 30 others were wounded."]
)
def test_a_date_before_a_bound_does_not_swallow_the_figure(text: str) -> None:
    assert [bound for *_, bound in read(text)] == ["at_least" if "least" in text else "more_than"]


def test_a_text_without_punctuation_or_sentence_limits() -> None:
    text = "the population prior to the war stood at around 220 000 BREAKING 44 civilians killed mostly women children"
    assert read(text) == [
        ("around 220 000", "population", None, 220000, 220000, "about"),
        ("44", "killed", "civilians", 44, 44, "exact"),
    ]


def test_the_parse_is_asked_where_the_words_do_not_tell() -> None:
    text = "Twelve residents of the old quarter near the bridge that had fallen were later killed"
    heads = [1, 14, 5, 5, 5, 1, 8, 8, 1, 11, 11, 8, 14, 14, 14]
    deps = "nummod nsubj:pass case det amod nmod case det nmod nsubj aux acl:relcl aux:pass advmod ROOT"
    (quantity,) = find_quantities(parsed(text.split(), heads, deps.split()))
    assert (quantity.text, quantity.measure) == ("Twelve", "killed")


_WORDS = (
    "at least 300 civilians were killed and wounded 12 , . including a man two children June 9 2017 of over % 34 year "
    "- old no dozens hundreds thousand between the population to"
)
_PIECES = st.sampled_from(_WORDS.split())


@given(st.lists(_PIECES, max_size=25))
def test_spans_point_into_the_text_in_order(pieces: list[str]) -> None:
    text = " ".join(pieces)
    doc = plain(text)
    quantities: list[Quantity] = find_quantities(doc)
    for one, after in pairwise(quantities):
        assert one.end <= after.start
    assert all(text[q.start : q.end] == q.text and (q.low is not None or q.high is not None) for q in quantities)
    spans = {(q.start, q.end): q for q in quantities}
    for part in quantities:
        if part.part_of is not None:
            whole = spans[part.part_of.start, part.part_of.end]
            assert whole.start < part.start
            assert whole.part_of is None


@pytest.mark.parametrize("after", ["mostly women children killed in strikes", "many of them children", "mainly men"])
def test_words_on_who_the_counted_were_are_no_object(after: str) -> None:
    assert read(f"31 villagers killed {after}")[0][:2] == ("31", "killed")
