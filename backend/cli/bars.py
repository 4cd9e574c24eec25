"""How far a long command is: a bar where somebody watches, plain lines else."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TextIO

from backend.city.telling import Tell

_BAR_COLUMNS = 24
_REDRAW_S = 0.1
_PLAIN_S = 10.0
_CLEAR_REST = "\x1b[K"


@contextmanager
def showing_progress(stream: TextIO) -> Iterator[Tell]:
    """Show steps and their shares on a stream, each step's seconds when it is done."""
    bars = _Bars(stream=stream, is_terminal=stream.isatty())
    try:
        yield bars.tell
    finally:
        bars.break_off()


@dataclass(kw_only=True, slots=True)
class _Bars:
    stream: TextIO
    is_terminal: bool
    step: str = ""
    begun_s: float = 0.0
    shown_s: float = 0.0

    def tell(self, step: str, share: float, detail: str = "") -> None:
        now_s = time.monotonic()
        if step != self.step:
            if self.step:
                # That another has begun says that it is done.
                self._finish("")
            self.step, self.begun_s = step, now_s
            self.shown_s = 0.0 if self.is_terminal else now_s
        pause_s = _REDRAW_S if self.is_terminal else _PLAIN_S
        if share >= 1.0:
            self._finish(detail)
        elif now_s - self.shown_s >= pause_s:
            self.shown_s = now_s
            self._show(step, share, detail)

    def break_off(self) -> None:
        """Leave a bar that will not be finished on a line of its own."""
        if self.step and self.is_terminal:
            self.stream.write("\n")
        self.step = ""

    def _finish(self, detail: str) -> None:
        took_s = time.monotonic() - self.begun_s
        line = f"{self.step}: {took_s:.1f} s  {detail}".rstrip()
        self.stream.write(
            f"\r{line}{_CLEAR_REST}\n" if self.is_terminal else line + "\n"
        )
        self.stream.flush()
        self.step = ""

    def _show(self, step: str, share: float, detail: str) -> None:
        if not self.is_terminal:
            self.stream.write(f"{step}: {share:.0%}  {detail}".rstrip() + "\n")
        else:
            filled = "#" * round(share * _BAR_COLUMNS)
            line = f"[{filled:<{_BAR_COLUMNS}}] {share:4.0%}  {step}  {detail}"
            text = line[: shutil.get_terminal_size().columns - 1]
            self.stream.write(f"\r{text}{_CLEAR_REST}")
        self.stream.flush()
