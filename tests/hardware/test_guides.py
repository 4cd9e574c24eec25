"""What the guides say can be done: links lead somewhere, commands are understood."""

import re
import shlex
from pathlib import Path

import pytest

from backend.__main__ import _make_parser
from hardware.enclosure.dimensions import BOXES, load_dimensions
from hardware.enclosure.fit import list_places, load_containers

HARDWARE = Path(__file__).parents[2] / "hardware"
PAGES = sorted([*HARDWARE.glob("*.md"), *HARDWARE.glob("[eg]*/*.md")])
COMMAND = re.compile(r"ullage (?:device|alarm|import) [a-z](?:[^`\\\n]|\\\n)*")


def anchors(page):
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in heads}


@pytest.mark.parametrize("page", PAGES, ids=lambda each: each.name)
def test_every_link_leads_somewhere(page):
    for link in re.findall(r"\]\(([^):]+)\)", page.read_text("utf-8")):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=lambda each: each.name)
def test_every_command_of_ullage_is_understood(page):
    for command in COMMAND.findall(page.read_text("utf-8")):
        words = shlex.split(command.replace("\\\n", " "), comments=True)[1:]
        if len(words) > 2 and "…" not in command:
            _make_parser(asked=words[0]).parse_args(words)


def test_the_drill_template_is_the_mount():
    text = (HARDWARE / "guides/mounting.md").read_text("utf-8")
    for box in BOXES:
        d = load_dimensions(box=box)
        mount, eyes_mm = d.mount, -d.sensor.y_mm
        *_, wall = list_places(load_containers()[0], d)
        fixings = f"{2 * mount.fixing_x_mm:g} \u00d7 {2 * mount.fixing_y_mm:g} mm"
        assert fixings in text
        assert f"**{eyes_mm:g} mm**" in text
        assert f"{mount.wall_y_mm + eyes_mm:g} mm" in text
        assert f"{wall.face_depth_mm:g} mm below the leg's edge" in text
        assert f"{mount.wall_height_mm / 2:g} mm above the mount's plate" in text
