"""SKiDL, imported without what it says of KiCad's libraries, which nothing here needs.

It also opens log files beside whoever imports it; they are removed at once.
"""

import io
import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout

with redirect_stderr(io.StringIO()), warnings.catch_warnings():
    # Its strings have escapes that newer Pythons warn of.
    warnings.simplefilter("ignore")
    import skidl
    from skidl.logger import erc_logger, rt_logger, stop_log_file_output

stop_log_file_output()
# It notes for each part and net by which lines it was made, which takes longer than all
# else; here that is always the same line.
skidl.circuit.get_skidl_trace = list
LOGGERS = (erc_logger, rt_logger)
for _each in LOGGERS:
    for _handler in list(_each.handlers):
        _each.removeHandler(_handler)

__all__ = ["listening", "skidl"]


class _Listener(logging.Handler):
    def __init__(self, said: list[str]) -> None:
        super().__init__(level=logging.WARNING)
        self._said = said

    def emit(self, record: logging.LogRecord) -> None:
        self._said.append(record.getMessage())


@contextmanager
def listening() -> Iterator[list[str]]:
    """Gather what it warns of, instead of printing it."""
    said: list[str] = []
    listener = _Listener(said)
    for each in LOGGERS:
        each.addHandler(listener)
    try:
        with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
            yield said
    finally:
        for each in LOGGERS:
            each.removeHandler(listener)
