"""What a wake and a day take of the battery, from notes of real wakes.

`host/metered.py` notes what the unchanged firmware does; here each phase is charged as
others measured it (`published.py`). The firmware's own pauses count as they are. A peer
on the host's network is nearer than one by Wi-Fi: an answer counts as a round trip of
the published measurements, silence as long as it was waited for.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from binnode.pins import SENSOR_POWER

from sim import published as known

MC_A_MAH = 3600.0
DAY_S = 86400.0

BOOT, START, CODE = "boot", "file system and main.py", "own code"
AWAKE, NAP, SENSOR = "awake", "light sleep", "range sensor"
SCAN, JOIN, ADDRESS = "scan", "join", "waiting for an address"
HANDSHAKE, SESSION = "handshake", "session"
RETRIES, ASLEEP = "retries", "deep sleep"

RADIO = (SCAN, JOIN, ADDRESS, HANDSHAKE, SESSION)
# The sensor is powered beside what the chip does; in light sleep that is not awake.
NOT_AWAKE = (NAP, SENSOR, ASLEEP)

_JOINING = known.WITH_STATIC_IP.beyond(known.BOOT)
_AIR_MA = known.air_ma(known.WITH_MQTT, known.WITH_DHCP, known.WITH_POST)
# A message of QoS 0 waits twice: for the connection, and for the broker's greeting.
_ROUND_TRIP_S = known.WITH_MQTT.beyond(known.WITH_STATIC_IP).duration_s / 2
_LOOK_UP_AND_CONNECT = 2
# TLS 1.2 (RFC 5246, section 7.3); the assumed duration has them.
_ROUND_TRIPS_OF_A_HANDSHAKE = 2


@dataclass(frozen=True, kw_only=True, slots=True)
class Phase:
    """One kind of thing that takes charge, all of it together."""

    name: str
    duration_s: float
    charge_mc: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Metered:
    """A wake."""

    phases: tuple[Phase, ...]

    @property
    def charge_mc(self) -> float:
        """Tell what it takes, deep sleep after it not included."""
        return sum(each.charge_mc for each in self.phases)

    @property
    def awake_s(self) -> float:
        """Tell for how long the chip is awake: neither in light nor in deep sleep."""
        return sum(p.duration_s for p in self.phases if p.name not in NOT_AWAKE)

    @property
    def whole_s(self) -> float:
        """Tell the time from one deep sleep to the next."""
        return sum(p.duration_s for p in self.phases if p.name != SENSOR)

    @property
    def has_reported(self) -> bool:
        """Tell whether it was connected to a broker."""
        return any(each.name == SESSION for each in self.phases)


@dataclass(frozen=True, kw_only=True, slots=True)
class Day:
    """A mean day."""

    phases: tuple[Phase, ...]

    @property
    def mah(self) -> float:
        """Tell what it takes."""
        return sum(each.charge_mc for each in self.phases) / MC_A_MAH


@dataclass(frozen=True, kw_only=True, slots=True)
class _Note:
    """`paused_s` since the start of the wake, and how long it really took till then."""

    paused_s: float
    real_s: float
    word: str
    number: int
    level: int


@dataclass(kw_only=True, slots=True)
class _Account:
    """What each phase took, and what the chip is at."""

    taken: dict[str, tuple[float, float]] = field(default_factory=dict)
    state: str = AWAKE
    is_sensor_on: bool = False
    is_fast: bool = False
    joining_s: float = 0.0
    free_answers: int = 0
    joined_at_s: float | None = None

    def add(self, name: str, duration_s: float, current_ma: float) -> None:
        if self.is_fast and name not in NOT_AWAKE:
            current_ma += known.FAST_MORE_MA
        seconds, charge_mc = self.taken.get(name, (0.0, 0.0))
        seconds += duration_s
        self.taken[name] = (seconds, charge_mc + duration_s * current_ma)

    def phases(self) -> Iterator[Phase]:
        for name, (seconds, charge_mc) in self.taken.items():
            if seconds:
                yield Phase(name=name, duration_s=seconds, charge_mc=charge_mc)


def read_wake(bin_dir: Path) -> Metered:
    """Meter the last wake of a bin, which has to be `is_metered`."""
    return meter((bin_dir / "notes").read_text("ascii").splitlines())


def meter(lines: Iterable[str]) -> Metered:
    """Charge every phase of a wake; lines are those of `host/metered.py`."""
    account = _Account()
    for measured, name in (
        (known.BOOT, BOOT),
        (known.FLASH_KEYS, BOOT),
        (known.START, START),
    ):
        account.add(name, measured.duration_s, measured.own_ma)
    account.add(CODE, known.CODE_S, known.AWAKE_MA)
    before_s = 0.0
    for note in map(_parse, lines):
        _charge_pause(account, note.paused_s - before_s)
        _charge_moment(account, note)
        before_s = note.paused_s
    return Metered(phases=tuple(account.phases()))


def day(
    wakes: Iterable[Metered],
    *,
    days: float = 1.0,
    asleep_ua: float = known.ASLEEP_UA,
    retried: float = known.RETRIED,
) -> Day:
    """Sum up all wakes of some days to a mean one.

    Parameters
    ----------
    asleep_ua
        What the whole board takes in deep sleep.
    retried
        The share of reports that are made twice.
    """
    account = _Account()
    for wake in wakes:
        for phase in wake.phases:
            _add_share(account, phase.name, phase, 1 / days)
            if phase.name in RADIO:
                _add_share(account, RETRIES, phase, retried / days)
    awake_s = sum(
        seconds for name, (seconds, _) in account.taken.items() if name != SENSOR
    )
    account.add(ASLEEP, DAY_S - awake_s, asleep_ua / 1000)
    return Day(phases=tuple(account.phases()))


def _add_share(account: _Account, name: str, phase: Phase, share: float) -> None:
    mean_ma = phase.charge_mc / phase.duration_s
    account.add(name, phase.duration_s * share, mean_ma)


def _parse(line: str) -> _Note:
    paused_us, real_ms, word, *values = line.split()
    number, level = ([int(each) for each in values] + [0, 0])[:2]
    return _Note(
        paused_s=int(paused_us) / 1e6,
        real_s=int(real_ms) / 1000,
        word=word,
        number=number,
        level=level,
    )


def _charge_pause(account: _Account, pause_s: float) -> None:
    """Charge the time between two notes to what the chip was at."""
    if account.is_sensor_on:
        account.add(SENSOR, pause_s, known.SENSOR_MA)
    if account.state != JOIN:
        account.add(account.state, pause_s, _CURRENTS_MA[account.state])
        return
    joining_s = min(pause_s, _JOINING.duration_s - account.joining_s)
    account.joining_s += joining_s
    account.add(JOIN, joining_s, _JOINING.own_ma)
    account.add(ADDRESS, pause_s - joining_s, _AIR_MA)


_CURRENTS_MA: Mapping[str, float] = {
    AWAKE: known.AWAKE_MA,
    NAP: known.LIGHT_SLEEP_MA,
    SCAN: _AIR_MA,
    SESSION: _AIR_MA,
}
_STATES = {"nap": NAP, "awake": AWAKE, "scan": SCAN, "join": JOIN, "joined": SESSION}


def _charge_moment(account: _Account, note: _Note) -> None:
    """Take note of what begins, and charge what took none of the firmware's pauses."""
    account.state = _STATES.get(note.word, account.state)
    match note.word:
        case "pin" if note.number == SENSOR_POWER:
            account.is_sensor_on = bool(note.level)
        case "radio" if not note.number:
            _end_session(account, note)
        case "fast":
            account.is_fast = True
        case "join":
            account.joining_s = 0.0
        case "joined":
            account.joined_at_s = note.real_s
        case "found":
            account.joined_at_s = None
            account.add(SESSION, _LOOK_UP_AND_CONNECT * _ROUND_TRIP_S, _AIR_MA)
        case _:
            _charge_answer(account, note)


def _charge_answer(account: _Account, note: _Note) -> None:
    match note.word:
        case "tls":
            account.free_answers = _ROUND_TRIPS_OF_A_HANDSHAKE
            share = known.FAST_SHARE if account.is_fast else 1.0
            account.add(HANDSHAKE, share * known.HANDSHAKE_S, known.HANDSHAKE_MA)
        case "heard" if account.free_answers:
            account.free_answers -= 1
        case "heard":
            account.add(SESSION, _ROUND_TRIP_S, _AIR_MA)
        case "unheard":
            account.add(SESSION, note.number / 1000, _AIR_MA)


def _end_session(account: _Account, note: _Note) -> None:
    """Switch Wi-Fi off; who never found the broker has waited for it in real time."""
    if account.joined_at_s is not None:
        account.add(SESSION, note.real_s - account.joined_at_s, _AIR_MA)
    account.joined_at_s = None
    account.state = AWAKE
