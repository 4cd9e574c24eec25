"""OSRM on the same extract: built by its own programs, asked over HTTP."""

import http.client
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from backend.embedded.loopback import find_free_port, is_listening
from routing.roads import Place

Command = list[str | Path]

_START_S = 30.0
_HERE = Path(__file__).parent


class Answer(NamedTuple):
    """A way: how long and how far, and how far its ends are from those asked for."""

    travel_s: float
    distance_m: float
    off_m: float


class OsrmServer:
    """Answers for one profile on one extract."""

    def __init__(self, port: int) -> None:
        self._port = port

    def way(self, start: Place, end: Place) -> Answer | None:
        """Ask for the way that it deems best; None: there is none."""
        ends = ";".join(
            f"{each.lon_deg:.7f},{each.lat_deg:.7f}" for each in (start, end)
        )
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=30)
        connection.request("GET", f"/route/v1/driving/{ends}?overview=false")
        said = json.loads(connection.getresponse().read())
        connection.close()
        if said["code"] != "Ok":
            return None
        [best, *_] = said["routes"]
        off_m = max(each["distance"] for each in said["waypoints"])
        return Answer(best["duration"], best["distance"], off_m)


@contextmanager
def serving(osrm: Path, pbf: Path, lua: str) -> Iterator[OsrmServer]:
    """Build OSRM's graph by a profile of its own or of ours, and serve it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        profiles = folder / "profiles"
        shutil.copytree(osrm / "share" / "profiles", profiles)
        shutil.copy(_HERE / "truck.lua", profiles)
        shutil.copy(pbf, folder / "city.osm.pbf")
        extract: Command = [
            "osrm-extract",
            "-p",
            profiles / lua,
            folder / "city.osm.pbf",
        ]
        _run(osrm, extract)
        _run(osrm, ["osrm-contract", folder / "city.osrm"])
        port = find_free_port()
        served: Command = [
            osrm / "bin" / "osrm-routed",
            "-p",
            str(port),
            folder / "city.osrm",
        ]
        process = subprocess.Popen(
            served, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _wait_for(port, process)
            yield OsrmServer(port)
        finally:
            process.terminate()
            process.wait()


def _run(osrm: Path, command: Command) -> None:
    program, *arguments = command
    done = subprocess.run(
        [osrm / "bin" / program, *arguments],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        said = (done.stderr or done.stdout).strip()
        raise SystemExit(f"{program}: {said}")


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    until_s = time.monotonic() + _START_S
    while time.monotonic() < until_s and process.poll() is None:
        if is_listening(port):
            return
        time.sleep(0.05)
    raise SystemExit("osrm-routed does not answer")
