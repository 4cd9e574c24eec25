"""`ullage firmware` as a person meets it."""

import shutil

import pytest

from backend.firmware import choose_share
from tests.services.releases import make_release, offline

ADD_DEVICES = """
INSERT INTO device (device, kind)
SELECT 'bin-' || number, 'ullage-esp32' FROM generate_series(1, 40) AS number"""


def count(connection) -> int:
    return len(connection.execute("SELECT FROM device_update").fetchall())


def test_a_release_is_published_from_a_folder_or_a_zip_file(ullage, release, tmp_path):
    zipped = shutil.make_archive(
        str(tmp_path / "other"), "zip", make_release(tmp_path / "3", 3)
    )

    assert "version 2 for esp32: " in ullage("firmware", "publish", release).stdout
    assert "version 3 for esp32: " in ullage("firmware", "publish", zipped).stdout
    again = ullage("firmware", "publish", release)
    assert (again.returncode, "higher number" in again.stderr) == (2, True)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda folder: (folder / "keys").unlink(), "not a whole release"),
        (lambda folder: (folder / "main.py").unlink(), "not a whole release"),
        (lambda folder: (folder / "manifest").write_text("x"), "not understood"),
        (
            lambda folder: (folder / "binnode/start.py").write_text("x"),
            "start.py is not what the manifest says",
        ),
        (
            lambda folder: (folder / "manifest").write_text(
                (folder / "manifest").read_text().replace("3500", "3400")
            ),
            "the signature is not of key",
        ),
        (
            lambda folder: (folder / "manifest").write_text(
                (folder / "manifest").read_text().replace("binnode/", "../")
            ),
            "is not a file inside the slot",
        ),
    ],
    ids=["keys", "loader", "manifest", "module", "edited", "outside"],
)
def test_a_release_that_bins_would_refuse_is_not_published(release, spoil, reason):
    spoil(release)
    said = offline("firmware", "publish", release)

    assert said.returncode == 2
    assert reason in said.stderr


def test_a_share_is_always_the_same_and_grows(ullage, release, connection):
    connection.execute(ADD_DEVICES)
    ullage("firmware", "publish", release)

    ullage("firmware", "offer", 2, "--all", "--percent", 20)
    first = count(connection)
    ullage("firmware", "offer", 2, "--all", "--percent", 20)
    assert 0 < count(connection) == first < 40
    said = ullage("firmware", "offer", 2, "--all")

    assert count(connection) == 40
    assert f"{first} have it, or are at it" in said.stdout
    listed = ullage("firmware", "list").stdout
    assert "40 offered" in listed
    assert "40 of esp32 run a version not known yet" in listed


def test_a_share_is_about_what_was_asked_for_and_not_a_few_partitions():
    names = [f"bin-{number}" for number in range(10_000)]

    assert len(choose_share(names, 100)) == 10_000
    assert 400 < len(choose_share(names, 5)) < 600
    assert set(choose_share(names, 5)) < set(choose_share(names, 50))


def test_a_newer_offer_takes_the_place_of_one_that_is_under_way(
    ullage, release, connection, tmp_path
):
    connection.execute(ADD_DEVICES)
    ullage("firmware", "publish", release)
    ullage("firmware", "publish", make_release(tmp_path / "3", 3))
    ullage("firmware", "offer", 2, "bin-1", "bin-2")
    ullage("firmware", "offer", 3, "bin-1")

    listed = ullage("firmware", "list", "--devices").stdout
    assert "version 2 (esp32)" in listed
    assert "1 offered, 1 withdrawn" in listed
    assert "bin-1 withdrawn: another version was offered" in listed


def test_what_cannot_be_offered_says_why(ullage, release, connection):
    connection.execute(ADD_DEVICES)
    ullage("firmware", "publish", release)
    connection.execute("UPDATE firmware_release SET stop_reason = 'bin-7 went back'")

    for words, reason in (
        (("2",), "name the devices, or say --all"),
        (("9", "--all"), "there is no version 9 for esp32"),
        (("2", "--all"), "version 2 was stopped, bin-7 went back"),
    ):
        assert reason in ullage("firmware", "offer", *words).stderr
    connection.execute("UPDATE firmware_release SET stop_reason = NULL")
    said = ullage("firmware", "offer", 2, "bin-1", "bin-x")
    assert "there is no device bin-x" in said.stderr
    assert count(connection) == 0
