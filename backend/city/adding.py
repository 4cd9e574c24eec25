"""Add a city: everything that is made of one OSM extract."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from backend.city.basemap.draw import build_basemap
from backend.city.basemap.tippecanoe import find_tippecanoe
from backend.city.bins.bin_file import write_bins
from backend.city.bins.candidates import read_candidates
from backend.city.download import download, is_address
from backend.city.errors import CityError, NoTippecanoeError, UnusableCityError
from backend.city.folder import (
    BASEMAP,
    BINS,
    MANIFEST,
    PARTS,
    ROADS,
    file_of,
    move_in,
    workplace,
)
from backend.city.header import read_bounds, read_data_at
from backend.city.kept import look_at
from backend.city.manifest import Manifest, write_manifest
from backend.city.telling import Tell
from backend.city.versions import VERSIONS
from routing.roads import UnusableExtractError, build_road_map, save_road_map

BINS_STEP = "bins"
_HELP = "Nothing was changed; bring a whole .osm.pbf extract that has streets"


@dataclass(frozen=True, kw_only=True, slots=True)
class NewCity:
    """A city that somebody wants to have.

    Parameters
    ----------
    source
        File or address of its extract.
    country
        ISO 3166 code, None: find it out.
    """

    name: str
    source: str
    country: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class Added:
    """A city that is there now."""

    manifest: Manifest
    is_unchanged: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class _Extract:
    """An extract that lies on this machine."""

    path: Path
    sha256: str
    size_bytes: int


def add_city(new: NewCity, folder: Path, *, tell: Tell) -> Added:
    """Make a city's files, all of them or none; nothing if they are there.

    Raises
    ------
    CityError
        Nothing was changed; the message says why.
    """
    if not is_address(new.source):
        _check_file(Path(new.source))
    with _said_in_words(folder), workplace(folder, tell) as place:
        extract = _fetch(new.source, place, tell)
        old = _find_same(folder, new, extract)
        if old is not None:
            return Added(manifest=old, is_unchanged=True)
        with _named_as_given(new.source, extract.path):
            manifest = _make(new, extract, place, tell)
        move_in(place, folder, new.name, manifest.files)
    return Added(manifest=manifest, is_unchanged=False)


def _check_file(path: Path) -> None:
    if path.is_dir():
        raise UnusableCityError(f"{path} is a folder: name the .osm.pbf file in it")
    if not path.is_file():
        raise UnusableCityError(f"{path}: there is no such file")


@contextmanager
def _said_in_words(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        place = error.filename or folder
        reason = error.strerror or error
        raise CityError(f"{place}: {reason}. Nothing was changed") from error


@contextmanager
def _named_as_given(source: str, path: Path) -> Iterator[None]:
    """Name the extract by its source: where it lies meanwhile means nothing."""
    try:
        yield
    except (UnusableCityError, UnusableExtractError) as error:
        reason = str(error).replace(str(path), source)
        raise UnusableCityError(f"{reason}. {_HELP}") from error


def _fetch(source: str, place: Path, tell: Tell) -> _Extract:
    path = Path(source)
    if is_address(source):
        path = place / "extract.osm.pbf"
        download(source, path, tell)
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return _Extract(path=path, sha256=sha256, size_bytes=path.stat().st_size)


def _find_same(folder: Path, new: NewCity, extract: _Extract) -> Manifest | None:
    """Find what is there already, whole, made of the same in the same way."""
    kept = look_at(folder, new.name)
    old = kept.manifest
    if old is None or (old.extract_sha256, old.asked_country, old.versions) != (
        *(extract.sha256, new.country, VERSIONS),
    ):
        return None
    if not kept.faults:
        return old
    is_only_undrawn = BASEMAP not in old.files and len(kept.faults) == 1
    return old if is_only_undrawn and not _can_draw() else None


def _can_draw() -> bool:
    try:
        find_tippecanoe()
    except NoTippecanoeError:
        return False
    return True


def _make(new: NewCity, extract: _Extract, place: Path, tell: Tell) -> Manifest:
    bounds = read_bounds(extract.path)
    roads = build_road_map(extract.path, country=new.country, tell=tell)
    save_road_map(roads, file_of(place, new.name, ROADS))
    tell(BINS_STEP, 0.0)
    known = read_candidates(extract.path)
    bin_count = write_bins(known.bins, file_of(place, new.name, BINS))
    tell(BINS_STEP, 1.0)
    _draw(extract.path, file_of(place, new.name, BASEMAP), tell)
    manifest = Manifest(
        name=new.name,
        source=new.source,
        extract_sha256=extract.sha256,
        extract_bytes=extract.size_bytes,
        data_at=read_data_at(extract.path),
        added_at=datetime.now(UTC).replace(microsecond=0),
        country=roads.country,
        asked_country=new.country,
        bounds=bounds,
        street_km=round(roads.street_km, 1),
        edge_count=roads.edge_count,
        restriction_count=roads.restriction_count,
        bin_count=bin_count,
        address_count=len(known.addresses),
        versions=VERSIONS,
        files=_measure(place, new.name),
    )
    write_manifest(manifest, file_of(place, new.name, MANIFEST))
    return manifest


def _draw(pbf: Path, out: Path, tell: Tell) -> None:
    try:
        build_basemap(pbf, out, tell=tell)
    except NoTippecanoeError:
        # Plans need no drawing; whoever adds the city is told of the extra.
        return


def _measure(place: Path, city: str) -> dict[str, int]:
    paths = {part: file_of(place, city, part) for part in PARTS}
    return {part: path.stat().st_size for part, path in paths.items() if path.is_file()}
