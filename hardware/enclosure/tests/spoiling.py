"""How a model is spoilt, for the tests that a check finds it."""

from dataclasses import replace

import pytest

from hardware.enclosure import keep_ins
from hardware.enclosure.assembly import Assembly
from hardware.enclosure.body import make_body
from hardware.enclosure.cover import make_cover


def only(box):
    """Run a module's tests on one box."""
    return pytest.mark.parametrize(
        "dimensions", [box], indirect=True, scope="session", ids=[""]
    )


def spoil(dimensions, table, **changes):
    return replace(
        dimensions, **{table: replace(getattr(dimensions, table), **changes)}
    )


def with_part(assembly, name, part):
    return Assembly(
        dimensions=assembly.dimensions, solids={**assembly.solids, name: part}
    )


def make_part(name, d):
    return {
        "body": make_body,
        "cover": make_cover,
        "sensor": lambda d: keep_ins.make_sensor(d.sensor),
        "beam": lambda d: keep_ins.make_beam(d.sensor),
        "board": keep_ins.make_board,
        "cell": lambda d: keep_ins.make_cell(d.cell),
        "capacitor": lambda d: keep_ins.make_cell(d.capacitor),
        "plug": keep_ins.make_plug,
        "slack": keep_ins.make_slack,
        "gland": keep_ins.make_gland,
        "vent": lambda d: keep_ins.make_vent(d.port, floor_mm=d.shell.wall_mm),
    }[name](d)
