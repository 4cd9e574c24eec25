"""Curves of one figure against another: in the terminal, and as a picture (SVG)."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

_COLUMNS, _ROWS = 60, 16
_MARKS = "ox+*#%@&"
_WIDTH, _HEIGHT = 720, 440
_LEFT, _RIGHT, _TOP, _BOTTOM = 78, 24, 24, 56
_COLOURS = ("#0b6b55", "#2563d9", "#a034c0", "#c2501f", "#7d8c85", "#c2257c")


@dataclass(frozen=True, kw_only=True, slots=True)
class Series:
    """A curve: points (x, y) in order; `chosen` is the one that holds today."""

    name: str
    points: tuple[tuple[float, float], ...]
    chosen: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Chart:
    """Curves with what their axes mean."""

    x_name: str
    y_name: str
    series: tuple[Series, ...]


def show(table: str, chart: Chart, svg: Path | None) -> None:
    """Print a table and its curves; as a picture too where one is wanted."""
    sys.stdout.write(f"{table}\n\n{draw_text(chart)}\n")
    if svg:
        svg.write_text(draw_svg(chart), "utf-8")


def draw_text(chart: Chart) -> str:
    """Draw with characters; each curve has a mark, today's point is a capital O."""
    x, y = _spans(chart.series)
    grid = [[" "] * _COLUMNS for _ in range(_ROWS)]
    for number, each in enumerate(chart.series):
        mark = _MARKS[number % len(_MARKS)]
        for index, point in enumerate(each.points):
            column = round(x.share(point[0]) * (_COLUMNS - 1))
            row = round((1 - y.share(point[1])) * (_ROWS - 1))
            is_chosen = index == each.chosen
            if is_chosen or grid[row][column] == " ":
                grid[row][column] = "O" if is_chosen else mark
    labels = [f"{y.high:.5g}", *[""] * (_ROWS - 2), f"{y.low:.5g}"]
    body = [
        f"{label:>9} |{''.join(row).rstrip()}"
        for label, row in zip(labels, grid, strict=True)
    ]
    ends = f"{x.low:.5g}".ljust(_COLUMNS - 9) + f"{x.high:.5g}".rjust(9)
    key = [
        f"{_MARKS[number % len(_MARKS)]} {each.name}"
        for number, each in enumerate(chart.series)
    ]
    if any(each.chosen is not None for each in chart.series):
        key.append("O as it is set")
    return "\n".join(
        [
            f"{chart.y_name}",
            *body,
            f"{'':>9} +{'-' * _COLUMNS}",
            f"{'':>11}{ends}",
            f"{'':>11}{chart.x_name:^{_COLUMNS}}".rstrip(),
            f"{'':>11}{'   '.join(key)}",
        ]
    )


def draw_svg(chart: Chart) -> str:
    """Draw as a picture of its own, for a report."""
    x, y = _spans(chart.series)

    def place(point: tuple[float, float]) -> tuple[float, float]:
        return (
            _LEFT + x.share(point[0]) * (_WIDTH - _LEFT - _RIGHT),
            _HEIGHT - _BOTTOM - y.share(point[1]) * (_HEIGHT - _TOP - _BOTTOM),
        )

    parts = [_frame(chart, x, y)]
    for number, each in enumerate(chart.series):
        colour = _COLOURS[number % len(_COLOURS)]
        parts.append(_curve(each, [place(point) for point in each.points], colour))
        left, top = _WIDTH - _RIGHT - 170, _TOP + 16 + 18 * number
        parts.append(
            f'<circle cx="{left}" cy="{top - 4}" r="4" fill="{colour}"/>'
            f'<text x="{left + 10}" y="{top}">{escape(each.name)}</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" '
        'font-family="system-ui, sans-serif" font-size="12" fill="#14211c">'
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>{"".join(parts)}</svg>'
    )


@dataclass(frozen=True, slots=True)
class _Span:
    low: float
    high: float

    def share(self, value: float) -> float:
        wide = self.high - self.low
        return (value - self.low) / wide if wide else 0.5


def _spans(series: Sequence[Series]) -> tuple[_Span, _Span]:
    points = [point for each in series for point in each.points]
    if not points:
        raise ValueError("series not understood: there is no point to draw")
    columns = list(zip(*points, strict=True))
    return (
        _Span(min(columns[0]), max(columns[0])),
        _Span(min(columns[1]), max(columns[1])),
    )


def _frame(chart: Chart, x: _Span, y: _Span) -> str:
    bottom, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
    middle_y = (_TOP + bottom) / 2
    return (
        f'<path d="M{_LEFT} {_TOP}V{bottom}H{right}" fill="none" stroke="#c3ccc7"/>'
        f'<text x="{_LEFT}" y="{bottom + 18}">{x.low:.5g}</text>'
        f'<text x="{right}" y="{bottom + 18}" text-anchor="end">{x.high:.5g}</text>'
        f'<text x="{(_LEFT + right) / 2}" y="{bottom + 40}" text-anchor="middle" '
        f'fill="#4a5a53">{escape(chart.x_name)}</text>'
        f'<text x="{_LEFT - 8}" y="{bottom}" text-anchor="end">{y.low:.5g}</text>'
        f'<text x="{_LEFT - 8}" y="{_TOP + 8}" text-anchor="end">{y.high:.5g}</text>'
        f'<text x="20" y="{middle_y}" text-anchor="middle" fill="#4a5a53" '
        f'transform="rotate(-90 20 {middle_y})">{escape(chart.y_name)}</text>'
    )


def _curve(series: Series, at: Sequence[tuple[float, float]], colour: str) -> str:
    line = " ".join(f"{left:.1f},{top:.1f}" for left, top in at)
    dots = "".join(
        f'<circle cx="{left:.1f}" cy="{top:.1f}" '
        f'r="{6 if n == series.chosen else 3.5}" '
        f'fill="{"#fff" if n == series.chosen else colour}" stroke="{colour}" '
        'stroke-width="2"/>'
        for n, (left, top) in enumerate(at)
    )
    drawn = (
        f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>'
    )
    return drawn + dots
