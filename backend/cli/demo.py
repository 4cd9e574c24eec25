"""`ullage demo`: everything in one go, with a city that lives."""

import argparse
import logging
import shutil
from pathlib import Path

from backend.cli.errors import CommandError
from backend.demo.home import choose_home
from backend.demo.launch import DemoConfig, DemoError, run_demo
from backend.embedded.errors import EmbeddedError

DEFAULT_PORT = 8080
DEFAULT_SPEED = 60.0
CREW_VEHICLES = 2  # of three: the van is left to whoever watches


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "demo", help="start everything with a made-up operator in real Helsinki"
    )
    parser.add_argument("--port", type=int, default=DEFAULT_PORT, help="0: a free one")
    parser.add_argument(
        "--for", dest="for_s", type=float, metavar="SECONDS", help="end by itself"
    )
    parser.add_argument(
        "--speed", type=float, default=DEFAULT_SPEED, help="times faster than real"
    )
    parser.add_argument(
        "--crew",
        type=int,
        default=CREW_VEHICLES,
        metavar="N",
        help="vehicles that drive by themselves (default: %(default)s of 3)",
    )
    parser.add_argument(
        "--data", type=Path, help="folder of the demo (default: .ullage/demo)"
    )
    parser.add_argument("--fresh", action="store_true", help="forget the demo before")
    # The terminal shows progress; what each part says is in its own log.
    parser.set_defaults(run=run, log_level=logging.ERROR)


def run(arguments: argparse.Namespace) -> int:
    """Run the demo until its time is over or it is told to stop."""
    data_dir = (arguments.data or choose_home(Path.cwd())).resolve()
    if arguments.fresh and data_dir.exists():
        shutil.rmtree(data_dir)
    config = DemoConfig(
        data_dir=data_dir,
        port=arguments.port,
        speed=arguments.speed,
        crew_vehicles=arguments.crew,
        for_s=arguments.for_s,
    )
    try:
        run_demo(config)
    except (DemoError, EmbeddedError) as error:
        raise CommandError(str(error)) from error
    return 0
