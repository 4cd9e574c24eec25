"""Make all files of the hardware and check them: python hardware/build.py OUT.

Ends with 1 if a check fails, after writing everything.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # when run as a script

from hardware.enclosure.build import build_boxes, say


def main() -> None:
    """Build into the folder that was given."""
    out = Path(sys.argv[1])
    sys.exit(bool(say(build_boxes(out / "enclosure"))))


if __name__ == "__main__":
    main()
