"""Which module decodes which kind of device: found by looking, not by a list."""

from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from gateway.foreign import devices
from gateway.foreign.uplink import Measured, Uplink

Decoder = Callable[[Uplink], Iterable[Measured]]


@cache
def find_decoders() -> Mapping[str, Decoder]:
    """Import the modules of `gateway.foreign.devices`; return who decodes what."""
    found: dict[str, Decoder] = {}
    for each in sorted(iter_modules(devices.__path__), key=lambda module: module.name):
        module = import_module(f"{devices.__name__}.{each.name}")
        for kind in module.KINDS:
            if kind in found:
                raise ValueError(f"{each.name}: {kind} is decoded by another module")
            found[kind] = module.decode
    return found


def list_kinds() -> str:
    """List the known kinds in one line."""
    return ", ".join(sorted(find_decoders()))
