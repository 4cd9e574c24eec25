"""What no linter holds: the size of modules, and what the repository may not name."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MAX_LINES = 300
GENERATED = {"backend/web/app/src/api/schema.d.ts"}
ADDRESS = re.compile(r"https?://")


def tracked(*patterns: str) -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *patterns],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [each for each in listed.stdout.splitlines() if (ROOT / each).is_file()]


@pytest.mark.parametrize("name", tracked("*.py", "*.ts", "*.tsx", "*.css"))
def test_a_module_holds_one_idea_in_300_lines(name):
    if name not in GENERATED:
        assert len((ROOT / name).read_text("utf-8").splitlines()) <= MAX_LINES


@pytest.mark.parametrize(
    "name",
    [
        "requirements.lock",
        "hardware/requirements.lock",
        "backend/web/app/package-lock.json",
        "hardware/schematic/package-lock.json",
    ],
)
def test_lock_files_name_no_address_to_download_from(name):
    lines = (ROOT / name).read_text("utf-8").splitlines()
    # A funding link is no place to download from.
    bad = [each for each in lines if ADDRESS.search(each) and '"url"' not in each]
    assert bad == []


def test_everything_the_readme_links_to_is_there():
    for name in ("README.md", "ARCHITECTURE.md", "CONTRIBUTING.md"):
        for target in re.findall(r"\]\(([^)#:]+)\)", (ROOT / name).read_text("utf-8")):
            assert (ROOT / target).exists(), f"{name} links to {target}"


def test_every_setting_is_described_in_the_operations_manual():
    manual = (ROOT / "docs/operations.md").read_text("utf-8")
    source = (ROOT / "backend/settings.py").read_text("utf-8")
    for field in re.findall(r"^    #: .*\n    (\w+):", source, flags=re.MULTILINE):
        assert f"ULLAGE_{field.upper()}" in manual or f"_{field.upper()}" in manual


def test_every_setting_of_the_gateway_is_described_there_too():
    manual = (ROOT / "docs/operations.md").read_text("utf-8")
    source = (ROOT / "gateway/settings.py").read_text("utf-8")
    for name in set(re.findall(r"\bULLAGE_(\w+)", source)):
        _, _, ending = name.partition("_")  # `ULLAGE_MQTT_HOST`, `_PORT`
        assert f"`ULLAGE_{name}`" in manual or f"`_{ending}`" in manual, name
