"""What a row says that the database does not: only that is written."""

from typing import Literal

from backend.store.imports import BinRow, KnownBin, Place

Change = Literal["place", "slot", "container", "calibration", "device"]


def place_new(row: BinRow) -> Place:
    """Say where a new bin stands; a site without a name is called by its address."""
    return Place(
        name=row.site or row.address or row.code,
        address=row.address,
        lat_deg=row.lat_deg,
        lon_deg=row.lon_deg,
    )


def place_known(row: BinRow, known: KnownBin) -> Place:
    """Say where a known bin stands from now on."""
    address = row.address or known.address
    was_named_here = known.site in (known.address, known.code)
    derived = address or row.code if was_named_here else known.site
    return Place(
        name=row.site or derived,
        address=address,
        lat_deg=row.lat_deg,
        lon_deg=row.lon_deg,
    )


def list_parts(row: BinRow) -> set[Change]:
    """List what a new bin comes with."""
    parts: set[Change] = {"place", "slot", "container"}
    if row.empty_mm is not None or row.empty_kg is not None:
        parts.add("calibration")
    if row.device is not None:
        parts.add("device")
    return parts


def list_changes(row: BinRow, known: KnownBin) -> set[Change]:
    """List what differs; an empty cell says nothing, so it changes nothing."""
    place = Place(
        name=known.site,
        address=known.address,
        lat_deg=known.lat_deg,
        lon_deg=known.lon_deg,
    )
    service_s = known.service_s if row.service_s is None else row.service_s
    container_type = row.container_type or known.container_type
    stated = (row.empty_mm, row.full_mm, row.empty_kg, row.full_kg)
    held = (known.empty_mm, known.full_mm, known.empty_kg, known.full_kg)
    is_changed: dict[Change, bool] = {
        "place": place_known(row, known) != place,
        "slot": (row.stream, service_s) != (known.stream, known.service_s),
        "container": (row.volume_l, container_type)
        != (known.volume_l, known.container_type),
        "calibration": any(
            new is not None and new != old
            for new, old in zip(stated, held, strict=True)
        ),
        "device": row.device != known.device,
    }
    return {part for part in list_parts(row) if is_changed[part]}
