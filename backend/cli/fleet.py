"""`ullage fleet`: the demo's street life. Started by `ullage demo`."""

import argparse
import os
from datetime import datetime
from pathlib import Path

from backend.demo.api_client import ApiClient
from backend.demo.life import LifeConfig, live
from backend.demo.radio import BrokerAddress


def register(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = subparsers.add_parser("fleet", help="the demo's bins, sensors and crew")
    parser.add_argument("--url", required=True, help="where the application is")
    parser.add_argument("--begins-at", required=True, type=datetime.fromisoformat)
    parser.add_argument("--devices", required=True, type=Path, help="folder of devices")
    parser.add_argument("--crew", required=True, type=int, help="vehicles to drive")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Let the city live until told to stop."""
    live(
        LifeConfig(
            api=ApiClient(base_url=arguments.url),
            # By the environment: a password does not belong on a command line.
            broker=BrokerAddress(
                host=os.environ["ULLAGE_MQTT_HOST"],
                port=int(os.environ["ULLAGE_MQTT_PORT"]),
                user=os.environ["ULLAGE_MQTT_USER"],
                password=os.environ["ULLAGE_MQTT_PASSWORD"],
            ),
            devices=arguments.devices,
            begins_at=arguments.begins_at,
            crew_vehicles=arguments.crew,
        )
    )
    return 0
