"""What a city is called: the beginning of its files' names."""

import re
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from backend.city.errors import CityNameError

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
_ENDS = (".osm.pbf", ".pbf")


def name_city(source: str, name: str | None = None) -> str:
    """Call a city as asked, or else by the file that it comes in.

    Raises
    ------
    CityNameError
        The name cannot be the beginning of a file's name.
    """
    return check_name(_name_of_file(source) if name is None else name)


def check_name(name: str) -> str:
    """Return a name that can be used.

    Raises
    ------
    CityNameError
        It cannot.
    """
    if not _NAME.fullmatch(name):
        raise CityNameError(
            f"{name!r} cannot be a city's name: a-z, 0-9 and - only, at most 63, a "
            "letter or digit first; `ullage city add --name NAME` names it otherwise"
        )
    return name


def is_name(text: str) -> bool:
    """Say whether a city can be called that."""
    return _NAME.fullmatch(text) is not None


def _name_of_file(source: str) -> str:
    path = urlsplit(source).path if "://" in source else source
    name = PurePosixPath(path).name.lower()
    for end in _ENDS:
        name = name.removesuffix(end)
    return name
