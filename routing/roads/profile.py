"""What a vehicle is to the law and to the street: all of it data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

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
    }
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Profile:
    """A kind of vehicle.

    Parameters
    ----------
    speed_kmh
        Usual speed by OSM highway class; a class not named is not driven.
    top_speed_kmh
        Never faster, whatever is signposted.
    limit_share
        Share of a signposted limit that is driven on average.
    access_keys
        OSM access tags that concern the vehicle, from general to specific; the
        most specific one present decides.
    height_m, width_m, length_m, weight_t
        Streets that are signposted for less are closed.
    turn_s
        A turn straight back would cost this; flatter turns cost less.
    far_turn_factor
        A turn across oncoming traffic costs this much more.
    u_turn_s
        Turning round at a dead end, the only place where it is done.
    drives_on_right
        On which side of the street traffic keeps.
    """

    speed_kmh: Mapping[str, float] = field(default_factory=lambda: _TRUCK_KMH)
    top_speed_kmh: float = 80.0
    limit_share: float = 0.85
    access_keys: tuple[str, ...] = ("access", "vehicle", "motor_vehicle", "hgv")
    height_m: float = 3.6
    width_m: float = 2.55
    length_m: float = 9.5
    weight_t: float = 18.0
    turn_s: float = 12.0
    far_turn_factor: float = 1.2
    u_turn_s: float = 60.0
    drives_on_right: bool = True

    def __post_init__(self) -> None:
        if not self.speed_kmh or min(self.speed_kmh.values()) <= 0:
            raise ValueError("speed_kmh must name at least one class, each above 0")
        if not 0 < self.limit_share <= 1:
            raise ValueError(f"limit_share {self.limit_share} not in 0..1")


COLLECTION_TRUCK = Profile()
"""A two-axle rear loader of 18 t."""
