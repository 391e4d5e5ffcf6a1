from corroborate.knowledge import gazetteer_package
from corroborate.knowledge.gazetteer import SMALL_AREA_KM
from corroborate.knowledge.sphere import distance_km


def towns_of(country: str) -> list[gazetteer_package.City]:
    return [city for city in gazetteer_package.cities() if city["countrycode"] == country]


def test_divisions_have_their_names_and_the_middle_of_their_towns() -> None:
    towns = towns_of("SY")
    places = {
        entry.path + entry.kind: (entry, set(others)) for entry, others in gazetteer_package.package_places(towns)
    }
    assert places["SYcountry"][0].name == "Syria"
    province, names = places["SY.12state"]
    assert province.name == "Idlib"
    assert "Idlib Governorate" in names
    assert (province.country, province.admin1) == ("SY", "12")
    assert distance_km(province.lat, province.lon, 35.9, 36.6) < 25
    assert 35 < province.radius_km < 80
    assert province.population >= 128_840  # that of its towns
    district, names = next(place for place in places.values() if place[0].name == "Manbij District")
    assert district.kind == "county"
    assert district.path.startswith("SY.09.")
    assert district.radius_km >= SMALL_AREA_KM
    assert "Manbij" not in names
    # Every town lies in a division of its own country, and no division is listed without a town.
    assert all(city["path"].startswith(f"SY.{city['admin1code']}") for city in towns)
    assert {entry.country for entry, _ in places.values()} == {"SY"}
