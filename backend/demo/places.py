"""The made-up half of the demo: depot, facilities, trucks. The streets are real."""

from datetime import time

from backend.store.founding import NewFacility, NewVehicle

ORGANISATION = "Helsinki demo"
TIME_ZONE = "Europe/Helsinki"
CITY = "helsinki"
PLAN_AT = time(4, 30)
SEED = 1550  # the year Helsinki was founded

DEPOT = "Depot (made up)"
DEPOT_AT = (60.16545, 24.93905)  # lat, lon
FACILITIES = (
    NewFacility(
        name="Transfer station (made up)",
        lat_deg=60.17785,
        lon_deg=24.95105,
        streams=["residual"],
        opens_local=time(6),
        closes_local=time(18),
        tip_s=600,
    ),
    NewFacility(
        name="Recycling hall (made up)",
        lat_deg=60.17665,
        lon_deg=24.94175,
        streams=["glass", "packaging", "paper", "textiles"],
        opens_local=time(6, 30),
        closes_local=time(17),
        tip_s=480,
    ),
)
# A stretch that runs would pass, and from whose neighbours every bin is reached.
ROAD_WORKS_AT = (60.16722, 24.93642)
ROAD_WORKS = "Road works (made up)"
ROAD_WORKS_DAYS, ROAD_WORKS_END = 4, time(18)
# Trucks must be out of the centre by nine. So little time makes it dear to get round
# the coffee by leaving after it or being home before, which the law would allow; and
# overtime costs the hour three times over.
SHIFT_START, SHIFT_END = time(6), time(9)
BREAK_S = 1200
BREAK_EARLIEST, BREAK_LATEST = time(7, 10), time(7, 20)
OVERTIME_S = 1800
VEHICLES = (
    NewVehicle(
        name="Rear loader 18 t",
        compartment_l={"residual": 3600},
        compaction=3.0,
        capacity_kg=2600,
        shift_start_local=SHIFT_START,
        shift_end_local=SHIFT_END,
        cents_per_km=210,
        cents_per_hour=5400,
        cents_per_day=4000,
        break_s=BREAK_S,
        break_earliest_local=BREAK_EARLIEST,
        break_latest_local=BREAK_LATEST,
        overtime_s=OVERTIME_S,
        overtime_cents_per_hour=10800,
    ),
    NewVehicle(
        name="Side loader 12 t",
        road_profile="truck-12t",
        compartment_l={"packaging": 3600, "paper": 600},
        compaction=2.0,
        capacity_kg=2200,
        shift_start_local=SHIFT_START,
        shift_end_local=SHIFT_END,
        cents_per_km=170,
        cents_per_hour=4900,
        cents_per_day=3000,
        break_s=BREAK_S,
        break_earliest_local=BREAK_EARLIEST,
        break_latest_local=BREAK_LATEST,
        overtime_s=OVERTIME_S,
        overtime_cents_per_hour=9800,
    ),
    NewVehicle(
        name="Electric van 5 t",
        road_profile="truck-7.5t",
        weight_t=5.0,
        co2_g_per_km=0.0,
        co2_source="electric: nothing from the tailpipe",
        compartment_l={"glass": 1600, "textiles": 2600},
        compaction=1.0,
        capacity_kg=1100,
        shift_start_local=SHIFT_START,
        shift_end_local=SHIFT_END,
        cents_per_km=60,
        cents_per_hour=4200,
        cents_per_day=1500,
        break_s=BREAK_S,
        break_earliest_local=BREAK_EARLIEST,
        break_latest_local=BREAK_LATEST,
        overtime_s=OVERTIME_S,
        overtime_cents_per_hour=8400,
    ),
)
