"""`ullage openapi`: print the API's description, for whoever generates clients."""

import argparse
import json
import sys

from backend.settings import Settings
from backend.web.app import create_app


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("openapi", help="print the API's OpenAPI document")
    parser.set_defaults(run=run)


def run(_arguments: argparse.Namespace) -> int:
    """Print it; nothing is contacted for it."""
    app = create_app(Settings(database="host=unused"))
    json.dump(app.openapi(), sys.stdout, indent=1)
    sys.stdout.write("\n")
    return 0
