"""Count, for each kind of slip, how many SKiDL's electrical rule check finds alone.

Runs in the hardware's own environment: `.venv-hardware/bin/python -m
benchmarks.hardware.skidl_alone COUNT SEED` prints JSON, the share of each kind.
"""

import json
import sys
from collections import Counter

from benchmarks.hardware.mutants import draw_mutants, list_mutants
from hardware.circuit.circuit import build_circuit, check_circuit
from hardware.design.placed import Sources, every_device, load_sources


def is_found(sources: Sources) -> bool:
    """Tell whether SKiDL says anything of any device, or cannot even build one."""
    try:
        return any(
            check_circuit(build_circuit(device), device=device)
            for device in every_device(sources)
        )
    except KeyError:  # a pin that does not exist
        return True


def main() -> None:
    """Draw, look, and print."""
    count, seed = map(int, sys.argv[1:])
    sources = load_sources()
    drawn = draw_mutants(list_mutants(sources), count, seed=seed)
    of_kind = Counter(each.kind for each in drawn)
    found = Counter(each.kind for each in drawn if is_found(each.apply(sources)))
    shares = {kind: found[kind] / number for kind, number in of_kind.items()}
    sys.stdout.write(json.dumps(shares) + "\n")


if __name__ == "__main__":
    main()
