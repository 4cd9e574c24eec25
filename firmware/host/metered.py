"""Run `main.py` and note what takes energy; the stand-ins know nothing of it.

Each line of the file `notes` is how long the wake has paused so far, in us, and since
when it runs in real time, in ms, then what begins or was over at that moment:

    pin N L             pin N has level L
    nap, awake          light sleep
    radio 1, radio 0    Wi-Fi on and off
    scan, join, joined  a look around; joining, until there is a network and an address
    found               the broker: its name was looked up, and a connection opened
    fast                the processor runs as fast as it can from here on
    tls                 a handshake begins
    heard               a peer answered
    unheard N           none did within N ms
    sleep N             deep sleep for N ms
"""

import select
import sys
import time

import machine  # type: ignore[import-not-found]
import network  # type: ignore[import-not-found]
import utime  # type: ignore[import-not-found]

_notes = open("notes", "w")  # noqa: SIM115 - until the process ends
_STARTED = utime.ticks_ms()


def note(*words):
    """Write a line at once: a wake may be cut off."""
    real_ms = utime.ticks_diff(utime.ticks_ms(), _STARTED)
    paused_us = time._skipped_us  # noqa: SLF001 - the one clock without real time in it
    _notes.write("%d %d %s\n" % (paused_us, real_ms, " ".join(map(str, words))))


class Poll:
    """What `select.poll` gives, for one stream: a session waits here, nowhere else."""

    def __init__(self):
        self._poll = select.poll()

    def register(self, stream):
        """Wait for this one from now on: it was connected just now."""
        note("found")
        if type(stream).__name__ == "SSLSocket":
            note("tls")
        self._poll.register(stream)

    def modify(self, stream, events):
        """Wait for these events."""
        self._poll.modify(stream, events)

    def poll(self, wait_ms):
        """Wait."""
        ready = self._poll.poll(wait_ms)
        note(*(("heard",) if ready else ("unheard", wait_ms)))
        return ready


class Select:
    """As much of `select` as `stream` takes."""

    POLLIN, POLLOUT = select.POLLIN, select.POLLOUT
    poll = Poll


def before(owner, name, say):
    """Say something whenever a function is called, then call it."""
    own = getattr(owner, name)

    def noted(*args, **named):
        say(*args, **named)
        return own(*args, **named)

    setattr(owner, name, noted)


def say_pin(pin, number, mode=-1, value=None):
    """Note the level that a pin is given."""
    if value is not None:
        note("pin", number, value)


def say_radio(station, is_active=None):
    """Note that Wi-Fi is switched."""
    if is_active is not None:
        note("radio", int(is_active))


def nap(time_ms=0, own=machine.lightsleep):
    """Sleep lightly, between two notes."""
    note("nap")
    own(time_ms)
    note("awake")


_joining = []


def join(station, *args, **named):
    """Note that joining begins."""
    note("join")
    _joining.append(1)


def is_joined(station, own=network.WLAN.isconnected):
    """Note when there is a network for the first time."""
    found = own(station)
    if found and _joining:
        _joining.clear()
        note("joined")
    return found


before(machine.Pin, "__init__", say_pin)
before(machine, "deepsleep", lambda time_ms=0: note("sleep", time_ms))
before(machine, "freq", lambda hz: note("fast"))
before(network.WLAN, "active", say_radio)
before(network.WLAN, "scan", lambda station: note("scan"))
before(network.WLAN, "connect", join)
machine.lightsleep = nap
network.WLAN.isconnected = is_joined
sys.modules["select"] = Select

import main  # noqa: E402, F401 - this is the wake
