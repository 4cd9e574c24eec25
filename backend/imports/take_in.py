"""Write bins into the database, each row whole or not at all."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from psycopg import Connection

from backend.imports.changes import (
    Change,
    list_changes,
    list_parts,
    place_known,
    place_new,
)
from backend.imports.errors import BadRow, Problem, RefusedRowError
from backend.imports.sites import SiteBook
from backend.store.imports import (
    BinRow,
    KnownBin,
    calibrate,
    insert_slot,
    load_known_bins,
    put_container,
    update_slot,
)
from backend.store.mounting import is_elsewhere, mount_device
from backend.store.overview import load_now


@dataclass(frozen=True, kw_only=True, slots=True)
class TakenIn:
    """What became of the rows."""

    new_count: int
    updated_count: int
    unchanged_count: int
    bad: tuple[BadRow, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Intake:
    """What every row of one import shares."""

    conn: Connection[Any]
    organisation_id: int
    file_name: str
    now: datetime
    sites: SiteBook

    def source(self, row: BinRow) -> str:
        """Say where a row came from."""
        return f"import:{self.file_name}:{row.line}"


def _keep_quiet(_done_count: int) -> None:
    return None


def take_in(
    conn: Connection[Any],
    rows: Sequence[BinRow],
    *,
    organisation_id: int,
    file_name: str,
    tell: Callable[[int], None] = _keep_quiet,
) -> TakenIn:
    """Write the rows; the caller holds the transaction and the imports' lock.

    `tell` hears after each row how many are done.
    """
    intake = Intake(
        conn=conn,
        organisation_id=organisation_id,
        file_name=file_name,
        now=load_now(conn),
        sites=SiteBook(conn, organisation_id),
    )
    known = load_known_bins(conn, [row.code for row in rows], now=intake.now)
    outcomes = []
    for done_count, row in enumerate(rows, start=1):
        outcomes.append(_take_row(intake, row, known.get(row.code)))
        tell(done_count)
    return TakenIn(
        new_count=outcomes.count("new"),
        updated_count=outcomes.count("updated"),
        unchanged_count=outcomes.count("unchanged"),
        bad=tuple(each for each in outcomes if isinstance(each, BadRow)),
    )


def _take_row(intake: Intake, row: BinRow, known: KnownBin | None) -> str | BadRow:
    changes = list_changes(row, known) if known else list_parts(row)
    try:
        _refuse_strangers(intake, row, known=known, changes=changes)
        if not changes:
            return "unchanged"
        with intake.conn.transaction():
            _write_row(intake, row, known=known, changes=changes)
    except RefusedRowError as error:
        return BadRow(line=row.line, problems=(error.problem,))
    except (psycopg.IntegrityError, psycopg.DataError) as error:
        intake.sites.reload()
        reason = f"the database refuses it: {error.diag.message_primary or error}"
        return BadRow(line=row.line, problems=(Problem(field="row", reason=reason),))
    return "updated" if known else "new"


def _refuse_strangers(
    intake: Intake, row: BinRow, *, known: KnownBin | None, changes: set[Change]
) -> None:
    """Refuse to touch what belongs to another organisation."""
    if known is not None and known.organisation_id != intake.organisation_id:
        raise RefusedRowError("code", f"{row.code} is another organisation's bin")
    if row.device is None or "device" not in changes:
        return
    if is_elsewhere(intake.conn, row.device, organisation_id=intake.organisation_id):
        reason = f"{row.device} is on another organisation's bin"
        raise RefusedRowError("device", reason)


def _write_row(
    intake: Intake, row: BinRow, *, known: KnownBin | None, changes: set[Change]
) -> None:
    if known is None:
        site_id = intake.sites.settle(place_new(row), intake.source(row))
        slot_id = insert_slot(intake.conn, row, site_id=site_id)
    else:
        slot_id = known.slot_id
        _move(intake, row, known)
    if "container" in changes:
        before = known.container_type if known else None
        put_container(
            intake.conn,
            slot_id,
            volume_l=row.volume_l,
            container_type=row.container_type or before or "",
            now=intake.now,
        )
    if "calibration" in changes:
        calibrate(intake.conn, slot_id, row, now=intake.now)
    if row.device is not None and "device" in changes:
        mount_device(intake.conn, slot_id, device=row.device, now=intake.now)


def _move(intake: Intake, row: BinRow, known: KnownBin) -> None:
    """Bring place, stream and service time of a known bin up to date."""
    site_id = known.site_id
    if "place" in list_changes(row, known):
        place = place_known(row, known)
        site_id = intake.sites.move(site_id, place, source=intake.source(row))
    update_slot(intake.conn, known.slot_id, row, site_id=site_id)
    if site_id != known.site_id:
        intake.sites.leave(known.site_id)
