"""Whether solids keep out of each other, and away from each other."""

from dataclasses import dataclass

from build123d import Pos, Shape

from hardware.enclosure.assembly import JOINED, SEATED, Assembly
from hardware.enclosure.dimensions import Dimensions
from hardware.enclosure.keep_ins import make_antenna_room
from hardware.enclosure.metal import make_metal

# What the kernel leaves of two faces that only touch.
TOUCH_MM3 = 0.01
ROUNDING_MM = 1e-4


@dataclass(frozen=True, kw_only=True, slots=True)
class Fit:
    """One pair: how much of them is in the same place, and how far they are apart.

    `clearance_mm` is None where they are joined; of a seated part it is measured after
    it was lifted off its seat by the clearance that is asked for.
    """

    first: str
    second: str
    overlap_mm3: float
    clearance_mm: float | None
    least_mm: float

    @property
    def is_good(self) -> bool:
        """Nothing overlaps, and where they must keep away they do."""
        if self.overlap_mm3 > TOUCH_MM3:
            return False
        asked_mm = self.least_mm - ROUNDING_MM
        return self.clearance_mm is None or self.clearance_mm >= asked_mm


def check_fits(assembly: Assembly) -> list[Fit]:
    """Check every pair of solids that are there at the same time."""
    return [check_fit(assembly, *pair) for pair in assembly.pairs()]


def check_fit(assembly: Assembly, first: str, second: str) -> Fit:
    """Check one pair; `first` is the seated one of a seated pair."""
    one, other = assembly.solids[first], assembly.solids[second]
    least_mm = assembly.dimensions.limits.clearance_mm
    return Fit(
        first=first,
        second=second,
        overlap_mm3=_overlap_mm3(one, other),
        clearance_mm=_clearance_mm(assembly, first, second),
        least_mm=least_mm,
    )


def check_antenna(d: Dimensions) -> list[Fit]:
    """Check that all metal is as far from the antenna as the module's maker asks."""
    room = make_antenna_room(d)
    return [
        Fit(
            first=name,
            second="antenna",
            overlap_mm3=_overlap_mm3(metal, room),
            clearance_mm=float(metal.distance_to(room)),
            least_mm=d.board.antenna_free_mm,
        )
        for name, metal in make_metal(d).items()
    ]


def _clearance_mm(assembly: Assembly, first: str, second: str) -> float | None:
    if {first, second} in [set(each) for each in JOINED]:
        return None
    one, other = assembly.solids[first], assembly.solids[second]
    if (first, second) in SEATED:
        one = Pos(0, 0, assembly.dimensions.limits.clearance_mm) * one
    gap_mm = _box_gap_mm(one, other)
    # Exact distances are slow; boxes that are apart keep the solids as far apart.
    return gap_mm if gap_mm > 5 else float(one.distance_to(other))  # noqa: PLR2004


def _overlap_mm3(one: Shape, other: Shape) -> float:
    if _box_gap_mm(one, other) > 0:
        return 0.0
    common = one & other
    if common is None:
        return 0.0
    parts = common if isinstance(common, list) else [common]
    return float(sum(each.volume for each in parts))


def _box_gap_mm(one: Shape, other: Shape) -> float:
    """Measure the largest gap of their boxes along an axis; negative: they overlap."""
    a, b = one.bounding_box(), other.bounding_box()
    along = zip(tuple(a.min), tuple(a.max), tuple(b.min), tuple(b.max), strict=True)
    gaps = (max(low_b - up_a, low_a - up_b) for low_a, up_a, low_b, up_b in along)
    return float(max(gaps))
