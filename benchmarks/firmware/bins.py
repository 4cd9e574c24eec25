"""Bins before a real gateway: compiled, provisioned, known to it, and counted."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import psycopg

from backend.demo.firmware_bins import load_firmware_host
from backend.embedded.broker import BrokerAddress

HEAP_KB = 96  # the interpreter's, stand-ins included; what a chip needs is another test
ADD_DEVICE = "INSERT INTO device (device, kind) VALUES (%s, 'test')"
COUNT = """
SELECT device, count(*), count(DISTINCT (epoch, seq))
FROM reading JOIN device USING (device_id) WHERE device = ANY(%s) GROUP BY device"""


def compile_firmware(folder: Path) -> Path:
    """Compile it with the stand-ins; return where it is."""
    load_firmware_host()
    from host.build import build

    compiled = folder / "compiled"
    build(compiled, ("binnode", "host/standins"))
    return compiled


def provision(
    home: Path,
    broker: BrokerAddress,
    *,
    port: int | None = None,
    **fields: int | str,
) -> None:
    """Write a bin's `config.json`; its folder has its name.

    Parameters
    ----------
    port
        Where it takes the broker to be, if not where that is.
    fields
        What else is in the file.
    """
    config = {
        "device": home.name,
        "networks": {"depot": ""},
        "broker_host": broker.host,
        "broker_port": port or broker.port,
        "user": broker.gateway_user,
        "password": broker.gateway_password,
        **fields,
    }
    (home / "config.json").write_text(json.dumps(config), "utf-8")


def introduce(conn: psycopg.Connection, names: Sequence[str]) -> None:
    """Have the gateway know them."""
    conn.cursor().executemany(ADD_DEVICE, [(each,) for each in names])


def count_stored(
    conn: psycopg.Connection, names: Sequence[str]
) -> Mapping[str, tuple[int, int]]:
    """Count the rows of each bin, and the records that they are of."""
    found = {
        name: (rows, records)
        for name, rows, records in conn.execute(COUNT, (list(names),)).fetchall()
    }
    return {name: found.get(name, (0, 0)) for name in names}
