"""How far a long command is, on a terminal and in a log."""

import io

import pytest

from backend.cli.bars import showing_progress


class Terminal(io.StringIO):
    """A stream that somebody watches."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_a_bar_and_then_what_each_step_took():
    stream = Terminal()

    with showing_progress(stream) as tell:
        tell("download", 0.5, "1.0 of 2.0 MB")
        tell("download", 1.0, "2.0 of 2.0 MB")

    drawn, done = stream.getvalue().removeprefix("\r").split("\r")
    assert "[############            ]  50%  download  1.0 of 2.0 MB" in drawn
    assert done.startswith("download: 0.0 s  2.0 of 2.0 MB")
    assert done.endswith("\n")


def test_a_bar_is_not_drawn_oftener_than_an_eye_can_follow():
    stream = Terminal()

    with showing_progress(stream) as tell:
        for share in range(1000):
            tell("graph", share / 1000)

    assert stream.getvalue().count("graph") < 20


def test_a_log_gets_one_line_a_step():
    stream = io.StringIO()

    with showing_progress(stream) as tell:
        for step in ("reading streets", "graph"):
            tell(step, 0.0)
            tell(step, 0.5)
        tell("graph", 1.0)

    assert stream.getvalue() == "reading streets: 0.0 s\ngraph: 0.0 s\n"


def test_what_breaks_off_leaves_the_error_a_line_of_its_own():
    stream = Terminal()

    def fail() -> None:
        with showing_progress(stream) as tell:
            tell("graph", 0.1)
            raise KeyError

    with pytest.raises(KeyError):
        fail()

    assert stream.getvalue().endswith("\n")
    assert "graph: 0.0 s" not in stream.getvalue()
