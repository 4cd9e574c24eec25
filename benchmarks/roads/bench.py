"""How good the roads are: matrices, exactness, law, closures, adding a city; OSRM.

    scripts/bench roads --pbf FILE [--pbf FILE ...] [--osrm DIR]
        [--profile truck-18t] [--seed 1]

Any OSM extract will do. --osrm names the folder of the installed package osrm-bindings,
with its bin/ and share/profiles/. CPU seconds, unless a line says otherwise. A count of
0 leaves a part out.
"""

import argparse
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.report import Figure
from benchmarks.roads.adding import lines_of_adding
from benchmarks.roads.beside_osrm import lines_of_osrm
from benchmarks.roads.city import City, draw_places
from benchmarks.roads.closing import lines_of_closures
from benchmarks.roads.manoeuvres import lines_of_manoeuvres
from benchmarks.roads.matrices import line_of_libraries, lines_of_matrix
from benchmarks.roads.pairs import lines_of_pairs
from routing.roads import PROFILES


def main() -> None:
    """Measure and print."""
    options = _read_options()
    if any(options.matrix):
        line_of_libraries().print()
    for pbf in options.pbf:
        with TemporaryDirectory() as folder:
            city = City(
                pbf=pbf,
                road_map=Path(folder) / "roads.npz",
                profile_name=options.profile,
                seed=options.seed,
            )
            _warm_up(city)
            for line in _measure(city, options):
                line.print()


def _measure(city: City, options: argparse.Namespace) -> Iterator[Figure]:
    for count in filter(None, options.matrix):
        yield from lines_of_matrix(city, count, rows=options.rows)
    if options.pairs:
        yield from lines_of_pairs(city, options.pairs, paths=options.paths)
    if options.routes:
        yield from lines_of_manoeuvres(city, options.routes)
    if options.osrm and options.osrm_pairs:
        yield from lines_of_osrm(city, options.osrm, options.osrm_pairs)
    if options.closures:
        yield from lines_of_closures(city, options.closures)
    if options.add:
        yield from lines_of_adding(city)


def _warm_up(city: City) -> None:
    """Let the searches be compiled, if they never were: that is not measured."""
    places = draw_places(city.network, 2, city.seed)
    city.network.matrix(places)
    city.network.path(*places)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--pbf", type=_file, action="append", required=True)
    parser.add_argument("--osrm", type=Path, help="folder of osrm-bindings")
    parser.add_argument("--profile", choices=PROFILES, default="truck-18t")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--matrix", type=int, nargs="+", default=[2000, 5000], help="places"
    )
    parser.add_argument("--rows", type=int, default=100, help="of Dijkstra's matrix")
    parser.add_argument("--pairs", type=int, default=5000, help="beside Dijkstra")
    parser.add_argument("--paths", type=int, default=300, help="of these pairs")
    parser.add_argument("--routes", type=int, default=2000, help="to judge")
    parser.add_argument("--osrm-pairs", type=int, default=1000, help="beside OSRM")
    parser.add_argument("--closures", type=int, default=20, help="ways to close")
    parser.add_argument("--add", type=int, choices=(0, 1), default=1, help="the city")
    return parser.parse_args()


def _file(text: str) -> Path:
    path = Path(text)
    if not path.is_file():
        raise argparse.ArgumentTypeError(f"{path} is no file")
    return path
