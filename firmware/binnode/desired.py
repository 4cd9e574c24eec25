"""Settings that the backend desires: applied and answered (`docs/payload.md`)."""

import json

import binnode
from binnode import config, payload, wish
from binnode.updates.manifest import read_version

# What a mistake in would cut a device off for ever.
_FIXED = (
    "device",
    "transport",
    "networks",
    "broker_host",
    "broker_port",
    "user",
    "password",
    "tls",
)


def tell(board: str) -> bytes:
    """Say what we are, which settings we go by, and what of them was refused."""
    revision, desired = read()
    _, refused = apply(config.read(config.PATH), desired)
    taken = {name: value for name, value in desired.items() if name not in refused}
    answer = {
        "v": payload.VERSION,
        "revision": revision,
        "firmware": read_version(f"{binnode.slot}/manifest"),
        "board": board,
        "settings": taken,
        "refused": refused,
    }
    return json.dumps(answer).encode()


def read() -> tuple[int, dict[str, object]]:
    """Read what the backend desired last: the revision, and the settings."""
    try:
        with open(wish.PATH) as file:
            kept = json.load(file)
        if isinstance(kept["settings"], dict) and kept["revision"] > 0:
            return kept["revision"], kept["settings"]
    except (OSError, ValueError, KeyError, TypeError):
        pass  # there is none yet, or the file system lost it: it is desired again
    return 0, {}


def apply(
    content: dict[str, object], desired: dict[str, object]
) -> tuple[config.Config, dict[str, str]]:
    """Check what is desired, field by field; tell why something is refused.

    The rules are those of the provisioning file; what is refused stays as that has it.
    """
    settings = config.parse(content)
    refused: dict[str, str] = {}
    for name in desired:
        if name in _FIXED:
            refused[name] = "only in config.json"
            continue
        wished = dict(content)
        wished[name] = desired[name]
        try:
            checked = config.parse(wished)
        except config.ConfigError as error:
            refused[name] = str(error)
            continue
        if getattr(checked, name, None) == desired[name]:
            content, settings = wished, checked
        else:
            refused[name] = "not known to this firmware"
    return settings, refused
