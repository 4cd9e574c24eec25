"""A stand-in must not offer what the chip lacks."""

import ast
import sysconfig
from pathlib import Path

import pytest
from host.wake import FIRMWARE

STANDINS = FIRMWARE / "host" / "standins"
# micropython-esp32-stubs, and the standard library stubs that it brings.
STUBS = Path(sysconfig.get_path("purelib"))


def public_names(tree: ast.Module) -> set[str]:
    """Name everything a module offers, methods and constants of its classes too."""
    found = names_in(tree)
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            found |= {f"{node.name}.{name}" for name in names_in(node)}
    return found


def names_in(scope: ast.Module | ast.ClassDef) -> set[str]:
    found = set()
    for node in scope.body:
        match node:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.Assign(targets=[ast.Name(id=name)]):
                found.add(name)
            case ast.AnnAssign(target=ast.Name(id=name)):
                found.add(name)
            case ast.ImportFrom(module="utime", names=names):
                found |= {alias.name for alias in names}
    return {name for name in found if not name.startswith("_")}


@pytest.mark.parametrize("module", ["esp32", "machine", "network", "time"])
def test_every_name_of_a_standin_exists_on_the_esp32(module):
    standin = ast.parse((STANDINS / f"{module}.py").read_text("utf-8"))
    chip = ast.parse((STUBS / f"{module}.pyi").read_text("utf-8"))

    names = public_names(standin)

    assert names
    assert names <= public_names(chip)


def test_the_chips_names_are_found_at_all():
    chip = ast.parse((STUBS / "machine.pyi").read_text("utf-8"))

    assert {"RTC.memory", "ADC.read_uv", "deepsleep"} <= public_names(chip)
    assert "RTC.memories" not in public_names(chip)
