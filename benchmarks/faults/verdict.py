"""What the database has, beside what the bins made."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import psycopg

from benchmarks.faults.told import Reporter

COUNT = """
SELECT device, epoch, count(*), count(DISTINCT seq)
FROM reading JOIN device USING (device_id) GROUP BY device, epoch"""
# Bins write each record's number into its distance.
COUNT_WRONG = """
SELECT count(*) FROM reading WHERE distance_mm IS DISTINCT FROM 100 + seq % 4000"""
COUNT_GAPS = "SELECT count(*) FROM reading_gap"
# A record that a jumped clock dated in the future is not believed but kept.
COUNT_SET_ASIDE = """
SELECT split_part(topic, '/', 4), count(*) FROM rejected_message GROUP BY 1"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Verdict:
    """Counts of records over all bins; `resent` are sends beyond the first of each."""

    made: int
    lost: int
    doubled: int
    wrong: int
    gaps: int
    set_aside: int
    resent: int
    torn: int
    ahead: int
    epochs: int

    @property
    def resent_pct(self) -> float:
        """Return the repeated sends as a share of what was made."""
        return 100 * self.resent / max(1, self.made)


def judge(conn: psycopg.Connection, bins: Sequence[Reporter]) -> Verdict:
    """Compare, once every bin has finished."""
    told = {each.name: each.tell() for each in bins}
    made = {
        (name, epoch): count
        for name, each in told.items()
        for epoch, count in each.made.items()
    }
    rows: Counter[tuple[str, int]] = Counter()
    places: Counter[tuple[str, int]] = Counter()
    for device, epoch, row_count, seq_count in conn.execute(COUNT).fetchall():
        rows[device, epoch] = row_count
        places[device, epoch] = seq_count
    aside: Counter[str] = Counter(dict(conn.execute(COUNT_SET_ASIDE).fetchall()))
    missing: Counter[str] = Counter()
    for (device, epoch), count in made.items():
        missing[device] += count - places[device, epoch]
    ((wrong,),) = conn.execute(COUNT_WRONG).fetchall()
    ((gaps,),) = conn.execute(COUNT_GAPS).fetchall()
    return Verdict(
        made=sum(made.values()),
        lost=sum(abs(missing[each] - aside[each]) for each in told),
        doubled=rows.total() - places.total(),
        wrong=wrong,
        gaps=gaps,
        set_aside=aside.total(),
        resent=sum(each.sent - each.sent_once for each in told.values()),
        torn=sum(each.torn for each in told.values()),
        ahead=sum(each.ahead for each in told.values()),
        epochs=len(made),
    )
