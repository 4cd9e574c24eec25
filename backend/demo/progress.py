"""What the terminal shows while the demo starts."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(kw_only=True, slots=True)
class Progress:
    """One line a step, with the seconds it took."""

    steps: int
    step: int = 0
    started_s: float = field(default_factory=time.monotonic)

    @contextmanager
    def doing(self, what: str) -> Iterator[None]:
        """Announce a step, and finish its line when it is done."""
        self.step += 1
        begun_s = time.monotonic()
        sys.stdout.write(f"[{self.step}/{self.steps}] {what} … ")
        sys.stdout.flush()
        try:
            yield
        except BaseException:
            sys.stdout.write("failed\n")
            sys.stdout.flush()
            raise
        sys.stdout.write(f"{time.monotonic() - begun_s:.1f} s\n")
        sys.stdout.flush()

    def ready(self, url: str) -> None:
        """Print the line that scripts wait for."""
        took_s = time.monotonic() - self.started_s
        sys.stdout.write(
            f"\n  console  {url}/\n  drivers  {url}/drive\n"
            f"  started in {took_s:.1f} s; Ctrl-C ends it\n\nready {url}\n"
        )
        sys.stdout.flush()
