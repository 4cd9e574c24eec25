"""Bins that are not there yet, from a CSV file: what would be if they were."""

import csv
from pathlib import Path

from backend.cli.errors import CommandError
from backend.simulation.what_if import USUAL_SERVICE_S, NewBin, SimulationError

REQUIRED = ("stream", "volume_l", "lat_deg", "lon_deg")
NUMBERS = ("volume_l", "lat_deg", "lon_deg", "fill_per_day", "service_s")
TRUE = {"1", "yes", "true"}


def read_new_bins(path: Path) -> tuple[NewBin, ...]:
    """Read them; columns besides the required: fill_per_day, service_s, has_sensor.

    Raises
    ------
    CommandError
        If one cannot be understood; the message names the line and the field.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = set(REQUIRED) - set(reader.fieldnames or ())
            if missing:
                raise CommandError(
                    f"{path} has no column {', '.join(sorted(missing))}; needed are "
                    f"{', '.join(REQUIRED)}"
                )
            return tuple(
                _parse(row, where=f"{path}, line {reader.line_num}") for row in reader
            )
    except (OSError, UnicodeDecodeError) as error:
        raise CommandError(f"{path} cannot be read: {error}") from error


def _parse(row: dict[str, str | None], *, where: str) -> NewBin:
    given: dict[str, float] = {}
    for name in NUMBERS:
        text = (row.get(name) or "").strip()
        if not text and name not in REQUIRED:
            continue
        try:
            given[name] = float(text)
        except ValueError as error:
            raise CommandError(
                f"{where}: {name} = {text} not understood: a number"
            ) from error
    try:
        return NewBin(
            stream=(row.get("stream") or "").strip(),
            volume_l=given["volume_l"],
            lat_deg=given["lat_deg"],
            lon_deg=given["lon_deg"],
            fill_per_day=given.get("fill_per_day"),
            service_s=int(given.get("service_s", USUAL_SERVICE_S)),
            has_sensor=(row.get("has_sensor") or "").strip().lower() in TRUE,
        )
    except SimulationError as error:
        raise CommandError(f"{where}: {error}") from error
