"""A bin on a real littlefs in memory, and a gateway that serves it; for MicroPython.

Loader and updater are the real ones. The application only says that it runs: its
`binnode/start.py` sets `ran` to the version. The working folder, when this is loaded,
has `main.py` and a folder for each release.
"""

import gc
import os
import sys

import vfs  # type: ignore[import-not-found]
from host.flash import Flash

CONFIRMED = 1
BATTERY_MV = 3700
_DISK = "/flash"
_WAKES_MAX = 16
_CHUNK_BYTES = 512
_OUTCOME_KIND = 2


class Chip:
    """What loader and updater find of the chip: `machine` and `esp32`."""

    def __init__(self) -> None:
        self.values: dict[str, int] = {}
        # What NVS held, each after so many operations of the flash.
        self.history: list[tuple[int, dict[str, int]]] = []
        self.flash: Flash | None = None

    def WDT(self, timeout: int) -> None:
        """Arm nothing."""

    def deepsleep(self, ms: int) -> None:
        """End the wake."""
        raise SystemExit(0)

    def NVS(self, namespace: str) -> "Chip":
        """Keep all namespaces in one."""
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
        if self.flash is not None:
            self.history.append((len(self.flash.log), dict(self.values)))

    def values_at(self, index: int) -> dict[str, int]:
        """Tell what NVS held when an operation of the flash was under way."""
        known: dict[str, int] = {}
        for count, values in self.history:
            if count <= index:
                known = dict(values)
        return known


class Gateway:
    """Serves a release, as a client that is connected would see it.

    Of `loses_every` chunks one is lost, and all that was asked for with it.
    """

    def __init__(self, folder: str, version: int, loses_every: int = 0) -> None:
        self.image, manifest_bytes = _load_image(folder)
        number = version.to_bytes(4, "little")
        size = manifest_bytes.to_bytes(2, "little")
        self.offer = b"\x01\x01" + number + number + size
        self.ending = 0
        self.reason = ""
        self._chunks: list[bytes] = []
        self._loses_every = loses_every
        self._count = 0

    def publish(self, topic: str, payload: bytes) -> None:
        """Hear a request, or what became of the offer."""
        if payload[1] == _OUTCOME_KIND:
            self.ending, self.reason = payload[6], payload[7:].decode()
            return
        at = int.from_bytes(payload[6:10], "little")
        end = at + int.from_bytes(payload[10:12], "little")
        for begin in range(at, end, _CHUNK_BYTES):
            head = b"\x01\x02" + payload[2:6] + begin.to_bytes(4, "little")
            part = self.image[begin : min(end, begin + _CHUNK_BYTES)]
            self._chunks.append(head + part)

    def receive(self, topic: str, wait_ms: int) -> "Message | None":
        """Hand on the next chunk."""
        self._count += 1
        if self._loses_every and self._count % self._loses_every == 0:
            self._chunks.clear()
        return Message(self._chunks.pop(0)) if self._chunks else None

    def left_ms(self) -> int:
        """Be the deadline, too: there is always time."""
        return 10_000


class Message:
    """What a client hears."""

    def __init__(self, payload: bytes) -> None:
        self.payload = payload


def read(path: str) -> bytes:
    """Read a file of the host."""
    with open(path, "rb") as file:
        return file.read()


def make_disk(flash: Flash, program_bytes: int) -> None:
    """Make an empty littlefs."""
    vfs.VfsLfs2.mkfs(flash, progsize=program_bytes)


def mount(flash: Flash, program_bytes: int) -> None:
    """Mount a flash, and work there."""
    vfs.mount(vfs.VfsLfs2(flash, progsize=program_bytes), _DISK)
    os.chdir(_DISK)


def unmount() -> None:
    """Let go of the flash."""
    os.chdir(_HOME)
    vfs.umount(_DISK)


def install(folder: str) -> None:
    """Write a release into the first slot, as a device is flashed."""
    os.mkdir("a")
    os.mkdir("a/binnode")
    manifest = read(f"{_HOME}/{folder}/manifest")
    for name in ["manifest"] + _names(manifest):  # noqa: RUF005 - not its syntax
        with open(f"a/{name}", "wb") as file:
            file.write(read(f"{_HOME}/{folder}/{name}"))


def boot() -> int:
    """Run the loader on what is mounted; return the version that ran, 0: none did."""
    ours = _take_modules()
    path = list(sys.path)
    try:
        exec(_LOADER, {"__name__": "__main__"})
    except SystemExit:  # it sleeps
        gc.collect()
    gc.threshold(-1)  # type: ignore[attr-defined] # the loader's is for a small heap
    sys.path[:] = path
    theirs = _take_modules()
    sys.modules.update(ours)
    version = int(getattr(theirs.get("binnode.start"), "ran", 0))
    if version:
        application = theirs["binnode"]
        binnode.slot, binnode.is_trial = application.slot, application.is_trial
    return version


def update(gateway: Gateway, version: int, battery_mv: int = BATTERY_MV) -> bool:
    """Wake, each time with a report that arrives, until the device says what became.

    Tell whether it took the version.
    """
    for _ in range(_WAKES_MAX):
        ran = boot()
        if ran and advance(gateway, "bin-1", gateway.offer, gateway):  # type: ignore[arg-type]
            conclude(battery_mv)
        if gateway.ending:
            return gateway.ending == CONFIRMED and ran == version
    return False


def _load_image(folder: str) -> tuple[bytes, int]:
    manifest = read(f"{_HOME}/{folder}/manifest")
    image = manifest
    for name in _names(manifest):
        image += read(f"{_HOME}/{folder}/{name}")
    return image, len(manifest)


def _names(manifest: bytes) -> list[str]:
    """Name the files of a manifest."""
    lines = manifest.decode().split("\n")
    return [line.split()[1] for line in lines if line.startswith("file ")]


def _take_modules() -> dict[str, object]:
    """Forget the application's modules; return them."""
    names = [each for each in list(sys.modules) if each.split(".")[0] == "binnode"]
    taken: dict[str, object] = {}
    for name in names:
        taken[name] = sys.modules.pop(name)
    return taken


_HOME = os.getcwd()
_LOADER = compile(read("main.py").decode(), "main.py", "exec")
chip = Chip()
sys.modules["machine"] = sys.modules["esp32"] = chip  # type: ignore[assignment]

import binnode  # noqa: E402
from binnode.updates.fetching import advance  # noqa: E402
from binnode.updates.installing import conclude  # noqa: E402
