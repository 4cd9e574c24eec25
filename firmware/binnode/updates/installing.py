"""Check what was fetched, and have it tried."""

import os

from micropython import const

from binnode import files
from binnode.updates import identity, manifest, messages, slots, verifying
from binnode.updates.refusal import Refusal

# Each of them reports. Enough for a gateway that is away for some hours.
_TRIALS = const(12)
_APPLICATION_BYTES_MAX = const(262_144)
_RESERVE_BYTES = const(32_768)


def conclude(battery_mv: int) -> None:
    """Check what is complete; a refusal is kept, to be told in the next session."""
    offered = files.read(slots.there("offer"))
    try:
        _take_step(offered, battery_mv)
    # The latter two for what is no manifest at all: nobody signed that.
    except (Refusal, ValueError, MemoryError) as refusal:
        slots.begin(offered)
        files.put(slots.there("refused"), str(refusal).encode())


def _take_step(offered: bytes, battery_mv: int) -> None:
    offer = messages.decode_offer(offered)
    if offer is None:
        return
    part, checked = slots.there("manifest.part"), slots.there("manifest.new")
    if slots.measure(part) == offer.manifest_bytes:
        _check_fitness(part, offer.version, battery_mv)
        os.rename(part, checked)
    elif slots.measure(checked) >= 0 and _is_complete(checked):
        _check_files(checked)
        os.rename(checked, slots.there("manifest"))
        slots.point(f"{slots.other()}{_TRIALS}")
    elif slots.measure(slots.there("manifest")) >= 0:
        # Power went before the loader was told.
        _check_files(slots.there("manifest"))
        slots.point(f"{slots.other()}{_TRIALS}")


def _check_fitness(path: str, version: int, battery_mv: int) -> None:
    """Refuse what is not ours, or not for this device as it is now."""
    verifying.check_signature(path, slots.here("keys"))
    head = manifest.read_head(path)
    board, revision = identity.read_board(), identity.read_revision()
    if head.version != version:
        raise Refusal(f"version {version} was offered, the manifest has {head.version}")
    if head.board != board:
        raise Refusal(f"it is for board {head.board}, this is {board}")
    if not head.first_revision <= revision <= head.last_revision:
        raise Refusal(f"it is not for hardware revision {revision}")
    if battery_mv < head.battery_mv:
        raise Refusal(f"the battery has {battery_mv} mV, {head.battery_mv} are needed")
    _check_room(path)


def _check_room(path: str) -> None:
    total = sum([file.size for file in manifest.read_files(path)])
    stat = os.statvfs(slots.other())
    room = min(stat[0] * stat[3] - _RESERVE_BYTES, _APPLICATION_BYTES_MAX)
    if total > room:
        raise Refusal(f"it is too large: {total} bytes, there is room for {room}")


def _is_complete(path: str) -> bool:
    for file in manifest.read_files(path):
        if slots.measure(slots.there(file.name)) < file.size:
            return False
    return True


def _check_files(path: str) -> None:
    """Read everything back before the loader hears of it, the signature as well."""
    verifying.check_signature(path, slots.here("keys"))
    for file in manifest.read_files(path):
        if verifying.hash_file(slots.there(file.name)) != file.digest:
            raise Refusal(f"{file.name} arrived damaged")
