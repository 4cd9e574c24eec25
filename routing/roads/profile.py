"""What a vehicle is to the law and to the street: all of it data."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from routing.roads.tags.access import KINDS, Kind
from routing.roads.tags.limits import SIZES

# Free-flow speeds of a heavy vehicle where no limit is signposted; a class that
# is missing here is closed to it.
_TRUCK_KMH = MappingProxyType(
    {
        "motorway": 80.0,
        "motorway_link": 45.0,
        "trunk": 75.0,
        "trunk_link": 40.0,
        "primary": 55.0,
        "primary_link": 30.0,
        "secondary": 45.0,
        "secondary_link": 25.0,
        "tertiary": 38.0,
        "tertiary_link": 20.0,
        "unclassified": 28.0,
        "residential": 22.0,
        "road": 20.0,
        "service": 10.0,
        "living_street": 8.0,
        "pedestrian": 6.0,
        "track": 10.0,
        "ferry": 12.0,
    }
)
# A large truck stands at the bin's kerb and goes on the way it came: in a street it can
# not turn round. Only in yards and lanes it manoeuvres anyway.
_YARDS = frozenset({"service", "living_street", "pedestrian", "track", "road"})
# A small one turns where it stands, and its crew crosses a quiet street.
_QUIET = _YARDS | {"tertiary", "tertiary_link", "unclassified", "residential"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """A kind of vehicle.

    Parameters
    ----------
    kind
        Whose access tags, restrictions and legal speeds hold.
    speed_kmh
        Usual speed by class of road; a class not named is not driven.
    top_speed_kmh
        Never faster, whatever is signposted.
    limit_share
        Share of a signposted limit that is driven on average.
    height_m, width_m, length_m, weight_t, axle_t
        Streets that are signposted for less are closed.
    turn_s
        A turn straight back would cost this; flatter turns cost less.
    far_turn_factor
        A turn across oncoming traffic costs this much more.
    u_turn_s
        Turning round at a dead end, the only place where it is done.
    signal_s
        Mean wait at a traffic light; maps have several where a driver sees one.
    ferry_s
        Mean wait for a ferry.
    serves_across
        Classes of road on which a bin is served from either direction, and left in
        either: the vehicle can turn there, and nobody minds who crosses on foot.
    """

    kind: Kind = "hgv"
    speed_kmh: Mapping[str, float] = field(
        default_factory=lambda: _TRUCK_KMH, hash=False
    )
    top_speed_kmh: float = 80.0
    limit_share: float = 0.82
    height_m: float = 3.6
    width_m: float = 2.55
    length_m: float = 9.5
    weight_t: float = 18.0
    axle_t: float = 11.5
    turn_s: float = 12.0
    far_turn_factor: float = 1.2
    u_turn_s: float = 60.0
    signal_s: float = 2.5
    ferry_s: float = 600.0
    serves_across: frozenset[str] = _YARDS

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind {self.kind} not understood: {', '.join(KINDS)}")
        if not self.speed_kmh or min(self.speed_kmh.values()) <= 0:
            raise ValueError("speed_kmh must name at least one class, each above 0")
        if not 0 < self.limit_share <= 1:
            raise ValueError(f"limit_share {self.limit_share} not in 0..1")

    def widened(self, other: "Profile") -> "Profile":
        """Take the larger of each size: what is open to it is open to both."""
        larger = {
            name: max(getattr(self, name), getattr(other, name)) for name in SIZES
        }
        heavier = max(self, other, key=lambda each: KINDS.index(each.kind))
        return replace(heavier, **larger)


COLLECTION_TRUCK = Profile()
"""A two-axle rear loader of 18 t."""

PROFILES: Mapping[str, Profile] = MappingProxyType(
    {
        "truck-26t": Profile(height_m=3.8, length_m=10.5, weight_t=26.0, axle_t=11.5),
        "truck-18t": COLLECTION_TRUCK,
        "truck-12t": Profile(
            height_m=3.4, width_m=2.5, length_m=8.0, weight_t=12.0, axle_t=8.0
        ),
        "truck-7.5t": Profile(
            height_m=3.2,
            width_m=2.3,
            length_m=7.0,
            weight_t=7.5,
            axle_t=5.0,
            u_turn_s=40.0,
            serves_across=_QUIET,
        ),
        "van-3.5t": Profile(
            kind="goods",
            speed_kmh={
                **{name: kmh * 1.15 for name, kmh in _TRUCK_KMH.items()},
                "motorway": 110.0,
                "trunk": 85.0,
            },
            top_speed_kmh=120.0,
            height_m=2.6,
            width_m=2.1,
            length_m=6.0,
            weight_t=3.5,
            axle_t=2.2,
            turn_s=8.0,
            u_turn_s=25.0,
            serves_across=_QUIET,
        ),
    }
)
"""Usual vehicles by name."""
