"""Ten million frames, guided by coverage: no crash, no growth of memory.

    python -m venv /tmp/fuzz && /tmp/fuzz/bin/pip install atheris
    export PYTHONPATH=.
    /tmp/fuzz/bin/python tests/fuzz/with_atheris.py /tmp/corpus -runs=10000000

atheris is nobody's dependency. A line a million inputs says how much memory there is.
"""

import json
import resource
import sys
import time
from pathlib import Path

import atheris

with atheris.instrument_imports():
    import gateway.foreign.opening  # noqa: F401
    from tests.fuzz.frames import KINDS, PORTS, WAYS, feed

SEEDS = (
    "01755C03670101048244080500 01",
    "8367e800018482410601",
    "0D3B0AEF00000001",
    "02012f000304d200010bb1",
    "ff0bffff0101ff166749d19054690031ff090110ff0a0101",
)
TEXTS = (
    b'{"v":1,"records":[{"measured_at":"2026-01-05T12:00:00Z","distance_mm":640}]}',
    b'{"device":"bin-1","Container height":120,"Actual filling percentage":40}',
    b'{"device":"bin-1","1":120,"2":40,"5518":1767614399}',
    b'{"senml":[{"bn":"/3435/0/","bt":1767614399,"n":"1","v":120},{"n":"2","v":40}]}',
)
REPORT_EVERY = 1_000_000
fed = 0
began_s = time.monotonic()


def feed_bytes(data: bytes) -> None:
    """Let the first byte choose the way and the kind, the rest is what is said."""
    global fed  # noqa: PLW0603 - atheris calls a function of bytes, for ever
    fed += 1
    if data:
        rest, way = divmod(data[0], len(WAYS))
        feed(
            WAYS[way],
            KINDS[rest % len(KINDS)],
            data[1:],
            port=PORTS[len(data) % len(PORTS)],
        )
    if fed % REPORT_EVERY == 0:
        kib = int(Path("/proc/self/statm").read_text().split()[1]) * 4
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        line = {"inputs": fed, "s": round(time.monotonic() - began_s), "rss_kib": kib}
        sys.stderr.write(json.dumps(line | {"peak_kib": peak}) + "\n")


def write_seeds(folder: Path) -> None:
    """Begin with the frames that the makers publish."""
    folder.mkdir(exist_ok=True)
    for number, seed in enumerate((*map(bytes.fromhex, SEEDS), *TEXTS)):
        for first in range(len(WAYS) * len(KINDS)):
            (folder / f"seed-{number}-{first}").write_bytes(bytes([first]) + seed)


if __name__ == "__main__":
    write_seeds(Path(sys.argv[1]))
    atheris.Setup(sys.argv, feed_bytes)
    atheris.Fuzz()
