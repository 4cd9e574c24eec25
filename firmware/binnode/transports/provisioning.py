"""The fields of `config.json` that only one of the ways to a gateway has."""

MAC_BYTES = 6
KEY_BYTES = 16
# SIM7080 Series AT Command Manual V1.02, AT+CGDCONT: the APN.
_APN_LETTERS_MAX = 100


def complete(content: "dict[str, object]") -> "dict[str, object]":
    """Check the fields of the transport that is chosen; add what it leaves open.

    By ESP-NOW a bin may do without Wi-Fi and broker, by LTE-M without Wi-Fi.

    Raises
    ------
    ConfigError
        If one of them is missing or cannot be used; the message names it.
    """
    whole: dict[str, object] = {"networks": {}}
    if content["transport"] == "espnow":
        whole["broker_host"] = ""
        read_hex(content, "relay_mac", MAC_BYTES)
        read_hex(content, "relay_key", KEY_BYTES)
    else:
        _check_cellular(content)
    whole.update(content)
    return whole


def _check_cellular(content: "dict[str, object]") -> None:
    _check_quotable(_text(content, "apn", 1, _APN_LETTERS_MAX))
    for name in ("apn_user", "apn_password"):
        _text(content, name, 0, 64)


def read_hex(content: "dict[str, object]", name: str, size: int) -> bytes:
    """Read bytes of so many that are written in hexadecimal; colons may be between."""
    from binnode import config

    text = _text(content, name, 2 * size, 3 * size - 1)
    try:
        raw = bytes.fromhex(text.replace(":", ""))
    except ValueError:
        raw = b""
    if len(raw) != size:
        raise config.ConfigError(f"{name}: {size} bytes in hexadecimal wanted")
    return raw


def _check_quotable(apn: str) -> None:
    """Refuse what would end the text in a command, or the command."""
    from binnode import config

    for letter in apn:
        if letter == '"' or not "!" <= letter <= "~":
            raise config.ConfigError(f"apn: {letter!r} cannot be in it")


def _text(content: "dict[str, object]", name: str, shortest: int, longest: int) -> str:
    """Read a text; one that may be empty may be missing."""
    from binnode import config

    value = content.get(name, None if shortest else "")
    if not isinstance(value, str) or not shortest <= len(value) <= longest:
        wanted = f"{shortest} to {longest} characters wanted"
        raise config.ConfigError(f"{name}: {wanted}, not {value!r}")
    return value
