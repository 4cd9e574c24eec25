"""What was learned from all slots: boosted quantiles, and how far they were off."""

import io
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.arrays import FloatArray, IntArray
from routing.demand.forests import Forest
from routing.demand.looks import promised
from routing.demand.model import QUANTILES

VERSION = 1
_NOISY_SHARE = 0.03  # of outliers among readings: between good and bad glass banks


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Learned:
    """Boosted quantiles of the fill, less what the usual week promises.

    Parameters
    ----------
    forests
        One a quantile.
    shift
        (2, k, q) what to add at each knot, for clean and for noisy sensors, so that the
        shares were right on places that were not learned from (Romano, Patterson and
        Candès 2019).
    rows, slots
        What it was learned from.
    learned_h
        When, hours since 1970-01-01 UTC.
    """

    forests: tuple[Forest, ...]
    shift: FloatArray
    rows: int
    slots: int
    learned_h: float

    def quantiles(self, looks: FloatArray, bad_share: FloatArray) -> FloatArray:
        """(n, q, k) fills, in order, at the knots of looks (n, k, f)."""
        raw = raw_quantiles(self.forests, looks)
        shift = self.shift[quality_class(bad_share)]
        return np.sort(raw + shift.transpose(0, 2, 1), axis=1)

    def to_bytes(self) -> bytes:
        """Pack as arrays without objects."""
        file = io.BytesIO()
        np.savez_compressed(
            file,
            version=np.array(VERSION),
            facts=np.array([self.rows, self.slots, self.learned_h]),
            shift=self.shift,
            start=np.array([each.start for each in self.forests]),
            feature=np.stack([each.feature for each in self.forests]).astype(np.int16),
            threshold=np.stack([each.threshold for each in self.forests]),
            leaf=np.stack([each.leaf for each in self.forests]),
        )
        return file.getvalue()

    @classmethod
    def from_bytes(cls, packed: bytes) -> "Learned":
        """Unpack; a ValueError if it was made by another version of this code."""
        with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
            if int(arrays["version"]) != VERSION:
                raise ValueError(
                    f"version {int(arrays['version'])} of a learned forecast not "
                    f"understood: this is {VERSION}"
                )
            rows, slots, learned_h = arrays["facts"].tolist()
            forests = tuple(
                Forest(feature=feature, threshold=threshold, leaf=leaf, start=start)
                for feature, threshold, leaf, start in zip(
                    arrays["feature"].astype(np.int64),
                    arrays["threshold"],
                    arrays["leaf"],
                    arrays["start"].tolist(),
                    strict=True,
                )
            )
            return cls(
                forests=forests,
                shift=arrays["shift"],
                rows=int(rows),
                slots=int(slots),
                learned_h=learned_h,
            )


def quality_class(bad_share: FloatArray) -> IntArray:
    """(n,) 0 for a clean sensor, 1 for a noisy one."""
    return (bad_share > _NOISY_SHARE).astype(np.int64)


def raw_quantiles(forests: Sequence[Forest], looks: FloatArray) -> FloatArray:
    """(n, q, k) fills as the forests have them."""
    rows = np.ascontiguousarray(looks.reshape(-1, looks.shape[-1]))
    base = promised(looks)
    said = np.stack(
        [each.foresee(rows).reshape(base.shape) for each in forests], axis=1
    )
    return base[:, None, :] + said


def right_shares(said: FloatArray, came: FloatArray, *, least_rows: int) -> FloatArray:
    """(q,) what to add to quantiles (n, q) so that the shares of what came are right.

    Zero where there is too little to tell.
    """
    if len(came) < least_rows:
        return np.zeros(len(QUANTILES))
    off = came[:, None] - said
    add = [np.quantile(column, q) for column, q in zip(off.T, QUANTILES, strict=True)]
    add[QUANTILES.index(0.5)] = 0.0  # what it is learned for, on far more rows
    return np.array(add)
