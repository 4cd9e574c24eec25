"""Offering a version of the firmware: to named devices, or to a share of a board's."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from psycopg import Connection

from backend.firmware import choose_share, partition_of
from backend.store.firmware import (
    Published,
    count_needing,
    find_devices_of,
    find_unknown,
    load_releases,
    offer,
)


class OfferError(Exception):
    """It cannot be offered; the message says why."""


class UnknownReleaseError(OfferError):
    """There is no such version for that board."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Offered:
    """To how many devices it is offered now; `already` have it, or are at it."""

    offered: int
    already: int


def find_release(conn: Connection[Any], version: int, *, board: str) -> Published:
    """Find a release that may be offered.

    Raises
    ------
    OfferError
        If there is none, or it was stopped.
    """
    for each in load_releases(conn):
        if (each.version, each.board) != (version, board):
            continue
        if each.stop_reason is not None:
            raise OfferError(
                f"version {version} was stopped, {each.stop_reason}: "
                "mend it and publish it under a higher number"
            )
        return each
    raise UnknownReleaseError(f"there is no version {version} for {board}")


def choose_devices(
    conn: Connection[Any], board: str, *, percent: int, names: Sequence[str] = ()
) -> list[str]:
    """Choose the same share of the named devices each time; unnamed: of the board's.

    Raises
    ------
    OfferError
        If somebody named a device that there is not.
    """
    if not names:
        return choose_share(find_devices_of(conn, f"ullage-{board}"), percent)
    if unknown := find_unknown(conn, list(names)):
        raise OfferError(f"there is no device {', '.join(unknown)}")
    return choose_share(names, percent)


def offer_to(
    conn: Connection[Any], release: Published, devices: Sequence[str], *, by: str
) -> Offered:
    """Offer a release to those that have it not yet; older offers are withdrawn."""
    partitions = {each: partition_of(each) for each in devices}
    count = offer(conn, release.firmware_release_id, partitions, offered_by=by)
    return Offered(offered=count, already=len(devices) - count)


def foresee_offer(
    conn: Connection[Any], release: Published, devices: Sequence[str]
) -> Offered:
    """Say what offering it to them would come to."""
    partitions = {each: partition_of(each) for each in devices}
    count = count_needing(conn, release.firmware_release_id, partitions)
    return Offered(offered=count, already=len(devices) - count)
