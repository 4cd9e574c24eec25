"""Draw the sheets with netlistsvg, which Node runs."""

import json
import re
import shutil
import subprocess
from pathlib import Path

from hardware.design.placed import Placed
from hardware.schematic.sheets import Json, draw_sheets

PACKAGE = Path(__file__).parent / "node_modules" / "netlistsvg"
_TIMEOUT_S = 60
# Room for names that stand out to the left and right of what netlistsvg measures.
_MARGIN_PX = 60
# Its skin, with boxes wide enough for a part number above them, and more air.
_WIDER = (
    (
        '<g s:type="generic" s:width="30"',
        '<g s:type="generic" s:width="90"',
    ),
    (
        '<text x="15" y="-4" class="nodelabel $cell_id" s:attribute="ref">generic<',
        '<text x="45" y="-4" class="nodelabel $cell_id" s:attribute="ref">generic<',
    ),
    (
        '<rect width="30" height="40" x="0" y="0" s:g',
        '<rect width="90" height="40" x="0" y="0" s:g',
    ),
    (
        '<g transform="translate(30,10)"\n     s:x="30"',
        '<g transform="translate(90,10)"\n     s:x="90"',
    ),
    (
        '<g transform="translate(30,30)"\n     s:x="30"',
        '<g transform="translate(90,30)"\n     s:x="90"',
    ),
    ('elk.spacing.nodeNode= "35"', 'elk.spacing.nodeNode= "60"'),
)


def draw_schematic(device: Placed, folder: Path) -> None:
    """Write an SVG for each sheet."""
    folder.mkdir(parents=True, exist_ok=True)
    skin = folder / "skin.svg"
    skin.write_text(_read_skin(), "utf-8")
    for name, sheet in draw_sheets(device).items():
        _draw_sheet(sheet, folder / f"{name}.svg", skin=skin)
    skin.unlink()


def _read_skin() -> str:
    text = (PACKAGE / "lib" / "analog.svg").read_text("utf-8")
    for old, new in _WIDER:
        if old not in text:
            raise ValueError(f"netlistsvg's skin has changed: it lacks {old!r}")
        text = text.replace(old, new)
    return text


def _draw_sheet(sheet: Json, path: Path, *, skin: Path) -> None:
    source = path.with_suffix(".json")
    source.write_text(json.dumps(sheet), "utf-8")
    node = shutil.which("node")
    if node is None:
        raise FileNotFoundError("node not found; scripts/check_hardware brings one")
    program = PACKAGE / "bin" / "netlistsvg.js"
    subprocess.run(
        [node, program, source, "-o", path, "--skin", skin],
        check=True,
        capture_output=True,
        timeout=_TIMEOUT_S,
    )
    source.unlink()
    path.write_text(_on_paper(path.read_text("utf-8")), "utf-8")


def _on_paper(svg: str) -> str:
    """Give it a margin, and white below: it is read on dark pages too."""
    size = re.search(r'width="([\d.]+)" height="([\d.]+)"', svg)
    assert size is not None, "netlistsvg gives its drawings a size"
    width, height = (float(each) + 2 * _MARGIN_PX for each in size.groups())
    box = f"{-_MARGIN_PX} {-_MARGIN_PX} {width:g} {height:g}"
    head = f'width="{width:g}" height="{height:g}" viewBox="{box}"'
    svg = svg.replace(size.group(0), head, 1)
    place = f'x="{-_MARGIN_PX}" y="{-_MARGIN_PX}" width="100%" height="100%"'
    paper = f'<rect {place} style="fill:#fff;stroke:none"/>'
    return svg.replace("</style>", f"</style>{paper}", 1)
