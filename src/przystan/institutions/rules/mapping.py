"""Points on a map that is drawn here, without anybody's tiles: degrees in, places on a picture out.

Web Mercator, so that distances near each other look right; a frame around all points with room at its edge. What lies
so near that it could not be told apart becomes one mark with a count.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import asinh, cos, pi, radians, tan

WIDTH, HEIGHT = 400.0, 300.0
EDGE = 26.0  # room around the outermost points
SMALLEST = 0.02  # degrees of longitude that the picture shows at least: some 1.3 km at Gdańsk
NEAR = 22.0  # marks nearer than this are one
KILOMETRES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
EQUATOR = 40_075.0  # km
SCALE_LONGEST = 120.0


@dataclass(frozen=True)
class Spot:
    """What is to be shown: whose it is (any key), and where, in degrees."""

    key: int
    latitude: float
    longitude: float


@dataclass
class Mark:
    """One sign on the picture, with the keys of what lies there."""

    x: float
    y: float
    keys: list[int] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.keys)


@dataclass(frozen=True)
class Drawing:
    """Marks in a picture of WIDTH by HEIGHT, from top to bottom; `scale`: kilometres, and how long they are drawn."""

    marks: list[Mark]
    scale_km: int
    scale_length: float
    width: float = WIDTH
    height: float = HEIGHT


def draw(spots: Iterable[Spot]) -> Drawing | None:
    """The picture of these spots; None where there is none."""
    found = list(spots)
    if not found:
        return None
    flat = [(spot.key, *_flat(spot)) for spot in found]
    left, right = min(x for _, x, _ in flat), max(x for _, x, _ in flat)
    top, bottom = min(y for _, _, y in flat), max(y for _, _, y in flat)
    least = SMALLEST / 360
    scale = min((WIDTH - 2 * EDGE) / max(right - left, least), (HEIGHT - 2 * EDGE) / max(bottom - top, least))
    middle_x, middle_y = (left + right) / 2, (top + bottom) / 2
    placed = [(key, WIDTH / 2 + (x - middle_x) * scale, HEIGHT / 2 + (y - middle_y) * scale) for key, x, y in flat]
    kilometres, length = _scale(scale, sum(spot.latitude for spot in found) / len(found))
    return Drawing(_marks(placed), kilometres, length)


def _flat(spot: Spot) -> tuple[float, float]:
    """Web Mercator: the world is a square of side 1, y grows to the south. The poles are cut off as everywhere."""
    latitude = max(-85.0, min(85.0, spot.latitude))
    return (spot.longitude + 180) / 360, 0.5 - asinh(tan(radians(latitude))) / (2 * pi)


def _marks(placed: Sequence[tuple[int, float, float]]) -> list[Mark]:
    marks: list[Mark] = []
    for key, x, y in sorted(placed, key=lambda one: (one[2], one[1], one[0])):
        near = next((one for one in marks if (one.x - x) ** 2 + (one.y - y) ** 2 < NEAR**2), None)
        if near is None:
            near = Mark(round(x, 1), round(y, 1))
            marks.append(near)
        if key not in near.keys:
            near.keys.append(key)
    return marks


def _scale(scale: float, latitude: float) -> tuple[int, float]:
    """The longest round distance that fits, in km, and its length on the picture."""
    per_km = scale / (EQUATOR * cos(radians(latitude)))
    fitting = [one for one in KILOMETRES if one * per_km <= SCALE_LONGEST]
    kilometres = fitting[-1] if fitting else KILOMETRES[0]
    return kilometres, round(kilometres * per_km, 1)
