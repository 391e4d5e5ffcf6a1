import pytest

from corroborate.model.geoprecision import PlaceLevel, geo_precision, where_prec, where_prec_of_km


@pytest.mark.parametrize(
    ("level", "relation", "km", "ucdp", "acled"),
    [
        ("point", None, 20.0, 1, 1),  # the largest city is a named town
        ("point", "part_of", 7.0, 1, 1),
        ("point", "near", 38.0, 2, 2),
        ("point", "offset", 15.0, 2, 2),
        ("point", "offset", 60.0, 5, 3),
        ("point", "between", 25.0, 2, 2),
        ("point", "between", 80.0, 5, 3),
        ("district", None, 13.0, 3, 2),
        ("province", None, 46.0, 4, 3),
        ("province", "part_of", 30.0, 5, 3),
        ("country", "part_of", 190.0, 5, 3),
        ("country", None, 441.0, 6, None),
    ],
)
def test_the_codes_of_a_place(level: PlaceLevel, relation: str | None, km: float, ucdp: int, acled: int | None) -> None:
    assert where_prec(level, relation, km) == ucdp
    assert geo_precision(ucdp) == acled


def test_the_codes_of_a_point_given_by_a_person_and_of_no_point() -> None:
    assert [where_prec_of_km(km) for km in (1.0, 25.0, 60.0)] == [1, 2, 5]
    assert geo_precision(None) is None
