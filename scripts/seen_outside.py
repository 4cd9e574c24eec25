"""What is read where vulture does not look: by SQL, by the web app, by integrators.

Not run. A field that nobody reads any more is taken out here and there together.
"""

from typing import Any

row: Any = None


# Answers of routing and of the city reader that their callers may use.
# Facts of a city's manifest, for whoever reads the file.
# Limits of alarms that SQL reads; how a channel's telling went.
# Parts of a plan's cost: added up by name.
# What numba calls, and reads, of the libraries that compiled code is joined in.
row._finalized
row._get_module_for_linking
row.after_at
row.arrive_at
row.asked_at
row.away_s
row.balance_cents
row.basemap_url
row.believed_mm
row.cents_per_m3
row.cents_per_stop
row.clock_speed
row.co2_source
row.decision
row.define_pipelines
row.delivered_at
row.depart_at
row.depot_lat_deg
row.depot_lon_deg
row.detour_cents
row.device_from_at
row.distance_cents
row.ended_at
row.expected_fill_fraction
row.extract_bytes
row.fill_high
row.fill_low
row.fill_middle
row.fill_permille
row.fill_source
row.get_pointer_to_function
row.grace_s
row.horizon_at
row.is_made_up
row.job_id
row.leg_drive_s
row.linkage
row.nearest_vehicle
row.observation_id
row.overtime_cents
row.pickup_count
row.rate_per_day
row.rejected_count
row.report_every_s
row.requests
row.roads
row.round_count
row.seen_at
row.seen_fill
row.sensor_reasons
row.sensor_trust
row.set_env
row.solve_s
row.status_code
row.stop_status
row.time_cents
row.tip_count
row.tonnage_cents
row.would_fit_amount
row.would_fit_cents
row.would_fit_limit
row.would_fit_vehicle
