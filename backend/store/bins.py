"""Bins as they are now: what the map and the lists show."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg import Connection
from psycopg.rows import class_row

FillSource = Literal["sensor", "forecast", "emptying"]
SensorTrust = Literal["trusted", "doubtful", "not_trusted"]
StopStatus = Literal["planned", "done", "skipped"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Bin:
    """One slot with its container, its device and what is known of its fill."""

    slot_id: int
    code: str
    site: str
    address: str | None
    stream: str
    lat_deg: float
    lon_deg: float
    is_made_up: bool
    volume_l: int | None
    device: str | None
    is_silent: bool
    alarms: list[str]
    measured_at: datetime | None
    battery_mv: int | None
    temperature_c: float | None
    flags: int | None
    emptied_at: datetime | None
    fill_fraction: float | None
    fill_source: FillSource | None
    full_at: datetime | None
    overflow_probability: float | None
    trust: float | None
    sensor_trust: SensorTrust | None
    sensor_reasons: list[str]
    run_id: int | None
    stop_id: int | None
    stop_status: StopStatus | None


# A driver's word outranks an older reading, a reading outranks the forecast; one that
# is old, whoever's fault that is, or of a sensor that is not trusted, falls back to the
# forecast. A reading that is not believed leaves the last believed one in its place,
# and so does one that is far off and was not judged yet.
BINS = """
WITH now AS MATERIALIZED (
    SELECT clock_now() AS at, shown_service_day() AS service_day),
listed AS MATERIALIZED (
    SELECT DISTINCT ON (stop.slot_id) stop.slot_id, entry.run_id, stop.stop_id,
           stop_status.status
    FROM now
    CROSS JOIN LATERAL list_stops(now.service_day) AS entry
    JOIN stop ON stop.stop_id = entry.stop_id
    JOIN stop_status ON stop_status.stop_id = stop.stop_id
    WHERE stop.slot_id IS NOT NULL AND (
        %(slot_ids)s::integer[] IS NULL OR stop.slot_id = ANY (%(slot_ids)s))
    ORDER BY stop.slot_id, stop_status.status = 'done' DESC, stop.stop_id DESC),
bin AS (
    SELECT slot.slot_id, slot.code, site.name AS site, site.address, slot.stream,
           site.lat_deg, site.lon_deg, site.is_made_up, container.volume_l,
           device.device,
           coalesce(silence.is_silent, false) AS is_silent,
           ARRAY(SELECT kind FROM alarm
                 WHERE alarm.slot_id = slot.slot_id AND cleared_at IS NULL
                 ORDER BY severity DESC, kind) AS alarms,
           latest.measured_at >= now.at - silence.patience_s * interval '1 s'
               AS is_fresh,
           latest.measured_at, latest.battery_mv, latest.temperature_c, latest.flags,
           emptying.emptied_at, emptying.fill_after,
           fill_fraction(CASE
               WHEN held.believed_mm IS NULL OR held.believed_at >= latest.measured_at
                   OR held.measured_at < latest.measured_at
                   AND abs(seen.surface_mm - held.level_mm)
                       < 0.12 * (seen.empty_mm - seen.full_mm)
               THEN seen.surface_mm ELSE held.believed_mm END,
               seen.empty_mm, seen.full_mm) AS sensed,
           held.state AS sensor_trust,
           coalesce(held.reasons, '{}') AS sensor_reasons,
           forecast.made_at,
           forecast.fill_middle[greatest(1, width_bucket(now.at, forecast.horizon_at))]
               AS foreseen,
           forecast.full_at, forecast.overflow_probability, forecast.trust,
           stop.run_id, stop.stop_id, stop.status AS stop_status
    FROM slot
    CROSS JOIN now
    JOIN site USING (site_id)
    LEFT JOIN container ON container.slot_id = slot.slot_id AND container.to_at IS NULL
    LEFT JOIN device_slot
        ON device_slot.slot_id = slot.slot_id AND device_slot.to_at IS NULL
    LEFT JOIN device USING (device_id)
    LEFT JOIN device_latest AS latest USING (device_id)
    LEFT JOIN sensor_trust AS held USING (device_id)
    LEFT JOIN slot_silence AS silence ON silence.slot_id = slot.slot_id AND (
        %(slot_ids)s::integer[] IS NULL OR silence.slot_id = ANY (%(slot_ids)s))
    LEFT JOIN slot_forecast AS forecast ON forecast.slot_id = slot.slot_id
    LEFT JOIN LATERAL (
        SELECT surface_mm(latest.distance_mm, latest.mass_hg, empty_mm, full_mm,
                          empty_kg, full_kg) AS surface_mm,
               scale_empty_mm(empty_mm) AS empty_mm, scale_full_mm(full_mm) AS full_mm
        FROM calibration
        WHERE calibration.slot_id = slot.slot_id AND calibration.valid_from <= now.at
        ORDER BY calibration.valid_from DESC LIMIT 1) AS seen ON true
    LEFT JOIN LATERAL (
        SELECT emptied_at, fill_after FROM standing_emptying AS known
        WHERE known.slot_id = slot.slot_id AND known.emptied_at <= now.at
        ORDER BY known.emptied_at DESC LIMIT 1) AS emptying ON true
    LEFT JOIN listed AS stop ON stop.slot_id = slot.slot_id
    WHERE %(slot_ids)s::integer[] IS NULL OR slot.slot_id = ANY (%(slot_ids)s)
),
judged AS (
    SELECT *, CASE
        WHEN emptied_at > coalesce(measured_at, '-infinity')
            AND emptied_at > coalesce(made_at, '-infinity') THEN 'emptying'
        WHEN sensed IS NOT NULL AND is_fresh
            AND sensor_trust IS DISTINCT FROM 'not_trusted' THEN 'sensor'
        WHEN foreseen IS NOT NULL THEN 'forecast' END AS fill_source
    FROM bin
)
SELECT slot_id, code, site, address, stream, lat_deg, lon_deg, is_made_up, volume_l,
       device, is_silent, alarms, measured_at, battery_mv, temperature_c, flags,
       emptied_at,
       CASE fill_source WHEN 'emptying' THEN coalesce(fill_after, 0)
           WHEN 'sensor' THEN sensed WHEN 'forecast' THEN foreseen END AS fill_fraction,
       fill_source, full_at, overflow_probability, trust, sensor_trust,
       sensor_reasons, run_id, stop_id, stop_status
FROM judged
ORDER BY slot_id"""

SLOTS_OF_DEVICES = """
SELECT slot_id FROM device_slot WHERE device_id = ANY (%s) AND to_at IS NULL"""

SLOTS_OF_STOPS = """
SELECT slot_id FROM stop WHERE stop_id = ANY (%s) AND slot_id IS NOT NULL"""


def load_bins(conn: Connection[Any], slot_ids: list[int] | None = None) -> list[Bin]:
    """Load the named bins, or all of them."""
    with conn.cursor(row_factory=class_row(Bin)) as cursor:
        return cursor.execute(BINS, {"slot_ids": slot_ids}).fetchall()


def find_slots_of_devices(conn: Connection[Any], device_ids: list[int]) -> list[int]:
    """Tell on which slots the devices sit now."""
    return [row[0] for row in conn.execute(SLOTS_OF_DEVICES, (device_ids,))]


def find_slots_of_changes(
    conn: Connection[Any], *, devices: set[int], stops: set[int]
) -> set[int]:
    """Tell which slots devices sit on now, and which are emptied at stops."""
    slots = set(find_slots_of_devices(conn, sorted(devices))) if devices else set()
    if stops:
        slots |= {row[0] for row in conn.execute(SLOTS_OF_STOPS, (sorted(stops),))}
    return slots
