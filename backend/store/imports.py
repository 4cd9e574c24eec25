"""An operator's own bins: what is known of them, and each thing a row may change."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, TypeVar

from psycopg import Connection
from psycopg.rows import class_row

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class BinRow:
    """One bin as a file states it; None: the file says nothing about it."""

    #: where in the file: line of a CSV, number of a GeoJSON feature
    line: int
    code: str
    stream: str
    volume_l: int
    lat_deg: float
    lon_deg: float
    site: str | None = None
    address: str | None = None
    device: str | None = None
    empty_mm: int | None = None
    full_mm: int | None = None
    empty_kg: float | None = None
    full_kg: float | None = None
    service_s: int | None = None
    container_type: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """What tells one site from another."""

    name: str
    address: str | None
    lat_deg: float
    lon_deg: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """A site as it is stored."""

    site_id: int
    name: str
    address: str | None
    lat_deg: float
    lon_deg: float


@dataclass(frozen=True, kw_only=True, slots=True)
class KnownBin:
    """A slot with what stands in it now."""

    slot_id: int
    organisation_id: int
    site_id: int
    code: str
    stream: str
    service_s: int
    site: str
    address: str | None
    lat_deg: float
    lon_deg: float
    volume_l: int | None
    container_type: str | None
    device: str | None
    empty_mm: int | None
    full_mm: int | None
    empty_kg: float | None
    full_kg: float | None


@dataclass(frozen=True, kw_only=True, slots=True)
class NamedOrganisation:
    """An organisation by its name."""

    organisation_id: int
    name: str
    time_zone: str


# Any constant will do, as long as nobody else uses it: "ulli" in ASCII.
LOCK_KEY = 0x756C6C69

LOCK = "SELECT pg_advisory_xact_lock(%s)"
STREAMS = "SELECT stream FROM stream"
ORGANISATIONS = """
SELECT organisation_id, name, time_zone FROM organisation ORDER BY organisation_id"""
INSERT_ORGANISATION = """
INSERT INTO organisation (name, time_zone) VALUES (%s, %s)
RETURNING organisation_id, name, time_zone"""

KNOWN_BINS = """
SELECT slot.slot_id, site.organisation_id, site.site_id, slot.code, slot.stream,
       slot.service_s, site.name AS site, site.address, site.lat_deg, site.lon_deg,
       container.volume_l, container.container_type, device.device,
       calibration.empty_mm, calibration.full_mm, calibration.empty_kg,
       calibration.full_kg
FROM slot
JOIN site USING (site_id)
LEFT JOIN container ON container.slot_id = slot.slot_id AND container.to_at IS NULL
LEFT JOIN device_slot
    ON device_slot.slot_id = slot.slot_id AND device_slot.to_at IS NULL
LEFT JOIN device USING (device_id)
LEFT JOIN LATERAL (
    SELECT empty_mm, full_mm, empty_kg, full_kg FROM calibration
    WHERE calibration.slot_id = slot.slot_id AND calibration.valid_from <= %(now)s
    ORDER BY calibration.valid_from DESC LIMIT 1) AS calibration ON true
WHERE slot.code = ANY (%(codes)s)"""

SITES = """
SELECT site_id, name, address, lat_deg, lon_deg
FROM site WHERE organisation_id = %s ORDER BY site_id"""
INSERT_SITE = """
INSERT INTO site (organisation_id, name, address, lat_deg, lon_deg, source)
VALUES (%(organisation_id)s, %(name)s, %(address)s, %(lat_deg)s, %(lon_deg)s,
        %(source)s)
RETURNING site_id, name, address, lat_deg, lon_deg"""
UPDATE_SITE = """
UPDATE site SET name = %(name)s, address = %(address)s, lat_deg = %(lat_deg)s,
                lon_deg = %(lon_deg)s
WHERE site_id = %(site_id)s
RETURNING site_id, name, address, lat_deg, lon_deg"""
COUNT_SLOTS = "SELECT count(*) FROM slot WHERE site_id = %s"
DELETE_SITE = "DELETE FROM site WHERE site_id = %s"

INSERT_SLOT = """
INSERT INTO slot (site_id, code, stream) VALUES (%s, %s, %s) RETURNING slot_id"""
UPDATE_SLOT = """
UPDATE slot SET site_id = %(site_id)s, stream = %(stream)s,
                service_s = coalesce(%(service_s)s, service_s)
WHERE slot_id = %(slot_id)s"""

CLOSE_CONTAINER = """
UPDATE container SET to_at = %(now)s WHERE slot_id = %(slot_id)s AND to_at IS NULL"""
INSERT_CONTAINER = """
INSERT INTO container (slot_id, volume_l, container_type, from_at)
VALUES (%(slot_id)s, %(volume_l)s, %(container_type)s, %(now)s)"""

# The first calibration since the container came describes it from its first day, so
# readings that were waiting for it get their fill; a later one holds from now. Of
# distances and masses it keeps what the file says nothing about.
INSERT_CALIBRATION = """
INSERT INTO calibration (slot_id, valid_from, empty_mm, full_mm, empty_kg, full_kg)
SELECT container.slot_id, CASE WHEN EXISTS (
           SELECT FROM calibration
           WHERE calibration.slot_id = container.slot_id
               AND calibration.valid_from >= container.from_at)
       THEN %(now)s ELSE container.from_at END,
       coalesce(%(empty_mm)s, known.empty_mm), coalesce(%(full_mm)s, known.full_mm),
       coalesce(%(empty_kg)s, known.empty_kg), coalesce(%(full_kg)s, known.full_kg)
FROM container LEFT JOIN LATERAL (
    SELECT empty_mm, full_mm, empty_kg, full_kg FROM calibration
    WHERE calibration.slot_id = container.slot_id
        AND calibration.valid_from >= container.from_at
        AND calibration.valid_from <= %(now)s
    ORDER BY calibration.valid_from DESC LIMIT 1) AS known ON true
WHERE container.slot_id = %(slot_id)s AND to_at IS NULL"""


def lock_imports(conn: Connection[Any]) -> None:
    """Wait for any other import to end; the transaction's end lets the next one go."""
    conn.execute(LOCK, (LOCK_KEY,))


def load_streams(conn: Connection[Any]) -> frozenset[str]:
    """Load the names of the streams."""
    return frozenset(name for (name,) in conn.execute(STREAMS))


def load_organisations(conn: Connection[Any]) -> list[NamedOrganisation]:
    """Load every organisation."""
    with conn.cursor(row_factory=class_row(NamedOrganisation)) as cursor:
        return cursor.execute(ORGANISATIONS).fetchall()


def insert_organisation(
    conn: Connection[Any], name: str, *, time_zone: str
) -> NamedOrganisation:
    """Write an organisation."""
    with conn.cursor(row_factory=class_row(NamedOrganisation)) as cursor:
        cursor.execute(INSERT_ORGANISATION, (name, time_zone))
        return _only(cursor.fetchone())


def load_known_bins(
    conn: Connection[Any], codes: Collection[str], *, now: datetime
) -> dict[str, KnownBin]:
    """Load the bins that have one of these codes, whoever owns them, by code."""
    asked = {"codes": list(codes), "now": now}
    with conn.cursor(row_factory=class_row(KnownBin)) as cursor:
        return {each.code: each for each in cursor.execute(KNOWN_BINS, asked)}


def load_sites(conn: Connection[Any], organisation_id: int) -> list[Site]:
    """Load an organisation's sites."""
    with conn.cursor(row_factory=class_row(Site)) as cursor:
        return cursor.execute(SITES, (organisation_id,)).fetchall()


def insert_site(
    conn: Connection[Any], place: Place, *, organisation_id: int, source: str
) -> Site:
    """Write a site."""
    facts = asdict(place) | {"organisation_id": organisation_id, "source": source}
    with conn.cursor(row_factory=class_row(Site)) as cursor:
        return _only(cursor.execute(INSERT_SITE, facts).fetchone())


def update_site(conn: Connection[Any], site_id: int, place: Place) -> Site:
    """Rename or move a site with everything that stands there."""
    facts = asdict(place) | {"site_id": site_id}
    with conn.cursor(row_factory=class_row(Site)) as cursor:
        return _only(cursor.execute(UPDATE_SITE, facts).fetchone())


def count_slots(conn: Connection[Any], site_id: int) -> int:
    """Count the bins at a site."""
    return int(_only(conn.execute(COUNT_SLOTS, (site_id,)).fetchone())[0])


def delete_site(conn: Connection[Any], site_id: int) -> None:
    """Delete a site where nothing stands."""
    conn.execute(DELETE_SITE, (site_id,))


def insert_slot(conn: Connection[Any], row: BinRow, *, site_id: int) -> int:
    """Write a slot; return its id."""
    facts = (site_id, row.code, row.stream)
    slot_id = int(_only(conn.execute(INSERT_SLOT, facts).fetchone())[0])
    update_slot(conn, slot_id, row, site_id=site_id)
    return slot_id


def update_slot(
    conn: Connection[Any], slot_id: int, row: BinRow, *, site_id: int
) -> None:
    """Write where a slot is, what it takes and, if stated, how long it takes."""
    facts = asdict(row) | {"slot_id": slot_id, "site_id": site_id}
    conn.execute(UPDATE_SLOT, facts)


def put_container(
    conn: Connection[Any],
    slot_id: int,
    *,
    volume_l: int,
    container_type: str,
    now: datetime,
) -> None:
    """Put a container in a slot, in the place of the one that stands there."""
    facts = {"slot_id": slot_id, "volume_l": volume_l, "now": now}
    conn.execute(CLOSE_CONTAINER, facts)
    conn.execute(INSERT_CONTAINER, facts | {"container_type": container_type})


def calibrate(conn: Connection[Any], slot_id: int, row: BinRow, now: datetime) -> None:
    """Write what empty and full measure, or weigh."""
    facts = asdict(row) | {"slot_id": slot_id, "now": now}
    conn.execute(INSERT_CALIBRATION, facts)


def _only(row: T | None) -> T:
    if row is None:
        raise LookupError("a statement that always answers with a row gave none")
    return row
