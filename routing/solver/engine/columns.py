"""Columns of the engine's tables, and its largest numbers."""

COST, METRES, STOPS, DAY_L, DAY_KG, DAY_N, TIPS, DURATION = range(8)
"""Columns of `route`: cost in millionths of a cent, metres, stops, what is collected
over the day (litres and kilograms in thousandths, containers), tips, seconds."""

STREAM_L = 8
"""From here in `route` the litres of each stream, then the stops of each stream."""

NOW, BEST, ABSENT, SPARE, DIRTY, USED, OWN = range(7)
"""Places in `total`: cost of the plan and of the best one, stops in no route, spare tip
nodes, routes that differ from the best plan, routes with stops, stops that are ours."""

NEVER = 1_000_000_000
"""Later than any time, in seconds."""

BIG = 1 << 60
"""More than any cost, in millionths of a cent."""
