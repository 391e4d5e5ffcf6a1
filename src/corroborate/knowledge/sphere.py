"""Distances and directions on the sphere, in km and degrees."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_EARTH_KM = 6371.0088  # the mean radius (IUGG)


def distance_km(lat: float, lon: float, lat2: float, lon2: float) -> float:
    """Return the great-circle distance between two points in km."""
    a = math.sin(math.radians(lat2 - lat) / 2) ** 2
    a += math.cos(math.radians(lat)) * math.cos(math.radians(lat2)) * math.sin(math.radians(lon2 - lon) / 2) ** 2
    return 2 * _EARTH_KM * math.asin(min(1.0, math.sqrt(a)))


def distances_km(lat: float, lon: float, lats: NDArray[np.float64], lons: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the great-circle distances in km of a point from others (degrees)."""
    a = np.sin(np.radians(lats - lat) / 2) ** 2
    a += math.cos(math.radians(lat)) * np.cos(np.radians(lats)) * np.sin(np.radians(lons - lon) / 2) ** 2
    return np.asarray(2 * _EARTH_KM * np.arcsin(np.minimum(1.0, np.sqrt(a))))


def moved(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """Return the point so many km from another in a direction (degrees clockwise from north)."""
    angle, first = km / _EARTH_KM, math.radians(lat)
    turn = math.radians(bearing)
    second = math.asin(math.sin(first) * math.cos(angle) + math.cos(first) * math.sin(angle) * math.cos(turn))
    east = math.atan2(
        math.sin(turn) * math.sin(angle) * math.cos(first), math.cos(angle) - math.sin(first) * math.sin(second)
    )
    return math.degrees(second), (lon + math.degrees(east) + 540) % 360 - 180


def vector(lat: float, lon: float) -> tuple[float, float, float]:
    """Return a point as a unit vector; the dot product of two is the cosine of the angle between them."""
    a, b = math.radians(lat), math.radians(lon)
    return math.cos(a) * math.cos(b), math.cos(a) * math.sin(b), math.sin(a)


def middle(points: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """Return the mean of the points and the km within which nineteen in twenty of them lie.

    The outermost twentieth are islands and exclaves far away (Hawaii, Easter Island).
    """
    vectors = [vector(*point) for point in points]
    x, y, z = (sum(axis) for axis in zip(*vectors, strict=True))
    lat, lon = math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
    reaches = sorted(distance_km(lat, lon, *point) for point in points)
    return round(lat, 4), round(lon, 4), reaches[min(len(reaches) - 1, int(len(reaches) * 0.95))]
