"""Leave out of a module what a chip need not keep on its small heap.

The interpreter interns each name that it meets, for as long as the wake lasts: half a
session's heap is names and bytecode. Nobody outside of a module calls its private
functions, so these are `_0`, `_1`, … in the order of the source, and their arguments
`a0`, `a1`, …, in all modules the same few. What only a type checker reads goes, and the
import of `const`, which the compiler needs no more: it has put the number in its place.
"""

import ast
from collections.abc import Iterator

_CHECKING = "TYPE_CHECKING"


def shrink(source: str) -> str:
    """Write a module anew that does the same.

    Parameters
    ----------
    source
        A module that nobody imports private names of.
    """
    module = ast.parse(source)
    module.body = [node for node in module.body if not _is_of_no_use(node)]
    functions = [
        node
        for node in module.body
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("_")
        # Two are the interpreter's own.
        and not node.name.startswith("__")
    ]
    renamed = {node.name: f"_{index}" for index, node in enumerate(functions)}
    by_keyword = {
        keyword.arg for call in _calls(module, renamed) for keyword in call.keywords
    }
    for function in functions:
        _shorten_arguments(function, by_keyword)
    for node in ast.walk(module):
        if isinstance(node, ast.Name):
            node.id = renamed.get(node.id, node.id)
        elif isinstance(node, ast.FunctionDef):
            node.name = renamed.get(node.name, node.name)
    return ast.unparse(module)


def _is_of_no_use(node: ast.stmt) -> bool:
    """Recognise `TYPE_CHECKING = False`, `if TYPE_CHECKING: …`, and that of `const`."""
    if isinstance(node, ast.ImportFrom):
        return [each.name for each in node.names] == ["const"]
    named = node.targets if isinstance(node, ast.Assign) else []
    if isinstance(node, ast.If):
        named = [node.test]
    return any(isinstance(each, ast.Name) and each.id == _CHECKING for each in named)


def _calls(module: ast.Module, names: dict[str, str]) -> Iterator[ast.Call]:
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            called = node.func
            if isinstance(called, ast.Name) and called.id in names:
                yield node


def _shorten_arguments(function: ast.FunctionDef, by_keyword: set[str | None]) -> None:
    """Name its arguments by their place, but those that any caller names."""
    short = {
        each.arg: f"a{place}"
        for place, each in enumerate(function.args.args)
        if each.arg not in by_keyword
    }
    for node in ast.walk(function):
        if isinstance(node, ast.arg):
            node.arg = short.get(node.arg, node.arg)
        elif isinstance(node, ast.Name):
            node.id = short.get(node.id, node.id)
