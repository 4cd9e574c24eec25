"""What the build leaves out of a module does not change what it does."""

import ast
import re
from typing import Any

import pytest
from host.shrinking import read_package, shrink
from host.wake import FIRMWARE

SOURCE = """
from micropython import const
TYPE_CHECKING = False
if TYPE_CHECKING:
    from nowhere import Nothing

_WIDTH = 3

class Box:
    def __init__(self, height):
        self._height = height
        self.weight = 0

    def area(self, *, more=0):
        return _multiply(self._height, _add(_WIDTH, more=more))

    def _shape(self, height):
        return (lambda weight: weight + height)(self.weight)

    def shape(self):
        return self._shape(7)

def _add(width, more):
    def total():
        return width + more
    return total()

def _multiply(height, width):
    names = {"height": height}
    return [width * each for each in names.values()][0]
"""
HEIR = """
class Heir(Box):
    def twice(self, other):
        return 2 * self._height + other
"""
MODULES = sorted((FIRMWARE / "binnode").rglob("*.py"))


def names_of(source):
    every = list(ast.walk(ast.parse(source)))
    return (
        {node.id for node in every if isinstance(node, ast.Name)}
        | {node.arg for node in every if isinstance(node, ast.arg)}
        | {node.name for node in every if isinstance(node, ast.FunctionDef)}
    )


def test_a_shrunk_package_does_the_same():
    package = read_package([SOURCE, HEIR])
    there: dict[str, Any] = {}
    for source in (SOURCE, HEIR):
        exec(shrink(source, package), there)

    heir = there["Heir"](2)
    assert (heir.area(), heir.area(more=1), heir.shape()) == (6, 8, 7)
    assert heir.twice(1) == 5


def test_what_nobody_outside_calls_by_its_name_loses_it():
    names = names_of(shrink(SOURCE, read_package([SOURCE, HEIR])))

    assert {"area", "more", "weight", "_WIDTH", "_0", "_1", "a0", "a1"} <= names
    assert not {"_add", "_multiply", "width", "const", "TYPE_CHECKING"} & names


def test_an_argument_that_another_module_names_keeps_its_name():
    caller = "Box(height=2)"
    names = names_of(shrink(SOURCE, read_package([SOURCE, caller])))

    assert "height" in names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_no_module_has_names_that_the_short_ones_would_hide(path):
    names = names_of(path.read_text("utf-8"))
    short = re.compile(r"a\d|_\d+|_[a-z]{1,2}")

    assert not {each for each in names if short.fullmatch(each)}
