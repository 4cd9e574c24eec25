"""Draw the budget: years by battery and climate, and what takes a day's charge.

The only module that needs matplotlib; everything that it draws is the report's.
"""

from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hardware.budget.board import translate
from hardware.budget.lasting import Answer, Budget
from hardware.budget.metered import MC_A_MAH, Day, load_days
from hardware.budget.report import HOURLY, USUAL, Report, write_years

INK, FAINT, GRID = "#1f2933", "#7b8794", "#e4e7eb"
CLIMATE_COLOURS = {"cold": "#2f6db5", "mild": "#3a8f5c", "hot": "#d9822b"}
GOAL_YEARS = 3
UNDATED: Mapping[str, str | None] = {"Date": None}
STYLE = {
    "font.family": "sans-serif",
    "font.size": 9,
    "text.color": INK,
    "axes.labelcolor": INK,
    "xtick.color": FAINT,
    "ytick.color": INK,
    "svg.hashsalt": "ullage",  # the same picture for the same budget
    "svg.fonttype": "path",
}
# What a day's charge goes to, in words for people, with the phases of each.
GROUPS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "deep sleep": ("#9fb3c8", ("deep sleep",)),
    "start": ("#486581", ("boot", "file system and main.py", "own code")),
    "measuring": ("#3a8f5c", ("awake", "light sleep", "range sensor")),
    "joining": ("#f0b429", ("scan", "join", "waiting for an address")),
    "handshake": ("#d9822b", ("handshake",)),
    "session, retries": ("#b44d12", ("session", "retries")),
}


def draw(file: Path) -> None:
    """Write the picture, an SVG."""
    days, budget = load_days(), Budget()
    report = Report(days, budget)
    # What the picture was made of; a test compares it with what the budget says now.
    metadata = {"Description": report.shown(), **UNDATED}
    with mpl.rc_context(STYLE):
        figure = Figure(figsize=(11, 4.9), facecolor="white", layout="constrained")
        left, right = figure.subplots(1, 2, width_ratios=(1.25, 1))
        _draw_years(left, report.answers(USUAL), budget)
        _draw_days(right, days, budget)
        figure.savefig(file, metadata=metadata)


def _draw_years(axes: Axes, answers: list[Answer], budget: Budget) -> None:
    """Draw a line for each battery and climate: from low to typical, both boards."""
    rows = list(_rows(answers))
    for y, (esp32, esp32c3) in rows:
        climate = esp32.choice.climate
        colour = CLIMATE_COLOURS[climate]
        axes.plot([esp32.low_years, esp32.typical_years], [y, y], color=colour, lw=1.6)
        axes.plot(esp32.low_years, y, "|", color=colour, ms=7)
        axes.plot(esp32c3.typical_years, y, "o", color=colour, mfc="white", ms=8)
        axes.plot(esp32.typical_years, y, "o", color=colour, ms=5)
        _label_row(axes, y, (esp32, esp32c3), budget)
    _name_batteries(axes, rows, budget)
    _finish_years(axes)


def _rows(answers: list[Answer]) -> Iterator[tuple[float, tuple[Answer, Answer]]]:
    """Pair both boards; batteries stand a little apart."""
    half = len(answers) // 2
    pairs = zip(answers[:half], answers[half:], strict=True)
    y = 0.0
    for _, group in groupby(pairs, key=lambda pair: pair[0].choice.battery):
        for pair in group:
            yield y, pair
            y += 1
        y += 0.9


def _label_row(
    axes: Axes, y: float, pair: tuple[Answer, Answer], budget: Budget
) -> None:
    title = budget.typical.climates[pair[0].choice.climate].title
    right = max(each.typical_years for each in pair)
    years = " / ".join(dict.fromkeys(write_years(each, budget) for each in pair))
    axes.text(right + 0.4, y, f"{years}  {title}", va="center", fontsize=8)


def _name_batteries(
    axes: Axes, rows: list[tuple[float, tuple[Answer, Answer]]], budget: Budget
) -> None:
    of_battery: dict[str, list[float]] = {}
    for y, (esp32, _) in rows:
        of_battery.setdefault(esp32.choice.battery, []).append(y)
    titles = [budget.typical.batteries[name].title for name in of_battery]
    lines = [title.replace(" with ", "\nwith ") for title in titles]
    axes.set_yticks([sum(ys) / len(ys) for ys in of_battery.values()], labels=lines)


def _finish_years(axes: Axes) -> None:
    axes.axvline(GOAL_YEARS, color=INK, lw=0.9, ls=(0, (4, 3)), zorder=0)
    axes.invert_yaxis()
    axes.text(
        GOAL_YEARS + 0.3, axes.get_ylim()[0], "goal: 3 years", va="bottom", fontsize=8
    )
    axes.set_xlim(0, 18)
    axes.set_xticks(range(0, 16, 3))
    axes.set_xlabel(
        "years:  ● ESP32 / ○ ESP32-C3      | ESP32, everything at its worse end"
    )
    _title(axes, "How long a battery lasts", "every 15 minutes, 6 reports a day")


def _draw_days(axes: Axes, days: Mapping[str, Day], budget: Budget) -> None:
    """Stack what a day takes, for each board at two paces."""
    boards = budget.typical.boards.values()
    bars = [(days[name], board) for name in (USUAL, HOURLY) for board in boards]
    labels = [f"{board.title}\n{day.name}" for day, board in bars]
    for y, (day, board) in enumerate(bars):
        _stack(axes, y, translate(day, board), is_first=not y)
    axes.set_yticks(range(len(bars)), labels=labels)
    axes.invert_yaxis()
    axes.set_xlim(0, 3.6)
    axes.set_xlabel("mAh a day, behind the converter at 3.3 V")
    axes.legend(
        loc="upper center",
        bbox_to_anchor=(0.45, -0.16),
        ncols=3,
        frameon=False,
        handlelength=1,
        handleheight=1,
    )
    _title(axes, "What takes it", "the charge of a mean day, by phase")


def _stack(axes: Axes, y: int, day: Day, *, is_first: bool) -> None:
    begin = 0.0
    for name, (colour, phases) in GROUPS.items():
        wide = sum(day.phase(each).charge_mc for each in phases) / MC_A_MAH
        label = name if is_first else None
        axes.barh(
            y, wide, left=begin, height=0.55, color=colour, ec="white", label=label
        )
        begin += wide
    axes.text(begin + 0.05, y, f"{day.mah:.2f}", va="center", fontsize=8)


def _title(axes: Axes, title: str, below: str) -> None:
    axes.set_title(title, loc="left", fontsize=12, fontweight="bold", pad=20)
    axes.text(0, 1.025, below, transform=axes.transAxes, color=FAINT, fontsize=9)
    axes.grid(axis="x", color=GRID, lw=0.8)
    axes.set_axisbelow(True)
    axes.tick_params(length=0)
    for side in axes.spines.values():
        side.set_visible(False)
