"""Straight pieces of street, found by what they are near to."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.spatial import KDTree

from routing.roads.geometry import Floats, flat_m
from routing.roads.map.edges import NO_TWIN, Edges, Ints

Flags = npt.NDArray[np.bool_]

# Segments are found by marks on them, at most half of this from any of their points.
_MARK_EVERY_M = 50.0
# The marks are drawn true to scale at one latitude of the network only.
_SCALE_MARGIN = 1.05
_FEW, _MORE = 8, 8


class Spot(NamedTuple):
    """The point of an edge that is nearest to another point.

    `is_left`: the other point lies to the left, seen along the edge.
    """

    lat_deg: float
    lon_deg: float
    edge: int
    offset_m: float
    distance_m: float
    is_left: bool


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Segments:
    """Straight pieces of street.

    Parameters
    ----------
    edge
        (k,) the edge of each; of the two directions of a stretch the first.
    offset_m
        (k,) where it starts along the edge.
    length_m
        (k,) its length.
    start_deg, end_deg
        (k, 2) lat and lon of its ends.
    """

    edge: Ints
    offset_m: Floats
    length_m: Floats
    start_deg: Floats
    end_deg: Floats


class SegmentIndex:
    """Straight pieces of all streets, by what they are near to."""

    def __init__(self, edges: Edges, is_listed: Flags) -> None:
        self._segments = _segments(edges, is_listed)
        self._twin = edges.twin
        corners = self._segments.start_deg[:, 0]
        self._at_lat = float(np.mean(corners)) if len(corners) else 0.0
        self._segment_of_mark, marks_deg = _marks(self._segments)
        self._tree = KDTree(flat_m(marks_deg, at_lat=self._at_lat))

    def select(self, is_wanted: Flags) -> "Selection":
        """Select (m,) edges; either direction of a stretch stands for both."""
        twin = self._twin
        either = is_wanted | (is_wanted[twin] & (twin != NO_TWIN))
        is_mark = either[self._segments.edge[self._segment_of_mark]]
        return Selection(
            segments=self._segments,
            tree=self._tree,
            at_lat=self._at_lat,
            segment_of_mark=self._segment_of_mark,
            is_mark=is_mark,
            is_empty=not is_mark.any(),
        )


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Selection:
    """The edges that somebody wants, found by what they are near to."""

    segments: _Segments
    tree: KDTree
    at_lat: float
    segment_of_mark: Ints
    is_mark: Flags
    is_empty: bool

    def nearest(self, lat_deg: float, lon_deg: float) -> Spot | None:
        """Find the nearest point on the edges, however far; None: there is no edge."""
        if self.is_empty:
            return None
        point_deg = np.array([lat_deg, lon_deg])
        near = self._near(point_deg)
        origin, start, end = (
            flat_m(corner, at_lat=point_deg[0])
            for corner in (
                point_deg,
                self.segments.start_deg[near],
                self.segments.end_deg[near],
            )
        )
        share = _shares_along(origin - start, end - start)
        away = origin - (start + share[:, None] * (end - start))
        best = int(np.argmin(np.hypot(away[:, 0], away[:, 1])))
        return self._spot(
            int(near[best]), float(share[best]), away[best], (end - start)[best]
        )

    def _near(self, point_deg: Floats) -> Ints:
        """Select every segment that can be the nearest one."""
        point_m = flat_m(point_deg, at_lat=self.at_lat)
        radius_m = (self._to_nearest_mark_m(point_m) + _MARK_EVERY_M) * _SCALE_MARGIN
        marks = np.array(self.tree.query_ball_point(point_m, radius_m), np.int64)
        return np.unique(self.segment_of_mark[marks[self.is_mark[marks]]])

    def _to_nearest_mark_m(self, point_m: Floats) -> float:
        count = _FEW
        while True:
            count = min(count, len(self.is_mark))
            found = self.tree.query(point_m, np.arange(1, count + 1))
            away_m, marks = np.asarray(found[0]), np.asarray(found[1])
            wanted_m = away_m[self.is_mark[marks]]
            if len(wanted_m):
                return float(wanted_m[0])
            count *= _MORE

    def _spot(
        self, segment: int, share: float, away_m: Floats, along_m: Floats
    ) -> Spot:
        all_ = self.segments
        lat_deg, lon_deg = _between(
            all_.start_deg[segment], all_.end_deg[segment], share
        )
        return Spot(
            lat_deg=float(lat_deg),
            lon_deg=float(lon_deg),
            edge=int(all_.edge[segment]),
            offset_m=float(all_.offset_m[segment] + share * all_.length_m[segment]),
            distance_m=float(np.hypot(*away_m)),
            is_left=bool(along_m[0] * away_m[1] > along_m[1] * away_m[0]),
        )


def _segments(edges: Edges, is_listed: Flags) -> _Segments:
    points_deg = np.column_stack([edges.lat_deg, edges.lon_deg])
    edge = np.repeat(np.arange(len(edges)), np.diff(edges.first_point))
    is_start = _is_one_of_a_pair(edges, is_listed)[edge]
    is_start[edges.first_point[1:] - 1] = False
    first = np.flatnonzero(is_start)
    offset_m = edges.offset_m[first]
    return _Segments(
        edge=edge[first],
        offset_m=offset_m,
        length_m=edges.offset_m[first + 1] - offset_m,
        start_deg=points_deg[first],
        end_deg=points_deg[first + 1],
    )


def _is_one_of_a_pair(edges: Edges, is_listed: Flags) -> Flags:
    # Of the two directions of a stretch one is enough to lie on.
    twin = edges.twin
    is_second = (twin != NO_TWIN) & is_listed[twin] & (twin < np.arange(len(twin)))
    is_first: Flags = is_listed & ~is_second
    return is_first


def _marks(segments: _Segments) -> tuple[Ints, Floats]:
    counts = np.ceil(segments.length_m / _MARK_EVERY_M).clip(min=1).astype(np.int64)
    segment = np.repeat(np.arange(len(counts)), counts)
    rank = np.arange(len(segment)) - np.repeat(np.cumsum(counts) - counts, counts)
    share = (rank + 0.5) / counts[segment]
    start_deg, end_deg = segments.start_deg[segment], segments.end_deg[segment]
    return segment, _between(start_deg, end_deg, share[:, None])


def _between(start: Floats, end: Floats, share: Floats | float) -> Floats:
    between: Floats = start + share * (end - start)
    return between


def _shares_along(to_point: Floats, along: Floats) -> Floats:
    # 1e-9 m² keeps segments without length from dividing by zero.
    squared = np.maximum((along**2).sum(axis=1), 1e-9)
    shares: Floats = ((to_point * along).sum(axis=1) / squared).clip(0.0, 1.0)
    return shares
