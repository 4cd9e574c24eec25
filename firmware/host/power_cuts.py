"""Cut the power at every operation of an update; run by MicroPython.

Usage: micropython power_cuts.py BLOCK_BYTES BLOCKS PROGRAM_BYTES EVERY

The loader, the updater and littlefs are the real ones; the working folder has `main.py`
and, as `1`, `2` and `3`, releases of an application that only says that it runs. Cut is
at each EVERY-th operation, torn four ways. Then the bin must come up with the old or the
new version, bring the update to its end, and take another one.
"""

import gc
import os
import sys

import vfs  # type: ignore[import-not-found]
from host.flash import Flash

DISK = "/flash"
TORN_QUARTERS = (0, 1, 2, 4)
WAKES_MAX = 16
CHUNK_BYTES = 768
BATTERY_MV = 3700
HEAD_BYTES = 10


class Chip:
    """What the loader and the updater find of the chip: `machine` and `esp32`."""

    def __init__(self, flash: Flash) -> None:
        self.flash = flash
        self.values: dict[str, int] = {}
        # Its values after as many operations of the flash.
        self.history: list[tuple[int, dict[str, int]]] = []

    def WDT(self, timeout: int) -> None:
        """Arm nothing."""

    def deepsleep(self, ms: int) -> None:
        """Sleep; the wake is over."""
        raise SystemExit(0)

    def NVS(self, namespace: str) -> "Chip":
        """Keep all in one."""
        return self

    def get_i32(self, key: str) -> int:
        """Read a number."""
        if key not in self.values:
            raise OSError(-4354)
        return self.values[key]

    def get_blob(self, key: str, buffer: bytearray) -> int:
        """Have none."""
        raise OSError(-4354)

    def set_i32(self, key: str, value: int) -> None:
        """Set a number."""
        self.values[key] = value

    def commit(self) -> None:
        """Keep what was set, also when the power goes."""
        self.history.append((len(self.flash.log), dict(self.values)))


class Gateway:
    """Serves the image of a release, as a client that is connected would see it."""

    def __init__(self, version: int) -> None:
        self.image, manifest_bytes = load_image(version)
        self.offer = (
            b"\x01\x01"
            + version.to_bytes(4, "little") * 2
            + manifest_bytes.to_bytes(2, "little")
        )
        self.outcome = 0
        self._chunks: list[bytes] = []

    def publish(self, topic: str, payload: bytes) -> None:
        """Hear a request, or what became of the offer."""
        if payload[1] == 2:
            self.outcome = payload[6]
            return
        at = int.from_bytes(payload[6:10], "little")
        end = at + int.from_bytes(payload[10:12], "little")
        for begin in range(at, end, CHUNK_BYTES):
            head = b"\x01\x02" + payload[2:6] + begin.to_bytes(4, "little")
            part = self.image[begin : min(end, begin + CHUNK_BYTES)]
            self._chunks.append(head + part)

    def receive(self, topic: str, wait_ms: int) -> object:
        """Hand on the next chunk."""
        return Message(self._chunks.pop(0)) if self._chunks else None

    def left_ms(self) -> int:
        """Be the deadline, too: there is always time."""
        return 10_000


class Message:
    """What a client hears."""

    def __init__(self, payload: bytes) -> None:
        self.payload = payload


def load_image(version: int) -> tuple[bytes, int]:
    """Put a release together as a gateway sends it."""
    image = manifest = read(f"{HOME}/{version}/manifest")
    for line in manifest.split(b"\n"):
        if line.startswith(b"file "):
            image += read(f"{HOME}/{version}/{line.split()[1].decode()}")
    return image, len(manifest)


def read(path: str) -> bytes:
    """Read a file of the host."""
    with open(path, "rb") as file:
        return file.read()


def mount(flash: Flash) -> None:
    """Mount a flash, and work there."""
    vfs.mount(vfs.VfsLfs2(flash, progsize=PROGRAM_BYTES), DISK)
    os.chdir(DISK)


def unmount() -> None:
    """Let go of the flash."""
    os.chdir("/")
    vfs.umount(DISK)


def install(version: int) -> None:
    """Write a release into the first folder, as a device is flashed."""
    os.mkdir("a")
    os.mkdir("a/binnode")
    manifest = read(f"{HOME}/{version}/manifest")
    names = [line.split()[1] for line in manifest.split(b"\n") if line[:5] == b"file "]
    for name in ["manifest"] + [each.decode() for each in names]:
        with open(f"a/{name}", "wb") as file:
            file.write(read(f"{HOME}/{version}/{name}"))


def boot() -> int:
    """Run the loader on what is mounted; return the version that ran, 0: none did."""
    ours = {name: sys.modules[name] for name in list(sys.modules) if is_binnode(name)}
    for name in ours:
        del sys.modules[name]
    path = list(sys.path)
    try:
        exec(LOADER, {"__name__": "__main__"})
    except SystemExit:
        pass
    gc.threshold(-1)  # type: ignore[attr-defined] # the loader's is for a small heap
    sys.path[:] = path
    came = sys.modules.get("binnode")
    version = getattr(sys.modules.get("binnode.wake"), "ran", 0)
    for name in [each for each in list(sys.modules) if is_binnode(each)]:
        del sys.modules[name]
    sys.modules.update(ours)
    if came and version:
        binnode.slot, binnode.is_trial = came.slot, came.is_trial
    return int(version)


def is_binnode(name: str) -> bool:
    """Tell the application's modules."""
    return name == "binnode" or name.startswith("binnode.")


def wake(gateway: Gateway) -> int:
    """Wake once, with a report that is acknowledged; return the version that ran."""
    version = boot()
    if version and updates.advance(gateway, "bin-1", gateway.offer, gateway):  # type: ignore[arg-type]
        updates.conclude(BATTERY_MV)
    return version


def update(version: int) -> bool:
    """Wake until the device says what became of an offer; tell whether it took it."""
    gateway = Gateway(version)
    for _ in range(WAKES_MAX):
        ran = wake(gateway)
        if not ran:
            return False
        if gateway.outcome:
            return gateway.outcome == 1 and ran == version
    return False


def cut(flash: Flash, chip: Chip) -> str:
    """Bring the power back and see what became of the bin."""
    mount(flash)
    try:
        came = boot()
        if came not in (1, 2):
            return "bricked"
        if not update(2):
            return "stuck"
        if not update(3):
            return "refused a later update"
        return "old" if came == 1 else "new"
    finally:
        unmount()


def main(block_bytes: int, block_count: int, every: int) -> None:
    """Record one update, then cut it everywhere."""
    flash = Flash(block_bytes, block_count)
    chip = Chip(flash)
    sys.modules["machine"] = sys.modules["esp32"] = chip  # type: ignore[assignment]
    identity.NVS = chip.NVS
    vfs.VfsLfs2.mkfs(flash, progsize=PROGRAM_BYTES)
    mount(flash)
    install(1)
    base = bytes(flash.image)
    flash.is_logging = True
    if not update(2):
        raise SystemExit("without a cut, the update fails")
    flash.is_logging = False
    unmount()
    log, history = flash.log, chip.history
    said: dict[str, int] = {}
    for quarters in TORN_QUARTERS:
        flash.image[:] = base
        before = bytearray(base)
        for index, operation in enumerate(log):
            if index % every == 0:
                flash.image[:] = before
                flash.repeat(operation, quarters)
                chip.values = known_at(history, index)
                what = cut(flash, chip)
                said[what] = said.get(what, 0) + 1
                if what not in ("old", "new"):
                    print("#", what, "operation", index, "torn", quarters)
            flash.image[:] = before
            flash.repeat(operation)
            before[:] = flash.image
    print(len(log), " ".join([f"{what}={said[what]}" for what in sorted(said)]))


def known_at(history: list[tuple[int, dict[str, int]]], index: int) -> dict[str, int]:
    """Tell what NVS held when an operation of the flash was under way."""
    known: dict[str, int] = {}
    for count, values in history:
        if count <= index:
            known = dict(values)
    return known


HOME = os.getcwd()
LOADER = compile(read("main.py").decode(), "main.py", "exec")
PROGRAM_BYTES = int(sys.argv[3])
sys.modules["esp32"] = Chip(Flash(4096, 1))  # type: ignore[assignment]

import binnode  # noqa: E402
from binnode import updates  # noqa: E402
from binnode.updates import identity  # noqa: E402

main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[4]))
