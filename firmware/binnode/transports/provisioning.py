"""The fields of `config.json` that only one of the ways to a gateway has."""

from collections import namedtuple

Relay = namedtuple("Relay", ("mac", "key"))
Cellular = namedtuple("Cellular", ("apn", "user", "password"))

MAC_BYTES = 6
KEY_BYTES = 16
# SIM7080 Series AT Command Manual V1.02, AT+CGDCONT: the APN.
_APN_LETTERS_MAX = 100


def check(content: "dict[str, object]") -> None:
    """Check the fields of the transport that is chosen.

    Raises
    ------
    ConfigError
        If one of them is missing or cannot be used; the message names it.
    """
    if content.get("transport") == "espnow":
        relay_of(content)
    elif content.get("transport") == "lte":
        cellular_of(content)


def relay_of(content: "dict[str, object]") -> Relay:
    """Read which relay, and the key that it shares with this bin."""
    mac = read_hex(content, "relay_mac", MAC_BYTES)
    return Relay(mac=mac, key=read_hex(content, "relay_key", KEY_BYTES))


def cellular_of(content: "dict[str, object]") -> Cellular:
    """Read how the SIM card's network is entered."""
    from binnode import config

    return Cellular(
        apn=_quotable(config.read_text(content, "apn", 1, _APN_LETTERS_MAX)),
        user=config.read_text(content, "apn_user", 0, 64, default=""),
        password=config.read_text(content, "apn_password", 0, 64, default=""),
    )


def read_hex(content: "dict[str, object]", name: str, size: int) -> bytes:
    """Read bytes of so many that are written in hexadecimal; colons may be between."""
    from binnode import config

    text = config.read_text(content, name, 2 * size, 3 * size - 1)
    try:
        raw = bytes.fromhex(text.replace(":", ""))
    except ValueError:
        raw = b""
    if len(raw) != size:
        raise config.ConfigError(f"{name}: {size} bytes in hexadecimal wanted")
    return raw


def _quotable(apn: str) -> str:
    """Refuse what would end the text in a command, or the command."""
    from binnode import config

    for letter in apn:
        if letter == '"' or not "!" <= letter <= "~":
            raise config.ConfigError(f"apn: {letter!r} cannot be in it")
    return apn
