"""What is read where vulture does not look: by SQL, by the web app, by integrators.

Not run. A field that nobody reads any more is taken out here and there together.
"""

from typing import Any

row: Any = None

row.after_at
row.concerns
row.device_count
row.offer_changed_at
row.offer_reason
row.offer_state
row.offer_version
row.offered_at
row.other_count
row.refused_settings
row.running
row.running_count
row.sent_fraction
row.settings_state
row.takes_settings
row.version_known_at
row.arrive_at
row.asked_by
row.basemap_url
row.believed_mm
row.clock_speed
row.decision
row.depart_at
row.depot_lat_deg
row.depot_lon_deg
row.detour_cents
row.device_from_at
row.expected_fill_fraction
row.fill_high
row.for_at
row.fill_low
row.fill_middle
row.fill_source
row.fill_permille
row.sensor_trust
row.sensor_reasons
row.seen_at
row.horizon_at
row.is_made_up
row.mean_error
row.job_id
row.leg_drive_s
row.learned_at
row.example_count
row.pickup_count
row.rejected_count
row.report_every_s
row.roads
row.seen_fill
row.solve_s
row.status_code
row.stop_status
row.tip_count
row.would_fit_amount
row.would_fit_cents
row.would_fit_limit
row.would_fit_vehicle
row.within_share

# Answers of routing and of the city reader that their callers may use.
row.rate_per_day
row.nearest_vehicle
row.cents_per_stop
row.cents_per_m3

# Limits of alarms that SQL reads; how a channel's telling went.
row.grace_s
row.away_s
row.delivered_at

# Facts of a city's manifest, for whoever reads the file.
row.extract_bytes

# What a simulated year tells its reader.
row.held_l
row.co2_kg
row.money_cents
row.lost_share

# Parts of a plan's cost: added up by name.
row.distance_cents
row.time_cents
row.overtime_cents
row.balance_cents
row.tonnage_cents

# What numba calls, and reads, of the libraries that compiled code is joined in.
row.set_env
row._finalized
row.get_pointer_to_function
row._get_module_for_linking
row.linkage
row.define_pipelines
row.observation_id
row.asked_at
row.ended_at
row.round_count
row.requests
row.co2_source

# In the hardware's files of data, and in what is asked of a fit; tests hold the limits.
row.NONE
row.cord_mm
row.hooked_at_mm
row.is_in_range
row.room_l
row.volume_l
