"""Versions of the bins' own program: what runs where, and who is offered which."""

from dataclasses import dataclass, field
from typing import Annotated, ClassVar

from fastapi import APIRouter, HTTPException, Query
from psycopg import Connection
from pydantic import ConfigDict, Field

from backend.inbox.offering import (
    Offered,
    OfferError,
    UnknownReleaseError,
    choose_devices,
    find_release,
    foresee_offer,
    offer_to,
)
from backend.store.device_states import Offer, OfferState, load_offers_of
from backend.store.firmware import Published, Running, load_releases, load_running
from backend.web.database import Database

router = APIRouter(prefix="/api/v1/firmware", tags=["firmware"])

Percent = Annotated[int, Field(ge=1, le=100)]
MOST = 1000


@dataclass(frozen=True, kw_only=True, slots=True)
class Firmware:
    """What was published, the newest first, and what runs on how many devices."""

    releases: list[Published]
    running: list[Running]


@dataclass(frozen=True, kw_only=True, slots=True)
class OfferRequest:
    """To a share of the named devices; without names, of all of the board's kind."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    percent: Percent = 100
    devices: list[str] = field(default_factory=list)
    by: str = "api"


@router.get("")
def show_firmware(database: Database) -> Firmware:
    """Show the releases, how their roll-outs stand, and what runs in the field."""
    return Firmware(releases=load_releases(database), running=load_running(database))


@router.get("/{board}/{version}/offers")
def list_offers_of(
    database: Database,
    board: str,
    version: int,
    state: Annotated[list[OfferState], Query(min_length=1)],
    limit: Annotated[int, Query(ge=1, le=MOST)] = 100,
) -> list[Offer]:
    """List whose offer of a release is in one of some states, the newest word first."""
    return load_offers_of(database, version, board=board, states=state, limit=limit)


@router.get("/{board}/{version}/share")
def foresee_share(
    database: Database, board: str, version: int, percent: Annotated[Percent, Query()]
) -> Offered:
    """Say to how many devices an offer to a share would go; nothing is offered."""
    release, names = _choose(database, board, version, OfferRequest(percent=percent))
    return foresee_offer(database, release, names)


@router.post("/{board}/{version}/offers")
def offer_release(
    database: Database, board: str, version: int, asked: OfferRequest
) -> Offered:
    """Offer a release; a share is always of the same devices, a larger one of more."""
    release, names = _choose(database, board, version, asked)
    return offer_to(database, release, names, by=asked.by)


def _choose(
    database: Connection, board: str, version: int, asked: OfferRequest
) -> tuple[Published, list[str]]:
    try:
        release = find_release(database, version, board=board)
        names = choose_devices(
            database, board, percent=asked.percent, names=asked.devices
        )
    except UnknownReleaseError as error:
        raise HTTPException(404, str(error)) from error
    except OfferError as error:
        raise HTTPException(422, str(error)) from error
    return release, names
