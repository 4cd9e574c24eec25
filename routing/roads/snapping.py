"""Where on the streets a point lies."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.spatial import KDTree

from routing.roads.edges import NO_TWIN, Edges, Ints
from routing.roads.geometry import Floats, flat_m
from routing.roads.graph import Graph
from routing.roads.network import Place, Unreachable

# Segments are found by marks on them, at most half of this from any of their points.
_MARK_EVERY_M = 50.0
# The marks are drawn true to scale at one latitude of the network only.
_SCALE_MARGIN = 1.05
_OSM_DECIMALS = 7


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Segments:
    """Straight pieces of street.

    Parameters
    ----------
    edge
        (k,) the edge of each.
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


class Snapper:
    """Finds the nearest street of the part where everything is reachable."""

    def __init__(self, graph: Graph, *, max_distance_m: float) -> None:
        self._max_distance_m = max_distance_m
        can_halt = graph.edges.can_halt
        self._streets = _Finder(graph.edges, graph.is_main & can_halt)
        is_cut_off = ~graph.is_main & can_halt
        self._cut_off = _Finder(graph.edges, is_cut_off) if is_cut_off.any() else None

    def snap(self, lat_deg: float, lon_deg: float) -> Place | Unreachable:
        """Find the nearest point on a street, or say why there is none."""
        if not (abs(lat_deg) <= 90 and abs(lon_deg) <= 180):  # noqa: PLR2004
            return Unreachable(reason=f"{lat_deg}, {lon_deg} is no point on Earth")
        place = self._streets.nearest(lat_deg, lon_deg)
        if place.distance_m <= self._max_distance_m:
            return place
        return Unreachable(reason=self._why(lat_deg, lon_deg, place.distance_m))

    def _why(self, lat_deg: float, lon_deg: float, away_m: float) -> str:
        limit = f"{away_m:.0f} m away (limit {self._max_distance_m:.0f} m)"
        if self._cut_off is not None:
            street = self._cut_off.nearest(lat_deg, lon_deg)
            if street.distance_m <= self._max_distance_m:
                return (
                    f"the street {street.distance_m:.0f} m away has no legal way there "
                    f"and back on this map; the nearest that has is {limit}"
                )
        return f"the nearest street that the vehicle may use is {limit}"


class _Finder:
    """Finds the nearest of some edges."""

    def __init__(self, edges: Edges, is_wanted: npt.NDArray[np.bool_]) -> None:
        self._segments = _segments(edges, is_wanted)
        self._at_lat = float(np.mean(self._segments.start_deg[:, 0]))
        self._segment_of_mark, marks_deg = _marks(self._segments)
        self._tree = KDTree(flat_m(marks_deg, at_lat=self._at_lat))

    def nearest(self, lat_deg: float, lon_deg: float) -> Place:
        """Find the nearest point on the edges, however far."""
        point_deg = np.array([lat_deg, lon_deg])
        near = self._near(point_deg)
        origin, start, end = (
            flat_m(corner, at_lat=point_deg[0])
            for corner in (
                point_deg,
                self._segments.start_deg[near],
                self._segments.end_deg[near],
            )
        )
        share = _shares_along(origin - start, end - start)
        away = origin - (start + share[:, None] * (end - start))
        best = int(np.argmin(np.hypot(away[:, 0], away[:, 1])))
        return self._place(
            int(near[best]), float(share[best]), away[best], (end - start)[best]
        )

    def _near(self, point_deg: Floats) -> Ints:
        """Select every segment that can be the nearest one."""
        point_m = flat_m(point_deg, at_lat=self._at_lat)
        to_mark_m = float(self._tree.query(point_m)[0])
        radius_m = (to_mark_m + _MARK_EVERY_M) * _SCALE_MARGIN
        marks = self._tree.query_ball_point(point_m, radius_m)
        return np.unique(self._segment_of_mark[marks])

    def _place(
        self, segment: int, share: float, away_m: Floats, along_m: Floats
    ) -> Place:
        all_ = self._segments
        lat_deg, lon_deg = _between(
            all_.start_deg[segment], all_.end_deg[segment], share
        )
        is_left = along_m[0] * away_m[1] > along_m[1] * away_m[0]
        return Place(
            lat_deg=round(float(lat_deg), _OSM_DECIMALS),
            lon_deg=round(float(lon_deg), _OSM_DECIMALS),
            edge=int(all_.edge[segment]),
            offset_m=float(all_.offset_m[segment] + share * all_.length_m[segment]),
            distance_m=float(np.hypot(*away_m)),
            side="left" if is_left else "right",
        )


def _segments(edges: Edges, is_wanted: npt.NDArray[np.bool_]) -> _Segments:
    points_deg = np.column_stack([edges.lat_deg, edges.lon_deg])
    edge = np.repeat(np.arange(len(edges)), np.diff(edges.first_point))
    is_start = _is_one_of_a_pair(edges, is_wanted)[edge]
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


def _is_one_of_a_pair(
    edges: Edges, is_wanted: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    # Of the two directions of a stretch one is enough to lie on.
    twin = edges.twin
    is_second = (twin != NO_TWIN) & is_wanted[twin] & (twin < np.arange(len(twin)))
    is_first: npt.NDArray[np.bool_] = is_wanted & ~is_second
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
