"""What reads a manifest before its signature is known, and what may be named in one."""

import pytest
from binnode.updates import manifest, verifying
from binnode.updates.refusal import Refusal
from hypothesis import given, settings
from hypothesis import strategies as st

HEAD = """ullage 1
version 7
board esp32
revisions 1 2
battery_mv 3500
key 01234567
"""


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    return tmp_path_factory.mktemp("slot") / "manifest"


def test_a_head_is_read(path):
    path.write_text(HEAD)

    assert manifest.read_head(str(path)) == (7, "esp32", 1, 2, 3500, "01234567")
    assert manifest.read_version(str(path)) == 7


@pytest.mark.parametrize("line", HEAD.splitlines(keepends=True))
def test_a_head_that_lacks_a_line_is_refused(line, path):
    path.write_text(HEAD.replace(line, ""))

    with pytest.raises(Refusal, match=f"the manifest has no {line.split()[0]}"):
        manifest.read_head(str(path))
    assert manifest.read_version(str(path)) == 0


def test_a_later_format_is_refused(path):
    path.write_text(HEAD.replace("ullage 1", "ullage 2"))

    with pytest.raises(Refusal, match="another format"):
        manifest.read_head(str(path))


@settings(max_examples=100, deadline=None)
@given(raw=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_whatever_it_holds_it_is_refused_and_not_signed(path, raw):
    for content in (raw, HEAD.encode() + raw):
        path.write_bytes(content)
        with pytest.raises((Refusal, ValueError)):
            verifying.check_signature(str(path), str(path.with_name("keys")))


@pytest.mark.parametrize("name", ["keys", "binnode/wake.mpy", "binnode/updates/x.mpy"])
def test_names_inside_the_slot_are_taken(name):
    manifest.check_name(name)


@pytest.mark.parametrize(
    "name",
    [
        *("main.py", "/main.py", "../main.py", "binnode", "binnode/", "binnode//x"),
        *("binnode/../../slot", "binnode/./x", "manifest", "offer", "refused", ""),
        *("/binnode/x", "keys/x", "..", "b/binnode/x"),
    ],
)
def test_names_outside_the_slot_are_refused(name):
    with pytest.raises(Refusal):
        manifest.check_name(name)
