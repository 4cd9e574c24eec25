"""Leave out of a module what a chip need not keep on its small heap.

The interpreter keeps each name that it meets for as long as the wake lasts; half a
session's heap is names and bytecode. Nobody outside of a module calls its private
functions, so these are `_0`, `_1`, … in the order of the source. Private attributes are
`_a`, `_b`, … in all modules alike, as a class may inherit from one of another module.
An argument that no call of the package names is `a0`, `a1`, … by its place. What only a
type checker reads goes, and the import of `const`, which the compiler needs no more: it
has put the number in its place.
"""

import ast
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, product
from string import ascii_lowercase

_CHECKING = "TYPE_CHECKING"
_Function = ast.FunctionDef | ast.Lambda


@dataclass(frozen=True, kw_only=True, slots=True)
class Package:
    """What has to be known of all modules before one is shrunk.

    Parameters
    ----------
    keywords
        The names by which any call gives an argument.
    attributes
        Short names of private attributes.
    """

    keywords: frozenset[str]
    attributes: Mapping[str, str]


def read_package(sources: Iterable[str]) -> Package:
    """Look through all modules that are to run together."""
    nodes = [node for source in sources for node in ast.walk(ast.parse(source))]
    attributes = {
        node.attr
        for node in nodes
        if isinstance(node, ast.Attribute) and _is_private(node.attr)
    }
    return Package(
        keywords=frozenset(
            node.arg for node in nodes if isinstance(node, ast.keyword) and node.arg
        ),
        attributes=dict(zip(sorted(attributes), _short_names(), strict=False)),
    )


def shrink(source: str, package: Package) -> str:
    """Write a module anew that does the same.

    Parameters
    ----------
    source
        A module that nobody imports private names of.
    """
    module = ast.parse(source)
    module.body = [node for node in module.body if not _is_of_no_use(node)]
    functions = [node for node in module.body if isinstance(node, ast.FunctionDef)]
    private = [node.name for node in functions if _is_private(node.name)]
    renamed = {name: f"_{index}" for index, name in enumerate(private)}
    for function in [*functions, *_methods(module.body)]:
        _shorten_arguments(function, package.keywords)
    for node in ast.walk(module):
        if isinstance(node, ast.Name):
            node.id = renamed.get(node.id, node.id)
        elif isinstance(node, ast.Attribute):
            node.attr = package.attributes.get(node.attr, node.attr)
    for function in functions:
        function.name = renamed.get(function.name, function.name)
    for method in _methods(module.body):
        method.name = package.attributes.get(method.name, method.name)
    return ast.unparse(module)


def _is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def _short_names() -> Iterable[str]:
    for length in count(1):
        for letters in product(ascii_lowercase, repeat=length):
            yield "_" + "".join(letters)


def _methods(body: Sequence[ast.stmt]) -> list[ast.FunctionDef]:
    return [
        node
        for owner in body
        if isinstance(owner, ast.ClassDef)
        for node in owner.body
        if isinstance(node, ast.FunctionDef)
    ]


def _is_of_no_use(node: ast.stmt) -> bool:
    """Recognise `TYPE_CHECKING = False`, `if TYPE_CHECKING: …`, and that of `const`."""
    if isinstance(node, ast.ImportFrom):
        return [each.name for each in node.names] == ["const"]
    named = node.targets if isinstance(node, ast.Assign) else []
    if isinstance(node, ast.If):
        named = [node.test]
    return any(isinstance(each, ast.Name) and each.id == _CHECKING for each in named)


def _shorten_arguments(function: ast.FunctionDef, keywords: frozenset[str]) -> None:
    """Name them by their place, but those that a call may name or a line binds anew."""
    kept = keywords | _bound_otherwise(function)
    short = {
        each.arg: f"a{place}"
        for place, each in enumerate(function.args.args)
        if each.arg not in kept
    }
    for each in function.args.args:
        each.arg = short.get(each.arg, each.arg)
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            node.id = short.get(node.id, node.id)


def _bound_otherwise(function: ast.FunctionDef) -> frozenset[str]:
    """Find what is imported within, and arguments of functions within."""
    bound: set[str] = set()
    for node in ast.walk(function):
        if isinstance(node, ast.Import | ast.ImportFrom):
            bound.update(each.asname or each.name for each in node.names)
        elif isinstance(node, _Function) and node is not function:
            bound.update(each.arg for each in node.args.args)
        elif isinstance(node, ast.ExceptHandler) and node.name:
            bound.add(node.name)
        elif isinstance(node, ast.Global | ast.Nonlocal):
            bound.update(node.names)
    return frozenset(bound)
