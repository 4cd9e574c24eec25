"""Lines of a benchmark file, and what is said when one is not understood."""

from pathlib import Path


class BadFileError(ValueError):
    """A benchmark file that is not understood: which file, which line, why."""

    def __init__(self, path: Path, line: int, why: str) -> None:
        super().__init__(f"{path}:{line}: {why}")
        self.path = path
        self.line = line


def read_lines(path: Path) -> list[str]:
    """Read the lines; comments may hold bytes of any old encoding."""
    return path.read_text(encoding="utf-8", errors="replace").splitlines()


def numbers_of(path: Path, line: int, words: list[str]) -> list[float]:
    """Read every word as a finite number.

    Raises
    ------
    BadFileError
        Naming the first word that is none.
    """
    numbers = []
    for word in words:
        try:
            number = float(word)
        except ValueError:
            raise BadFileError(path, line, f"{word!r} is not a number") from None
        if number - number != 0:
            raise BadFileError(path, line, f"{word!r} is not a finite number")
        numbers.append(number)
    return numbers
