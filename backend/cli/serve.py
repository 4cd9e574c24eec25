"""`ullage serve`: the application, on loopback."""

import argparse
import os

import uvicorn

from backend.cli.prepare import prepare_database
from backend.settings import read_settings
from backend.web.app import create_app


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("serve", help="run the API, console and driver app")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Serve until told to stop."""
    settings = read_settings(os.environ)
    prepare_database(settings.database)
    uvicorn.run(
        create_app(settings),
        host=settings.host,
        port=settings.port,
        log_level="warning",
        # An open event stream must not hold up the end.
        timeout_graceful_shutdown=1,
    )
    return 0
