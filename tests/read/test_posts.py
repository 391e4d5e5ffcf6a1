from datetime import date

import pytest

from corroborate.read.segment.posts import as_post, find_tails, limit, links_in, visible_length


def test_a_tail_without_any_punctuation_is_found_by_the_name_that_the_handle_repeats() -> None:
    text = "Shells fell on the market again Nora Belan NoraBelan77 March 3 2018 The ministry said nothing"
    (tail,) = find_tails(text)
    assert (tail.author, tail.handle, tail.day) == ("Nora Belan", "NoraBelan77", date(2018, 3, 3))
    assert text[tail.start : tail.end] == "Nora Belan NoraBelan77 March 3 2018"


def test_a_handle_cut_at_fifteen_letters_is_that_of_the_longer_name() -> None:
    (tail,) = find_tails(
        "They took the bridge https t co aB3dE5gH7j VillageWatchDaily VillageWatchDai 9 May 2016 Then it rained"
    )
    assert (tail.author, tail.handle) == ("VillageWatchDaily", "VillageWatchDai")


def test_a_tail_with_a_dash_and_an_at_is_found_with_its_whole_name() -> None:
    (tail,) = find_tails("The bridge is gone.\n— Oda van der Mark (@oda_mark) November 20, 2022\nMore follows.")
    assert (tail.author, tail.handle, tail.bordered) == ("Oda van der Mark", "oda_mark", True)


@pytest.mark.parametrize(
    "text",
    [
        "He signed it with President McDonald June 9 2017 in the capital",
        "the site MintPress June 9 2017 reported",
        "as shown on YouTube June 9 2017 by the group",
        "The Free Army seized the town on June 9 2017 and held it",
        "They met on Friday June 9 2017",
        "the flight MH17 July 17 2014 was hit",
        "Call us @ noon June 9 2017",
    ],
)
def test_names_before_a_date_are_no_posts(text: str) -> None:
    assert find_tails(text) == []


def test_a_date_that_does_not_exist_is_no_tail() -> None:
    assert find_tails("Nora Belan NoraBelan77 February 31 2018") == []


def test_damaged_links_come_back_only_where_one_way_fits() -> None:
    text = "see https t co aB3dE5gH7j and https t co short and pic twitter com zY9xW8vU7t and https://t.co/kept."
    assert [address for _, _, address in links_in(text, 0, len(text))] == [
        "https://t.co/aB3dE5gH7j",
        "https://pic.twitter.com/zY9xW8vU7t",
        "https://t.co/kept",
    ]


def test_links_count_as_the_platform_counts_them() -> None:
    text = "gone https t co aB3dE5gH7j"
    assert visible_length(text, 0, len(text)) == len("gone ") + 23
    assert (limit(date(2017, 11, 6)), limit(date(2017, 11, 7))) == (140, 280)


def test_a_post_has_its_links() -> None:
    text = "The mill burns https t co aB3dE5gH7j Nora Belan NoraBelan77 March 3 2018"
    (tail,) = find_tails(text)
    post = as_post(text, 0, tail)
    assert (post.author, post.handle, post.date, post.links) == (
        "Nora Belan", "NoraBelan77", date(2018, 3, 3), ("https://t.co/aB3dE5gH7j",),
    )  # fmt: skip
