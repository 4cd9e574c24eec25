"""Run `ullage`, or `python -m backend`."""

import argparse
import logging
import sys

from backend.cli import (
    demo,
    doctor,
    fleet,
    import_bins,
    migrate,
    openapi,
    plan,
    serve,
    worker,
)
from backend.cli.errors import CommandError
from backend.settings import SettingsError

COMMANDS = (demo, serve, worker, fleet, migrate, plan, import_bins, openapi, doctor)


def main(argv: list[str] | None = None) -> int:
    """Parse the command line, run one command, return its exit status."""
    parser = argparse.ArgumentParser(
        prog="ullage", description="Run the return flow of an economy."
    )
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.register(subparsers)
    arguments = parser.parse_args(argv)
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    try:
        status: int = arguments.run(arguments)
    except (CommandError, SettingsError) as error:
        sys.stderr.write(f"ullage {arguments.command}: {error}\n")
        return 2
    except KeyboardInterrupt:
        return 130
    return status


if __name__ == "__main__":
    sys.exit(main())
