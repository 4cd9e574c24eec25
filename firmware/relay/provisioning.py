"""What a relay must be told: `config.json`, as a bin has it, and which bins it serves.

Its `device` is the relay's name and user at the broker.
"""

from collections import namedtuple

from binnode import config
from binnode.transports.provisioning import KEY_BYTES, MAC_BYTES, read_hex

Settings = namedtuple("Settings", ("session", "bins"))
Bin = namedtuple("Bin", ("device", "mac", "key"))


def load(path: str, bins_max: int) -> Settings:
    """Read and check the file.

    Raises
    ------
    ConfigError
        If a field cannot be used, a bin is there twice, or there are more of them than
        the chip can talk to encrypted.
    """
    content = config.read(path)
    listed = content.get("bins")
    if not isinstance(listed, list) or not 1 <= len(listed) <= bins_max:
        raise config.ConfigError(f"bins: a list of 1 to {bins_max} is wanted")
    bins = [_read_bin(each, content) for each in listed]
    for field in ("device", "mac"):
        if len({getattr(each, field) for each in bins}) < len(bins):
            raise config.ConfigError(f"bins: a {field} is there twice")
    return Settings(session=config.parse(content), bins=bins)


def _read_bin(content: object, relay: dict[str, object]) -> Bin:
    if not isinstance(content, dict):
        raise config.ConfigError("bins: each is an object with device, mac and key")
    named = dict(relay)
    named["device"] = content.get("device")
    return Bin(
        device=config.parse(named).device,
        mac=read_hex(content, "mac", MAC_BYTES),
        key=read_hex(content, "key", KEY_BYTES),
    )
