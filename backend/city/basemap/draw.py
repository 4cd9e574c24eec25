"""The offline street map: one PMTiles file made of an OSM extract."""

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from backend.city.basemap.features import read_features
from backend.city.basemap.tippecanoe import find_tippecanoe, run_tippecanoe
from backend.city.telling import Tell, keep_quiet

STEP = "street map"
_ATTRIBUTION = "© OpenStreetMap contributors"
# Protomaps tiles end at 15; the browser enlarges them beyond, without loss.
_ZOOMS = ("-Z5", "-z15")
_KEEP_EVERYTHING = (
    "--no-feature-limit",
    "--no-tile-size-limit",
    "--no-tiny-polygon-reduction",
    "--drop-rate=1",
)
_READ = 0.3  # of the time, measured: writing the layers


@dataclass(frozen=True, kw_only=True, slots=True)
class Basemap:
    """A map that was made."""

    path: Path
    size_bytes: int
    features: dict[str, int]


def build_basemap(pbf: Path, out: Path, *, tell: Tell = keep_quiet) -> Basemap:
    """Draw the map of an extract into a PMTiles file; all of it or nothing.

    Raises
    ------
    UnusableCityError
        The file is no OSM extract.
    BasemapError
        tippecanoe is not installed, or failed.
    """
    tippecanoe = find_tippecanoe()
    tell(STEP, 0.0)
    with TemporaryDirectory(prefix=".drawing-", dir=out.parent) as name:
        folder = Path(name)
        counts = _write_layers(pbf, folder)
        tell(STEP, _READ)
        run_tippecanoe(
            tippecanoe,
            _options(sorted(counts)),
            folder,
            lambda share: tell(STEP, _READ + (1 - _READ) * share),
        )
        folder.joinpath("map.pmtiles").replace(out)
    tell(STEP, 1.0)
    return Basemap(path=out, size_bytes=out.stat().st_size, features=counts)


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


def _options(layers: list[str]) -> list[str]:
    # Names relative to the folder: tippecanoe writes its command into the tiles.
    inputs = [f"--named-layer={layer}:{layer}.geojsonl" for layer in layers]
    about = ("--output=map.pmtiles", "--name=streets", f"--attribution={_ATTRIBUTION}")
    return [*about, *_ZOOMS, *_KEEP_EVERYTHING, *inputs]
