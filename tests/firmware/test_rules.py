"""Rules for the firmware's source that keep the host and the chip alike."""

import ast

import pytest
from host.wake import FIRMWARE

HARDWARE = {"machine", "network", "esp32", "espnow"}
MODULES = sorted((FIRMWARE / "binnode").rglob("*.py"))


def nodes(path):
    return list(ast.walk(ast.parse(path.read_text("utf-8"))))


def imported(path):
    found = nodes(path)
    return {n.module for n in found if isinstance(n, ast.ImportFrom)} | {
        each.name for n in found if isinstance(n, ast.Import) for each in n.names
    }


def test_only_the_named_modules_touch_the_hardware():
    touching = {path.stem for path in MODULES if HARDWARE & imported(path)}

    assert touching == {
        "cellular",
        "dating",
        "hanging_up",
        "identity",
        "link",
        "power",
        "radio",
        "relayed",
        "reserving",
        "secure",
        "start",
        "wiring",
    }


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_the_compiler_puts_every_constant_in_its_place(path):
    # Then a chip need not import what makes them, and the build leaves it out.
    every = nodes(path)
    uses = [n for n in every if isinstance(n, ast.Name) and n.id == "const"]
    plain = [
        n
        for n in every
        if isinstance(n, ast.Assign)
        and isinstance(n.targets[0], ast.Name)
        and isinstance(n.value, ast.Call)
        and n.value.func in uses
    ]

    assert len(plain) == len(uses)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_numbers_are_whole(path):
    # The chip has single precision, 24 bits: a time in seconds has 31. Only the
    # time-out of a socket is a float, as its interface wants.
    floats = [n for n in nodes(path) if isinstance(getattr(n, "value", None), float)]
    divisions = [n for n in nodes(path) if isinstance(n, ast.Div)]

    assert not floats
    assert len(divisions) == (path.stem == "stream")
