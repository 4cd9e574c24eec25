"""The ESP32's `espnow` on the host: frames are datagrams on the loopback address.

The last two bytes of a station's address, `BIN_MAC`, are the port where it hears. The
air is a folder, `BIN_AIR`, with the channel of each station (`network` writes it). Who
is on another channel or has ended confirms nothing. As on the chip, what is there
confirms a frame before anybody reads it, be it understood or not; what is encrypted
with another key is dropped, and what is not encrypted at all is handed on.

`BIN_AIR_LOSES` numbers the frames, from 0, that are lost here though confirmed.
"""

import os
import select
import socket
import struct
from binascii import hexlify
from errno import ECONNREFUSED
from hashlib import sha256

from micropython import const

MAX_ENCRYPT_PEER_NUM = 6

_AIR = os.getenv("BIN_AIR", ".")
_MAC = bytes.fromhex(os.getenv("BIN_MAC", "020000000000"))
_LOST = os.getenv("BIN_AIR_LOSES", "").split()
_FRAME_BYTES_MAX = const(250)  # of version 1
_KEY_BYTES = const(16)
_MARK_BYTES = const(8)  # of a datagram, behind the sender: which key; zeros: none
_HEAD_BYTES = const(14)


class ESPNow:
    """The radio."""

    def __init__(self) -> None:
        self._marks: dict[bytes, bytes] = {}
        self._heard = 0
        self._ear: socket.socket | None = None

    def active(self, flag: bool) -> None:
        """Switch it on or off."""
        if self._ear:
            self._ear.close()
            self._ear = None
        if flag:
            self._ear = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self._ear.bind(_place_of(_MAC))
            self._poll = select.poll()
            self._poll.register(self._ear, select.POLLIN)

    def config(self, *, rxbuf: int = 526) -> None:
        """Make room for what nobody has read yet, from the next start on."""
        if self._ear:
            raise OSError("too late: it is active")

    def add_peer(self, mac: bytes, lmk: bytes | None = None) -> None:
        """Know a station, and the key that it encrypts with."""
        if lmk and len(lmk) != _KEY_BYTES:
            raise ValueError("invalid buffer length")
        if len(self._marks) >= MAX_ENCRYPT_PEER_NUM:
            raise OSError(-12391, "ESP_ERR_ESPNOW_FULL")
        self._marks[mac] = sha256(lmk).digest()[:_MARK_BYTES] if lmk else bytes(8)

    def send(self, mac: bytes, msg: bytes) -> bool:
        """Send, and tell whether it was confirmed."""
        if mac not in self._marks:
            raise OSError(-12393, "ESP_ERR_ESPNOW_NOT_FOUND")
        if not 0 < len(msg) <= _FRAME_BYTES_MAX:
            raise ValueError("invalid buffer length")
        if _channel_of(mac) != _channel_of(_MAC):
            return False
        way = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        try:
            way.connect(_place_of(mac))
            way.setblocking(False)
            way.send(_MAC + self._marks[mac] + msg)
            way.recv(1)
        except OSError as error:
            return error.errno != ECONNREFUSED
        finally:
            way.close()
        return True

    def recv(self, timeout_ms: int) -> "tuple[bytes | None, bytes | None]":
        """Wait for a frame; nothing when none comes in time."""
        while self._ear and self._poll.poll(timeout_ms):
            raw = self._ear.recv(_HEAD_BYTES + _FRAME_BYTES_MAX)
            mac, mark = raw[:6], raw[6:_HEAD_BYTES]
            self._heard += 1
            is_clear = mark == bytes(_MARK_BYTES)
            is_lost = str(self._heard - 1) in _LOST
            if not is_lost and (is_clear or self._marks.get(mac) == mark):
                return mac, raw[_HEAD_BYTES:]
        return None, None


def _place_of(mac: bytes) -> object:
    (port,) = struct.unpack("!H", mac[4:])
    return socket.getaddrinfo("127.0.0.1", port)[0][-1]


def _channel_of(mac: bytes) -> str:
    try:
        with open(_AIR + "/" + hexlify(mac).decode()) as file:
            return file.read()
    except OSError:
        return ""
