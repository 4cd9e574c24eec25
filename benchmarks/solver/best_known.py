"""Best-known values: `bks.csv` beside the files or above them, or PyVRP's `.sol`."""

import csv
import re
from pathlib import Path

TABLE = "bks.csv"
FOLDERS_ABOVE = 3


def find_best_known(path: Path) -> float | None:
    """Return the published value for a file, or None.

    The table has the columns `file` (relative to the table's folder) and `bks`.
    """
    path = path.resolve()
    for folder in list(path.parents)[:FOLDERS_ABOVE]:
        table = folder / TABLE
        if table.exists():
            with table.open(encoding="utf-8", newline="") as lines:
                values = {row["file"]: row["bks"] for row in csv.DictReader(lines)}
            relative = path.relative_to(folder).as_posix()
            if value := values.get(relative) or values.get(path.name):
                return float(value)
    return _read_solution(path.with_suffix(".sol"))


def _read_solution(path: Path) -> float | None:
    if not path.exists():
        return None
    found = re.search(r"^Cost\s*:?\s*([\d.]+)", path.read_text("utf-8"), re.MULTILINE)
    return float(found.group(1)) if found else None
