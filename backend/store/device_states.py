"""Devices that take settings and versions from us: how each stands with both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from psycopg import Connection
from psycopg.rows import class_row, scalar_row

Concern = Literal["all", "waiting", "refused", "silent"]
SettingsState = Literal["none", "waiting", "confirmed", "refused"]
OfferState = Literal[
    "offered",
    "downloading",
    "trying",
    "confirmed",
    "refused",
    "rolled_back",
    "withdrawn",
]


@dataclass(frozen=True, kw_only=True, slots=True)
class DeviceState:
    """How a device stands; `version` is what runs on it, null where it never said.

    `settings_state` is `none` while nobody asked for any. `offer_…` tell of its newest
    offer, `sent_fraction` how much of the version it has.
    """

    device: str
    kind: str
    takes_settings: bool
    report_every_s: int
    slot_id: int | None
    code: str | None
    site: str | None
    address: str | None
    heard_at: datetime | None
    is_silent: bool
    board: str | None
    version: int | None
    version_known_at: datetime | None
    settings_state: SettingsState
    refused_settings: list[str]
    offer_version: int | None
    offer_state: OfferState | None
    offer_reason: str | None
    offer_changed_at: datetime | None
    sent_fraction: float | None
    concerns: list[Concern]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sought:
    """Which devices somebody looks for; `words` in its name, its bin's or its place."""

    words: str = ""
    concern: Concern = "all"
    limit: int = 100
    offset: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Offer:
    """What became of an offer to a device."""

    version: int
    board: str
    device: str
    code: str | None
    state: OfferState
    reason: str
    sent_fraction: float
    offered_at: datetime
    offered_by: str | None
    changed_at: datetime


ALL = "SELECT state.*, concerns "
COUNTS = "SELECT unnest(concerns), count(*) "
STATES = """
FROM (
    SELECT device.device, device.kind, running.device_id IS NOT NULL AS takes_settings,
           device.report_every_s, mounted.slot_id, slot.code, site.name AS site,
           site.address, latest.heard_at,
           coalesce(silence.is_silent, false) AS is_silent, running.board,
           running.version, running.known_at AS version_known_at,
           CASE WHEN coalesce(setting.revision, 0) = 0 THEN 'none'
               WHEN setting.reported_revision IS DISTINCT FROM setting.revision
                   THEN 'waiting'
               WHEN setting.refused <> '{}' THEN 'refused'
               ELSE 'confirmed' END AS settings_state,
           ARRAY(SELECT jsonb_object_keys(setting.refused) AS name ORDER BY name)
               AS refused_settings,
           offer.version AS offer_version, offer.state AS offer_state,
           offer.reason AS offer_reason, offer.changed_at AS offer_changed_at,
           offer.sent_fraction
    FROM device
    LEFT JOIN device_running AS running USING (device_id)
    LEFT JOIN device_setting AS setting USING (device_id)
    LEFT JOIN device_latest AS latest USING (device_id)
    LEFT JOIN device_slot AS mounted
        ON mounted.device_id = device.device_id AND mounted.to_at IS NULL
    LEFT JOIN slot USING (slot_id)
    LEFT JOIN site USING (site_id)
    LEFT JOIN slot_silence AS silence ON silence.slot_id = mounted.slot_id
    LEFT JOIN LATERAL (
        SELECT release.version, told.state, told.reason, told.changed_at,
               told.sent_bytes::double precision / length(release.image)
                   AS sent_fraction
        FROM device_update AS told
        JOIN firmware_release AS release USING (firmware_release_id)
        WHERE told.device_id = device.device_id
        ORDER BY device_update_id DESC LIMIT 1) AS offer ON true) AS state
CROSS JOIN LATERAL (SELECT array_remove(ARRAY[
    'all',
    CASE WHEN settings_state = 'waiting'
        OR offer_state IN ('offered', 'downloading', 'trying') THEN 'waiting' END,
    CASE WHEN settings_state = 'refused'
        OR offer_state IN ('refused', 'rolled_back') THEN 'refused' END,
    CASE WHEN is_silent THEN 'silent' END], NULL) AS concerns) AS concern
WHERE """
SOUGHT = """takes_settings AND strpos(
    lower(concat_ws(' ', device, code, site, address)), lower(%(words)s)) > 0"""
# bin-2 comes before bin-10.
LIST = (
    ALL
    + STATES
    + SOUGHT
    + """ AND %(concern)s = ANY (concerns)
ORDER BY substring(device FROM '^[^0-9]*'),
    substring(device FROM '[0-9]+')::numeric NULLS FIRST, device
LIMIT %(limit)s OFFSET %(offset)s"""
)
COUNT = COUNTS + STATES + SOUGHT + " GROUP BY 1"
LOAD = ALL + STATES + "device = %s"
COUNT_OTHERS = """
SELECT count(*) FROM device JOIN device_slot USING (device_id)
WHERE to_at IS NULL AND device_id NOT IN (SELECT device_id FROM device_running)"""
OFFERS = """
SELECT release.version, release.board, device.device, slot.code, told.state,
       told.reason, told.offered_at, told.offered_by, told.changed_at,
       told.sent_bytes::double precision / length(release.image) AS sent_fraction
FROM device_update AS told
JOIN device USING (device_id)
JOIN firmware_release AS release USING (firmware_release_id)
LEFT JOIN device_slot AS mounted
    ON mounted.device_id = device.device_id AND mounted.to_at IS NULL
LEFT JOIN slot USING (slot_id)
WHERE """
OFFERS_TO = OFFERS + "device.device = %s ORDER BY device_update_id DESC"
# What a device said of it last counts.
OFFERS_OF = (
    OFFERS
    + """release.version = %(version)s AND release.board = %(board)s
    AND told.state = ANY (%(states)s) AND NOT EXISTS (
        SELECT FROM device_update AS later
        WHERE later.device_id = told.device_id
            AND later.firmware_release_id = told.firmware_release_id
            AND later.device_update_id > told.device_update_id)
ORDER BY told.changed_at DESC, device.device LIMIT %(limit)s"""
)


def load_device_states(conn: Connection[Any], sought: Sought) -> list[DeviceState]:
    """Load a page of those that are sought."""
    with conn.cursor(row_factory=class_row(DeviceState)) as cursor:
        return cursor.execute(LIST, _values(sought)).fetchall()


def count_device_states(conn: Connection[Any], sought: Sought) -> dict[Concern, int]:
    """Count those with the words, by what is the matter with them."""
    counts: dict[Concern, int] = dict.fromkeys(
        ("all", "waiting", "refused", "silent"), 0
    )
    return counts | dict(conn.execute(COUNT, _values(sought)).fetchall())


def load_device_state(conn: Connection[Any], device: str) -> DeviceState | None:
    """Load one, of any make; None: there is no such device."""
    with conn.cursor(row_factory=class_row(DeviceState)) as cursor:
        return cursor.execute(LOAD, (device,)).fetchone()


def count_other_devices(conn: Connection[Any]) -> int:
    """Count the sensors on bins that take nothing from us."""
    with conn.cursor(row_factory=scalar_row) as cursor:
        return int(cursor.execute(COUNT_OTHERS).fetchone() or 0)


def load_offers_to(conn: Connection[Any], device: str) -> list[Offer]:
    """Load what a device was offered, the newest first."""
    with conn.cursor(row_factory=class_row(Offer)) as cursor:
        return cursor.execute(OFFERS_TO, (device,)).fetchall()


def load_offers_of(
    conn: Connection[Any],
    version: int,
    *,
    board: str,
    states: list[OfferState],
    limit: int,
) -> list[Offer]:
    """Load how a release's offers stand, one a device, the newest word first."""
    asked = {"version": version, "board": board, "states": states, "limit": limit}
    with conn.cursor(row_factory=class_row(Offer)) as cursor:
        return cursor.execute(OFFERS_OF, asked).fetchall()


def _values(sought: Sought) -> Mapping[str, Any]:
    return {
        "words": sought.words.strip(),
        "concern": sought.concern,
        "limit": sought.limit,
        "offset": sought.offset,
    }
