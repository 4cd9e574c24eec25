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


# A stand-in, and the chip's module that it stands for.
_OWN = ("ds18x20", "esp32", "espnow", "machine", "network", "onewire", "time")
MODULES = {**{name: name for name in _OWN}, "air": "network", "ppp": "network"}


def signatures(tree: ast.Module) -> dict[str, list[ast.arguments]]:
    """Find the arguments of every function and method; overloads are several."""
    found: dict[str, list[ast.arguments]] = {}
    classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
    scopes: list[ast.Module | ast.ClassDef] = [tree, *classes]
    for scope in scopes:
        prefix = f"{scope.name}." if isinstance(scope, ast.ClassDef) else ""
        for node in scope.body:
            if isinstance(node, ast.FunctionDef):
                found.setdefault(prefix + node.name, []).append(node.args)
    return found


def takes_what(ours: ast.arguments, theirs: ast.arguments) -> bool:
    """Tell whether the chip takes all arguments of the stand-in, by name or by place.

    The stubs leave open what takes `*args`; a name of ours may be one of theirs that is
    by place only, or by keyword only.
    """
    if theirs.vararg or theirs.kwarg:
        return True
    places = len(theirs.posonlyargs) + len(theirs.args)
    names = {each.arg for each in (*theirs.args, *theirs.kwonlyargs)}
    given = [each.arg for each in ours.args]
    late = [each for each in given[places:] if each not in names]
    return not late and {each.arg for each in ours.kwonlyargs} <= names


@pytest.mark.parametrize("module", MODULES)
def test_a_standin_takes_no_argument_that_the_esp32_does_not(module):
    standin = ast.parse((STANDINS / f"{module}.py").read_text("utf-8"))
    chip = signatures(ast.parse((STUBS / f"{MODULES[module]}.pyi").read_text("utf-8")))

    wrong = [
        name
        for name, (ours, *_) in signatures(standin).items()
        if name in chip and not any(takes_what(ours, each) for each in chip[name])
    ]

    assert wrong == []


def test_an_argument_that_the_chip_does_not_take_is_found():
    def arguments(text: str) -> ast.arguments:
        return signatures(ast.parse(text))["f"][0]

    chip = arguments("def f(pin, level, /, *, hold=0): ...")
    assert takes_what(arguments("def f(p, x): ..."), chip)
    assert takes_what(arguments("def f(p, x, hold=1): ..."), chip)
    assert not takes_what(arguments("def f(p, x, pull=1): ..."), chip)
    assert not takes_what(arguments("def f(p, x, *, level=1): ..."), chip)


@pytest.mark.parametrize("module", MODULES)
def test_every_name_of_a_standin_exists_on_the_esp32(module):
    standin = ast.parse((STANDINS / f"{module}.py").read_text("utf-8"))
    chip = ast.parse((STUBS / f"{MODULES[module]}.pyi").read_text("utf-8"))

    names = public_names(standin)

    assert names
    assert names <= public_names(chip)


def test_the_chips_names_are_found_at_all():
    chip = ast.parse((STUBS / "machine.pyi").read_text("utf-8"))

    assert {"RTC.memory", "ADC.read_uv", "deepsleep"} <= public_names(chip)
    assert "RTC.memories" not in public_names(chip)
