"""The cities that are kept in a folder, whole and half."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from backend.city.errors import ManifestError
from backend.city.folder import BASEMAP, MANIFEST, PARTS, ROADS, file_of, locked
from backend.city.manifest import Manifest, read_manifest
from backend.city.names import is_name
from backend.city.telling import keep_quiet
from backend.city.versions import VERSIONS


@dataclass(frozen=True, kw_only=True, slots=True)
class KeptCity:
    """A city as it lies in the folder.

    Parameters
    ----------
    manifest
        None if there is none that can be read: then the city is a half one.
    faults
        What is missing or does not fit; empty for a whole city.
    can_route
        Whether vehicles can be sent along its streets.
    """

    name: str
    manifest: Manifest | None
    faults: tuple[str, ...]
    can_route: bool
    size_bytes: int


def list_cities(folder: Path) -> list[KeptCity]:
    """Look at every city of a folder, by name."""
    return [look_at(folder, name) for name in sorted(_names(folder))]


def look_at(folder: Path, name: str) -> KeptCity:
    """Look at a city, which need not be there."""
    try:
        manifest = read_manifest(file_of(folder, name, MANIFEST))
    except ManifestError as error:
        faults = [str(error)] if _exists(folder, name, MANIFEST) else ["no manifest"]
        faults += [
            f"no {name}.{part}" for part in PARTS if not _exists(folder, name, part)
        ]
        return _keep(folder, name, manifest=None, faults=faults, can_route=False)
    by_part = {part: _find_fault(folder, name, manifest, part) for part in PARTS}
    return _keep(
        folder,
        name,
        manifest=manifest,
        faults=[fault for fault in by_part.values() if fault],
        can_route=by_part[ROADS] is None,
    )


def remove_city(folder: Path, name: str) -> None:
    """Delete a city's files, its manifest first: what is left of it is seen as half."""
    with locked(folder, keep_quiet):
        for part in (MANIFEST, *PARTS):
            file_of(folder, name, part).unlink(missing_ok=True)


def _keep(
    folder: Path,
    name: str,
    *,
    manifest: Manifest | None,
    faults: list[str],
    can_route: bool,
) -> KeptCity:
    paths = [file_of(folder, name, part) for part in (*PARTS, MANIFEST)]
    return KeptCity(
        name=name,
        manifest=manifest,
        faults=tuple(faults),
        can_route=can_route,
        size_bytes=sum(path.stat().st_size for path in paths if path.is_file()),
    )


def _find_fault(folder: Path, name: str, manifest: Manifest, part: str) -> str | None:
    path = file_of(folder, name, part)
    if part == BASEMAP and part not in manifest.files:
        is_there = path.is_file()
        return "streets drawn from an older extract" if is_there else "no street map"
    if not path.is_file():
        return f"no {path.name}"
    if path.stat().st_size != manifest.files.get(part):
        return f"{path.name} is not as it was made"
    if manifest.versions.get(part) != VERSIONS[part]:
        return f"{path.name} was made by another version"
    return None


def _exists(folder: Path, name: str, part: str) -> bool:
    return file_of(folder, name, part).is_file()


def _names(folder: Path) -> set[str]:
    if not folder.is_dir():
        return set()
    return {name for path in folder.iterdir() for name in _city_of(path)}


def _city_of(path: Path) -> Iterator[str]:
    """Name the city that a file belongs to, if it does."""
    name, _, part = path.name.partition(".")
    if not is_name(name) or not path.is_file():
        return
    if part in PARTS or (part == MANIFEST and _is_manifest(path)):
        yield name


def _is_manifest(path: Path) -> bool:
    # Other JSON may lie in the folder.
    try:
        read_manifest(path)
    except ManifestError:
        return False
    return True
