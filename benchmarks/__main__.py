"""`python -m benchmarks NAME [options]`: one JSON line a measured case."""

import importlib
import sys

BENCHES = {
    "first-run": "from an empty folder to a planned map, and from a reading to the map",
    "solver": "plans of public instances, beside their best known values and peers",
    "ingest": "readings from broker to database: whole, once, and how fast",
    "faults": "nothing lost, doubled or needlessly repeated while everything is killed",
    "roads": "ways through an extract: exact, legal, fast, and beside OSRM",
    "normal-day": "how soon a day of 200 stops is planned, and how well in 5 s",
    "replan": "what changes hands when the day is planned again at noon",
    "emptyings": "emptyings that a sensor shows, on real glass banks",
    "demand": "how full bins will be, how surely: real glass banks and street bins",
    "year": "a digital year: km, hours and overflow beside the best fixed rounds",
    "broker": "which MQTT broker to embed",
    "metered-days": "what days of a bin take, into the power budget's own file",
    "hardware": "which slips of the pen its rules find; walls, costs, years",
    "firmware": "what a bin needs, believes and survives: faults, years, power cuts",
}


def main() -> int:
    """Run one benchmark with its own options."""
    words = sys.argv[1:]
    if not words or words[0] not in BENCHES:
        sys.stderr.write("scripts/bench NAME [options]; NAME is one of\n")
        for name, what in BENCHES.items():
            sys.stderr.write(f"  {name:12} {what}\n")
        return 2
    module = importlib.import_module(f"benchmarks.{words[0].replace('-', '_')}")
    sys.argv = [f"scripts/bench {words[0]}", *words[1:]]
    module.main()
    return 0


if __name__ == "__main__":
    sys.exit(main())
