"""Tiny towns with a few rules each, drawn at random; all of them can be tried out.

Places lie 5 km apart and times are multiples of 5 minutes, so that little is left to
try.
"""

from dataclasses import replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from routing.solver.problem.breaks import Break, DrivingRule, Rest
from tests.routing.solver.towns import Bin, Tip, Town, Truck

QUICK = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)

LUNCH = Break(earliest_s=1800, latest_s=2700, length_s=600)
COFFEE = Break(earliest_s=3600, latest_s=4200, length_s=300)

#: What a rule makes of a bin, a tip, a truck: values to draw from.
OF_BINS = {
    "windows": {
        "windows": [
            ((0, 600), (2400, 3600)),
            ((0, 300), (1200, 1200), (3000, 6000)),
            ((900, 3000),),
            ((1500, 1500),),
        ]
    },
    "releases": {"release_s": [0, 900, 2700]},
    "containers": {"containers": [1, 2, 3], "service_per_container_s": [0, 300]},
    "kilograms": {"mass_kg": [0.0, 50.0, 300.0]},
    "skills": {"needs": [(), ("crane",)]},
    "pins": {"pinned_vehicle": [-1, 0, 1]},
    "moves": {"planned_vehicle": [-1, 0, 1], "move_cents": [300, 2000]},
    "zones": {"zone": [-1, 0, 1]},
    "alternatives": {"alternative": [-1, 0, 0]},
}
OF_TIPS = {
    "hours": {"windows": [((0, 1200), (3600, 6000)), ((1800, 6000),)]},
    "tonnage": {"cents_per_tonne": [(0.0, 0.0), (30_000.0, 5_000.0)]},
}
OF_TRUCKS = {
    "containers": {"capacity_containers": [2, 4]},
    "kilograms": {"capacity_kg": [300.0, 600.0]},
    "day": {"day_l": [900.0, 1500.0], "day_kg": [20.0, 900.0], "day_containers": [2]},
    "stops": {"max_stops": [0, 1, 2]},
    "distance": {"max_distance_m": [30_000, 50_000]},
    "duration": {"max_duration_s": [1800, 3600]},
    "overtime": {
        "shift_end_s": [1800, 3000],
        "overtime_s": [600, 1800],
        "overtime_cents_per_hour": [0.0, 6000.0],
    },
    "balance": {"fair_duration_s": [1200, 2400], "unfair_cents_per_hour": [6000.0]},
    "lunch": {"rest": [Rest(breaks=(LUNCH,)), Rest(breaks=(LUNCH, COFFEE))]},
    "driving": {
        "rest": [
            Rest(driving=DrivingRule(max_driving_s=1800, rest_s=600)),
            Rest(driving=DrivingRule(max_driving_s=2400, rest_s=600), breaks=(LUNCH,)),
        ]
    },
    "skills": {"has": [(), ("crane",)]},
    "zones": {"zone": [-1, 0, 1], "foreign_cents": [300, 2000]},
    "ends": {"depot": [0, 1], "end_depot": [-1, 0, 1]},
    "under way": {
        "is_under_way": [True, False],
        "shift_start_s": [600],
        "depot": [0, 1],
        "end_depot": [0],
        "aboard_l": [(), (300.0, 0.0), (0.0, 600.0)],
        "aboard_kg": [(), (5.0, 5.0)],
        "aboard_containers": [(), (1, 0)],
    },
    "home": {"home_accepts": [(True, True), (False, True), (True, False)]},
}
OF_TOWNS = ("conflicts", "same vehicle", "precedence", "locks")
RULES = sorted({*OF_BINS, *OF_TIPS, *OF_TRUCKS, *OF_TOWNS})

kilometres = st.integers(-3, 3).map(lambda steps: 5.0 * steps)


def spiced(table, rules):
    """Draw the columns that the rules touch."""
    values = {
        name: values
        for rule in sorted(rules & table.keys())
        for name, values in table[rule].items()
    }
    return st.fixed_dictionaries(
        {name: st.sampled_from(each) for name, each in values.items()}
    )


@st.composite
def bins(draw, rules):
    return Bin(
        at_km=draw(kilometres),
        demand_l=draw(st.sampled_from([100.0, 400.0, 700.0, 1000.0])),
        stream=draw(st.integers(0, 1)),
        service_s=draw(st.sampled_from([0, 300])),
        prize_cents=draw(st.sampled_from([4000, 1500, 300, 0])),
        is_mandatory=draw(st.sampled_from([True, True, False])),
        **draw(spiced(OF_BINS, rules)),
    )


@st.composite
def tips(draw, rules):
    return Tip(
        at_km=draw(kilometres),
        accepts=draw(st.sampled_from([(True, True), (True, True), (True, False)])),
        tip_s=draw(st.sampled_from([0, 300])),
        tip_cents=draw(st.sampled_from([0, 500])),
        **draw(spiced(OF_TIPS, rules)),
    )


@st.composite
def trucks(draw, rules):
    plain = {
        "capacity_l": draw(
            st.sampled_from(
                [(1000.0, 1000.0), (1500.0, 1000.0), (1000.0, 400.0), (1000.0, 0.0)]
            )
        ),
        "shift_end_s": draw(st.sampled_from([7200, 3600])),
        "cents_per_km": draw(st.sampled_from([50.0, 100.0])),
        "cents_per_hour": draw(st.sampled_from([0.0, 3000.0])),
        "fixed_cents": draw(st.sampled_from([0, 2000])),
    }
    truck = Truck(**plain | draw(spiced(OF_TRUCKS, rules)))
    fits = (
        all(a <= b for a, b in zip(truck.aboard_l, truck.capacity_l, strict=False))
        and sum(truck.aboard_containers) <= truck.capacity_containers
    )
    return truck if fits else replace(truck, aboard_l=())


@st.composite
def towns(draw, most_bins: int = 3, most_rules: int = 4):
    rules = draw(st.sets(st.sampled_from(RULES), max_size=most_rules))
    fleet = draw(st.lists(trucks(rules), min_size=1, max_size=2))
    wanted = draw(st.lists(bins(rules), min_size=2, max_size=most_bins))
    town = Town(
        streams=("glass", "paper"),
        bins=agreed([within(each, len(fleet)) for each in wanted]),
        trucks=fleet,
        tips=draw(st.lists(tips(rules), min_size=1, max_size=2)),
        depots_km=(0.0, 5.0),
        skills=("crane",),
        conflicts=((0, 1),) if "conflicts" in rules else (),
    )
    return draw(tied(town, rules))


def within(each: Bin, trucks: int) -> Bin:
    """Let nobody be meant who is not there."""
    return replace(
        each,
        pinned_vehicle=min(each.pinned_vehicle, trucks - 1),
        planned_vehicle=min(each.planned_vehicle, trucks - 1),
    )


def agreed(wanted: list[Bin]) -> list[Bin]:
    """Let the bins of the alternative share what they have to share."""
    group = [each for each in wanted if each.alternative == 0]
    return [
        replace(
            each,
            prize_cents=group[0].prize_cents,
            is_mandatory=group[0].is_mandatory,
        )
        if each.alternative == 0
        else each
        for each in wanted
    ]


@st.composite
def tied(draw, town: Town, rules):
    order = draw(st.permutations(range(len(town.bins))))
    pair = tuple(order[:2]) if len(order) > 1 else ()
    if "locks" in rules:
        halts = [town.bin_at(stop) for stop in order[: draw(st.integers(1, 2))]]
        if draw(st.booleans()):
            halts.append(len(town.depots_km))
        first = replace(town.trucks[0], locked=tuple(halts))
        town = replace(town, trucks=[first, *town.trucks[1:]])
    return replace(
        town,
        same_vehicle=(pair,) if "same vehicle" in rules and pair else (),
        precedence=(pair,) if "precedence" in rules and pair else (),
    )
