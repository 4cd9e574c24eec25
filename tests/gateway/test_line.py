"""When a batch is cut, and what is counted of it."""

import threading
import time

from gateway.broker.line import MESSAGE_BYTES, BatchLimits, Line, Pending

NEVER_S = 60.0


def pending(number: int, size: int = 10) -> Pending:
    return Pending(1, b"", str(number), bytes(size), time.monotonic())


def topics(batch: list[Pending]) -> list[str]:
    return [each.topic for each in batch]


def test_a_batch_ends_with_the_message_that_fills_it():
    line = Line(BatchLimits(payload_bytes=25, wait_s=NEVER_S, quiet_s=NEVER_S))
    line.put([pending(number) for number in range(6)])

    assert topics(line.take()) == ["0", "1", "2"]
    assert topics(line.take()) == ["3", "4", "5"]


def test_a_message_larger_than_a_batch_goes_alone():
    line = Line(BatchLimits(payload_bytes=25, wait_s=NEVER_S, quiet_s=NEVER_S))
    line.put([pending(0, size=100), pending(1, size=100)])

    assert topics(line.take()) == ["0"]


def test_when_nothing_more_comes_a_small_batch_goes():
    line = Line(BatchLimits(payload_bytes=10**6, wait_s=NEVER_S, quiet_s=0.001))
    line.put([pending(0)])

    assert topics(line.take()) == ["0"]


def test_when_more_comes_all_the_time_the_first_waits_no_longer_than_it_may():
    line = Line(BatchLimits(payload_bytes=10**6, wait_s=0.05, quiet_s=0.04))
    over = threading.Event()

    def put_all_the_time() -> None:
        while not over.wait(0.005):
            line.put([pending(1)])

    thread = threading.Thread(target=put_all_the_time)
    thread.start()
    began_s = time.monotonic()
    line.put([pending(0)])
    batch = line.take()
    waited_s = time.monotonic() - began_s
    over.set()
    thread.join()

    assert len(batch) > 1
    assert waited_s < 2  # and not for ever


def test_what_is_being_stored_is_held_until_it_is_settled():
    line = Line(BatchLimits())
    line.put([pending(0, size=30), pending(1, size=30)])
    line.close()

    line.take()
    held_bytes = line.held_bytes
    line.settle()

    assert held_bytes == 60 + 2 * MESSAGE_BYTES
    assert line.held_bytes == 0


def test_a_closed_line_gives_what_is_left_and_then_nothing():
    line = Line(BatchLimits())
    line.put([pending(0)])
    line.close()

    assert topics(line.take()) == ["0"]
    assert line.take() == []


def test_an_abandoned_line_holds_nothing_whatever_is_put_in():
    line = Line(BatchLimits())
    line.put([pending(0), pending(1)])

    line.abandon()
    line.put([pending(2)])

    assert line.held_bytes == 0
