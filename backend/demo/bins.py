"""Which bins the demo city has: the real ones, and more at real addresses."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from backend.city.bins.candidates import Address, CandidateBin
from backend.store.founding import NewBin, NewSite

MADE_UP_BINS = 150
MIN_SPACING_DEG = 0.00055  # of latitude, about 60 m between made-up sites
LON_PER_LAT = 0.5  # cos 60°: a degree of longitude is half as long here
SENSOR_SHARE = 0.7
FIRMWARE_BINS = 3
REPORT_EVERY_S = 3600
HISTORY = timedelta(days=21)
# The three with the real firmware were fitted the evening before.
FIRMWARE_SINCE = timedelta(hours=2)

CLUSTERS = (
    ("residual", "packaging", "glass"),
    ("residual", "packaging"),
    ("packaging", "textiles"),
    ("residual", "glass", "textiles"),
)
NAMES = {
    "waste_basket": "Litter bin",
    "waste_disposal": "Waste point",
    "recycling": "Recycling point",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Shape:
    """A kind of container, how fast it fills and how often it used to be emptied."""

    volume_l: int
    empty_mm: int
    full_mm: int
    service_s: int
    fill_per_day: tuple[float, float]
    round_days: int


BASKET = Shape(
    volume_l=140,
    empty_mm=700,
    full_mm=120,
    service_s=60,
    fill_per_day=(0.26, 0.72),
    round_days=2,
)
SHAPES = {
    "residual": Shape(
        volume_l=660,
        empty_mm=1150,
        full_mm=220,
        service_s=110,
        fill_per_day=(0.14, 0.38),
        round_days=3,
    ),
    "packaging": Shape(
        volume_l=660,
        empty_mm=1150,
        full_mm=220,
        service_s=110,
        fill_per_day=(0.15, 0.4),
        round_days=3,
    ),
    "glass": Shape(
        volume_l=400,
        empty_mm=980,
        full_mm=180,
        service_s=150,
        fill_per_day=(0.08, 0.22),
        round_days=7,
    ),
    "textiles": Shape(
        volume_l=1200,
        empty_mm=1650,
        full_mm=260,
        service_s=180,
        fill_per_day=(0.08, 0.22),
        round_days=7,
    ),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoBin:
    """A bin to be written, and how it really fills."""

    new: NewBin
    fill_per_day: float
    is_street_side: bool
    round_days: int


@dataclass(frozen=True, kw_only=True, slots=True)
class DemoSite:
    """A site with its bins."""

    site: NewSite
    bins: list[DemoBin]


def choose_sites(
    candidates: Sequence[CandidateBin],
    addresses: Sequence[Address],
    *,
    begins_at: datetime,
    rng: np.random.Generator,
) -> list[DemoSite]:
    """Take every real bin, then made-up ones at spread-out addresses."""
    maker = _Maker(begins_at=begins_at, rng=rng)
    real = [_real_site(each, maker) for each in candidates]
    return real + list(_made_up_sites(addresses, maker))


@dataclass(kw_only=True, slots=True)
class _Maker:
    """Count codes and devices while bins are made."""

    begins_at: datetime
    rng: np.random.Generator
    count: int = 0
    firmware_count: int = 0

    def make(self, stream: str, shape: Shape, *, may_run_firmware: bool) -> DemoBin:
        self.count += 1
        device, kind = self._choose_device(may_run_firmware=may_run_firmware)
        is_firmware = kind == "ullage-esp32"
        since = FIRMWARE_SINCE if is_firmware else HISTORY
        new = NewBin(
            code=f"HEL-{self.count:03d}",
            stream=stream,
            volume_l=shape.volume_l,
            service_s=shape.service_s,
            empty_mm=shape.empty_mm,
            full_mm=shape.full_mm,
            device=device,
            device_kind=kind,
            from_at=self.begins_at - HISTORY,
            device_from_at=self.begins_at - since,
            report_every_s=REPORT_EVERY_S,
        )
        return DemoBin(
            new=new,
            fill_per_day=float(self.rng.uniform(*shape.fill_per_day)),
            is_street_side=shape is BASKET,
            round_days=shape.round_days,
        )

    def _choose_device(self, *, may_run_firmware: bool) -> tuple[str | None, str]:
        if may_run_firmware and self.firmware_count < FIRMWARE_BINS:
            self.firmware_count += 1
            return f"esp32-{self.firmware_count:02d}", "ullage-esp32"
        if self.rng.random() < SENSOR_SHARE:
            return f"hel-{self.count:03d}", "simulated"
        return None, "none"


def _real_site(candidate: CandidateBin, maker: _Maker) -> DemoSite:
    stream = candidate.streams[0]
    is_basket = candidate.amenity == "waste_basket"
    shape = BASKET if is_basket else SHAPES.get(stream, SHAPES["residual"])
    name = candidate.name or NAMES[candidate.amenity]
    site = NewSite(
        name=name,
        address=candidate.address,
        lat_deg=candidate.lat_deg,
        lon_deg=candidate.lon_deg,
        is_made_up=False,
        source=f"osm:{candidate.osm_id}",
    )
    return DemoSite(site=site, bins=[maker.make(stream, shape, may_run_firmware=False)])


def _made_up_sites(addresses: Sequence[Address], maker: _Maker) -> Iterator[DemoSite]:
    left = MADE_UP_BINS
    for number, address in enumerate(_spread(addresses, maker.rng)):
        streams = CLUSTERS[number % len(CLUSTERS)][:left]
        if not streams:
            return
        left -= len(streams)
        site = NewSite(
            name=str(address),
            address=str(address),
            lat_deg=address.lat_deg,
            lon_deg=address.lon_deg,
            is_made_up=True,
            source=None,
        )
        bins = [
            maker.make(each, SHAPES[each], may_run_firmware=True) for each in streams
        ]
        yield DemoSite(site=site, bins=bins)


def _spread(
    addresses: Sequence[Address], rng: np.random.Generator
) -> Iterator[Address]:
    """Yield addresses in a drawn order, none too near to one before."""
    taken: list[tuple[float, float]] = []
    for index in rng.permutation(len(addresses)):
        address = addresses[int(index)]
        here = (address.lat_deg, address.lon_deg * LON_PER_LAT)
        if all(
            np.hypot(here[0] - lat, here[1] - lon) > MIN_SPACING_DEG
            for lat, lon in taken
        ):
            taken.append(here)
            yield address
