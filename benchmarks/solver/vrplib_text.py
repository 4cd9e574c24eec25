"""VRPLIB text: fields `NAME : value`, and sections with one numbered row a node."""

from dataclasses import dataclass
from pathlib import Path

from benchmarks.solver.text import BadFileError, numbers_of, read_lines

UNNUMBERED = ("DEPOT_SECTION",)


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row of a section: its line in the file, and its numbers without the index."""

    line: int
    numbers: tuple[float, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class VrplibText:
    """What a VRPLIB file says, not yet interpreted."""

    path: Path
    fields: dict[str, str]
    sections: dict[str, tuple[Row, ...]]

    def number(self, field: str, default: float | None = None) -> float:
        """Return the number in a field.

        Raises
        ------
        BadFileError
            If the field is missing and there is no default, or is not a number.
        """
        if field in self.fields:
            return numbers_of(self.path, 1, [self.fields[field]])[0]
        if default is None:
            raise BadFileError(self.path, 1, f"the field {field} is missing")
        return default

    def columns(self, section: str, *, rows: int, count: int = 1) -> list[list[float]]:
        """Return the columns of a section that must have so many rows and columns.

        Raises
        ------
        BadFileError
            Naming the line at which it is otherwise.
        """
        table = self.sections.get(section)
        if table is None:
            raise BadFileError(self.path, 1, f"{section} is missing")
        for row in table:
            if len(row.numbers) != count:
                why = f"{len(row.numbers)} numbers in {section}, expected {count}"
                raise BadFileError(self.path, row.line, why)
        if len(table) != rows:
            line = table[-1].line if table else 1
            why = f"{section} has {len(table)} rows, expected {rows}"
            raise BadFileError(self.path, line, why)
        return [[row.numbers[k] for row in table] for k in range(count)]


def read_vrplib_text(path: Path) -> VrplibText:
    """Read a VRPLIB file.

    Raises
    ------
    BadFileError
        Naming the line that is neither a field, nor a section, nor a row of one.
    """
    fields: dict[str, str] = {}
    sections: dict[str, list[Row]] = {}
    section = ""
    for line, text in enumerate(read_lines(path), start=1):
        words = text.split()
        if not words or words == ["EOF"]:
            continue
        if words[0].rstrip(":").endswith("_SECTION"):
            section = words[0].rstrip(":")
            sections[section] = []
        elif ":" in text:
            name, _, value = text.partition(":")
            fields[name.strip()] = value.strip()
        elif section:
            sections[section].append(_read_row(path, line, section, words, sections))
        else:
            raise BadFileError(path, line, f"{text.strip()!r} is no field and no row")
    frozen = {name: tuple(rows) for name, rows in sections.items()}
    return VrplibText(path=path, fields=fields, sections=frozen)


def _read_row(
    path: Path,
    line: int,
    section: str,
    words: list[str],
    sections: dict[str, list[Row]],
) -> Row:
    numbers = numbers_of(path, line, words)
    if section in UNNUMBERED:
        return Row(line=line, numbers=tuple(numbers))
    expected = len(sections[section]) + 1
    if numbers[0] != expected:
        why = f"row {words[0]} of {section}, expected row {expected}"
        raise BadFileError(path, line, why)
    return Row(line=line, numbers=tuple(numbers[1:]))
