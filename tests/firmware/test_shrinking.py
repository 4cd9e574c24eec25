"""What the build leaves out of a module does not change what it does."""

import ast
from typing import Any

import pytest
from host.shrinking import shrink
from host.wake import FIRMWARE

SOURCE = """
from micropython import const
TYPE_CHECKING = False
if TYPE_CHECKING:
    from nowhere import Nothing

_WIDTH = 3

def area(height, *, more=0):
    return _multiply(height, _add(_WIDTH, more=more))

def _add(width, more):
    def total():
        return width + more
    return total()

def _multiply(height, width):
    names = {"height": height}
    return [width * each for each in names.values()][0]
"""
MODULES = sorted((FIRMWARE / "binnode").rglob("*.py"))


def names_of(source):
    every = list(ast.walk(ast.parse(source)))
    return (
        {node.id for node in every if isinstance(node, ast.Name)}
        | {node.arg for node in every if isinstance(node, ast.arg)}
        | {node.name for node in every if isinstance(node, ast.FunctionDef)}
    )


def test_a_shrunk_module_does_the_same():
    there: dict[str, Any] = {}
    exec(shrink(SOURCE), there)

    assert there["area"](2) == 6
    assert there["area"](2, more=1) == 8


def test_private_functions_lose_their_names_and_arguments_that_nobody_names():
    names = names_of(shrink(SOURCE))

    assert {"area", "height", "more", "_WIDTH", "_0", "_1", "a0", "a1"} <= names
    assert not {"_add", "_multiply", "const", "TYPE_CHECKING"} & names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_module_has_names_that_the_short_ones_would_hide(path):
    names = names_of(path.read_text("utf-8"))
    short = {f"{letter}{digit}" for letter in "a_" for digit in range(10)}

    assert not names & short
