"""What a bin does not take, and what its operator is told; real updater, real flash."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from host.cutting import prepare, run_script, write_application
from host.release import Terms, sign_folder
from host.signing import id_of, sign

from tests.firmware.signed import signing_key

CONFIRMED, REFUSED, ROLLED_BACK = 1, 2, 3
GOOD = Terms(version=2)
SCRIPT = Path(__file__).parent / "offering.py"


@dataclass(frozen=True, kw_only=True)
class Case:
    """A release as it was signed, what was done to it then, and what becomes of it."""

    terms: Terms = GOOD
    key: str = "current"
    offered: int = 2
    battery_mv: int = 3700
    loses_every: int = 0
    spoil: Callable[[Path], object] = lambda _folder: None
    ending: int = REFUSED
    reason: str = ""


def edit(folder: Path, old: str, new: str) -> None:
    manifest = folder / "manifest"
    text = manifest.read_text()
    assert old in text
    manifest.write_text(text.replace(old, new))


def append_a_line(folder: Path) -> None:
    with (folder / "manifest").open("a") as manifest:
        manifest.write("file keys 0 0\n")


def flip_a_byte(folder: Path) -> None:
    module = folder / "binnode" / "module_3.mpy"
    content = bytearray(module.read_bytes())
    content[700] ^= 1
    module.write_bytes(content)


def lose_a_module(folder: Path) -> None:
    """A version that was built badly, and signed."""
    (folder / "binnode" / "start.py").write_text("import nothing_of_this_name\n")
    sign_folder(folder, GOOD, signing_key(), [])


def add(name: str, size: int = 0) -> Callable[[Path], object]:
    """Name a file that is not in the slot, or larger than it: signed, all the same."""

    def spoil(folder: Path) -> None:
        text = (folder / "manifest").read_text()
        head, _, _ = text.partition("signature ")
        lines = f"{head}file {name} {size} {'0' * 64}\n".encode()
        signature = sign(signing_key(), lines)
        (folder / "manifest").write_bytes(
            lines + f"signature {signature.hex()}\n".encode()
        )
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(b"")

    return spoil


CASES = {
    "good": Case(ending=CONFIRMED),
    "lossy": Case(loses_every=5, ending=CONFIRMED),
    "edited": Case(
        spoil=lambda folder: edit(folder, "battery_mv 3500", "battery_mv 3000"),
        reason="the signature is not valid",
    ),
    "appended": Case(
        spoil=append_a_line,
        reason="the manifest goes on behind its signature",
    ),
    "stranger": Case(key="stranger", reason="key {key} is not known here"),
    "older": Case(
        terms=replace(GOOD, version=1), offered=1, ending=CONFIRMED
    ),  # what runs already
    "downgrade": Case(
        terms=replace(GOOD, version=0),
        offered=0,
        reason="version 0 is not newer than 1",
    ),
    "disguised": Case(
        terms=replace(GOOD, version=1),
        offered=5,
        reason="version 5 was offered, the manifest has 1",
    ),
    "board": Case(
        terms=replace(GOOD, board="esp32c3"),
        reason="it is for board esp32c3, this is esp32",
    ),
    "revision": Case(
        terms=replace(GOOD, first_revision=2, last_revision=4),
        reason="it is not for hardware revision 1",
    ),
    "battery": Case(battery_mv=3499, reason="the battery has 3499 mV, 3500 are needed"),
    "damaged": Case(spoil=flip_a_byte, reason="binnode/module_3.mpy arrived damaged"),
    "outside": Case(
        spoil=add("binnode/../main.py"),
        reason="binnode/../main.py is outside the slot",
    ),
    "loader": Case(spoil=add("main.py"), reason="main.py is outside the slot"),
    "large": Case(spoil=add("binnode/big.mpy", 300_000), reason="it is too large: "),
    "broken": Case(spoil=lose_a_module, ending=ROLLED_BACK, reason="it did not run"),
}


@pytest.fixture(scope="module")
def endings(tmp_path_factory) -> dict[str, tuple[int, int, str]]:
    """Offer each to a bin of its own: how it ended, what runs then, and the reason."""
    folder = tmp_path_factory.mktemp("releases")
    prepare(folder, signing_key())
    words = []
    for name, case in CASES.items():
        write_application(folder / name, case.terms.version)
        sign_folder(folder / name, case.terms, signing_key(case.key), [])
        case.spoil(folder / name)
        words += [name, str(case.offered), str(case.battery_mv), str(case.loses_every)]
    lines = run_script(folder, SCRIPT, *words).splitlines()
    # Between them the console says what the broken one died of.
    said = [line.split(" ", 3)[1:] for line in lines if line.startswith("= ")]
    return {
        name: (int(ending), int(runs), reason)
        for name, (ending, runs, reason) in zip(CASES, said, strict=True)
    }


@pytest.mark.parametrize("name", CASES)
def test_an_offer_ends_as_it_should(name, endings):
    case = CASES[name]
    ending, runs, reason = endings[name]

    assert ending == case.ending
    assert runs == (2 if name in ("good", "lossy") else 1)
    key_id = id_of(signing_key(case.key).public_key())
    assert reason.startswith(case.reason.format(key=key_id))
