"""Run `ullage`, or `python -m backend`."""

import argparse
import importlib
import logging
import os
import sys

from backend.cli.errors import CommandError
from backend.settings import SettingsError

# Each is a module of backend.cli, loaded only when it is asked for: the application
# need not wait for the solver's libraries.
COMMANDS = {
    "demo": "start everything with a made-up operator in real Helsinki",
    "serve": "run the API, the console and the driver's list",
    "worker": "plan when asked and every morning, and watch for alarms",
    "migrate": "bring the database up to date",
    "plan": "plan a service day now",
    "import": "bring an operator's own bins",
    "city": "bring the streets of your city",
    "vehicle": "what vehicles are to the streets, their breaks and overtime",
    "closure": "shut streets for a while",
    "rule": "what was promised: hygiene, contracts, service days and level",
    "schedule": "the fixed rounds of before, which savings are measured against",
    "savings": "what a month saved against the fixed rounds",
    "device": "sensors: which, of what kind, on which bin",
    "firmware": "versions of the bins' own program, and who is offered which",
    "rejected": "messages that could not be stored: look, and try again",
    "simulate": "what would be under other terms; made-up operators",
    "alarm": "what is wrong, what counts as wrong, and who is told",
    "speeds": "how fast traffic is, hour by hour",
    "doctor": "say what is wrong and how to mend it",
    "openapi": "print the API's OpenAPI document",
    "fleet": "the demo's bins, sensors and crew (started by demo)",
}
MODULES = {"import": "import_bins"}


def main(argv: list[str] | None = None) -> int:
    """Parse the command line, run one command, return its exit status."""
    words = sys.argv[1:] if argv is None else argv
    parser = _make_parser(asked=words[0] if words else None)
    arguments = parser.parse_args(words)
    logging.basicConfig(
        level=getattr(arguments, "log_level", logging.INFO),
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
    )
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except (CommandError, SettingsError) as error:
        sys.stderr.write(f"ullage {arguments.command}: {error}\n")
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read the output has enough; the rest goes nowhere, also at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return status


def _make_parser(asked: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ullage", description="Run the return flow of an economy."
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, what in COMMANDS.items():
        if name == asked:
            module = importlib.import_module(f"backend.cli.{MODULES.get(name, name)}")
            module.register(subparsers)
        else:
            subparsers.add_parser(name, help=what)
    return parser


if __name__ == "__main__":
    sys.exit(main())
