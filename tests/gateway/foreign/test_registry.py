"""Adding a device type is adding one file."""

import textwrap

import pytest

from gateway.errors import PayloadError
from gateway.foreign import devices
from gateway.foreign.opening import open_payload
from gateway.foreign.registry import find_decoders
from gateway.wire.message import Record
from tests.services.uplinks import chirpstack
from tests.services.wire import NOON

ONE_FILE = '''
"""A sensor that says its distance in one byte, in centimetres."""

from gateway.foreign.uplink import Measured

KINDS = ("acme-one-byte",)


def decode(uplink):
    yield Measured(distance_mm=10 * uplink.payload[0])
'''


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder whose files count as modules of `gateway.foreign.devices`."""
    monkeypatch.setattr(devices, "__path__", [*devices.__path__, str(tmp_path)])
    find_decoders.cache_clear()
    yield tmp_path
    find_decoders.cache_clear()


def test_a_new_file_alone_is_a_new_kind(folder):
    (folder / "acme.py").write_text(textwrap.dedent(ONE_FILE))

    message = open_payload("x", chirpstack(b"\x51"), NOON, kind="acme-one-byte")

    (record,) = message.records
    assert isinstance(record, Record)
    assert record.distance_mm == 810


def test_a_fault_of_a_decoder_costs_its_own_frame_only(folder):
    (folder / "acme.py").write_text(textwrap.dedent(ONE_FILE))

    with pytest.raises(PayloadError, match="the decoder failed: IndexError"):
        open_payload("x", chirpstack(b""), NOON, kind="acme-one-byte")


def test_two_files_for_one_kind_are_noticed(folder):
    (folder / "acme_2.py").write_text(ONE_FILE.replace("acme-one-byte", "json"))

    with pytest.raises(ValueError, match="json is decoded by another module"):
        find_decoders()


def test_every_module_says_where_its_format_is_published():
    for decoder in find_decoders().values():
        module = __import__(decoder.__module__, fromlist=["decode"])
        assert "Source: " in (module.__doc__ or "")
