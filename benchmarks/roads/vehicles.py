"""A profile of the product as the judge sees it: kind and sizes, nothing else."""

from benchmarks.roads.raw_tags import Vehicle
from routing.roads import Profile


def vehicle_of(profile: Profile) -> Vehicle:
    """Copy what signs ask about."""
    return Vehicle(
        kind=profile.kind,
        height_m=profile.height_m,
        width_m=profile.width_m,
        length_m=profile.length_m,
        weight_t=profile.weight_t,
        axle_t=profile.axle_t,
        classes=frozenset(profile.speed_kmh),
    )
