"""Who may use whom in `hardware/`: the design is pure, a tool is met in one place."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from hardware.design.placed import FOLDER

ALLOWED = {
    "design": {"design"},
    "rules": {"design", "rules"},
    "bom": {"design", "bom"},
    "budget": {"design", "budget"},
    "circuit": {"design", "rules", "circuit"},
    "schematic": {"design", "schematic"},
    "harness": {"design", "harness"},
}
TOOLS = {
    "skidl": {"circuit/tool.py"},
    "wireviz": {"harness/draw.py"},
    "matplotlib": {"budget/plot.py"},
}


def modules(folder: Path) -> Iterator[tuple[str, str]]:
    """Give each module below a folder, and what it imports."""
    for path in sorted(folder.rglob("*.py")):
        if "tests" in path.parts or "node_modules" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [node.module] if isinstance(node, ast.ImportFrom) else []
            if isinstance(node, ast.Import):
                names = [each.name for each in node.names]
            for name in names:
                yield path.relative_to(FOLDER).as_posix(), name or ""


@pytest.mark.parametrize("folder", ALLOWED)
def test_a_folder_uses_what_is_below_it(folder):
    for path, name in modules(FOLDER / folder):
        package, *rest = name.split(".")
        if package == "hardware":
            assert rest[0] in ALLOWED[folder], path


@pytest.mark.parametrize("tool", TOOLS)
def test_a_tool_is_met_in_one_place(tool):
    met = {path for path, name in modules(FOLDER) if name.split(".")[0] == tool}

    assert met == TOOLS[tool]
