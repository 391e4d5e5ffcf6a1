from corroborate.read.attribution.linking import link


def test_each_cue_gets_the_source_beside_it_and_the_content_beside_both() -> None:
    # S C K | K C S
    linked, loose = link([(0, 2), (20, 21)], [(2, 3), (19, 20)], [(3, 9), (11, 18)], [0, 10])
    assert [(item.cue, item.source, item.contents) for item in linked] == [(0, 0, (0,)), (1, 1, (1,))]
    assert loose == []


def test_a_content_goes_to_a_cue_of_its_own_sentence_before_a_nearer_one_of_the_next() -> None:
    # S C K . | S C K: the first content touches the second source.
    linked, _ = link([(0, 1), (9, 10)], [(1, 2), (10, 11)], [(4, 9), (11, 15)], [0, 9])
    assert [item.contents for item in linked] == [(0,), (1,)]


def test_a_source_too_far_away_is_nobody_s() -> None:
    linked, loose = link([(0, 1)], [(60, 61)], [(200, 210)], [0])
    assert (linked[0].source, linked[0].contents, loose) == (None, (), [0])


def test_one_source_may_have_two_cues() -> None:
    linked, _ = link([(0, 1)], [(1, 2), (8, 9)], [(2, 7), (9, 12)], [0])
    assert [item.source for item in linked] == [0, 0]
