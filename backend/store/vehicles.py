"""What somebody may change of a vehicle."""

from collections.abc import Mapping
from typing import Any

from psycopg import Connection
from psycopg.sql import SQL, Identifier, Placeholder

CHANGEABLE = frozenset(
    {"road_profile", "height_m", "width_m", "length_m", "weight_t", "axle_t"}
    | {"break_s", "break_earliest_local", "break_latest_local"}
    | {"overtime_s", "overtime_cents_per_hour", "is_under_driving_rule"}
    | {"co2_g_per_km", "co2_source"}
)
SET = "UPDATE vehicle SET {changes} WHERE name = {name} RETURNING vehicle_id"


def set_vehicle(
    conn: Connection[Any], name: str, changes: Mapping[str, object]
) -> bool:
    """Change some columns of a vehicle; say whether there is one of that name."""
    strangers = changes.keys() - CHANGEABLE
    if strangers:
        raise ValueError(f"{', '.join(sorted(strangers))} cannot be changed")
    pairs = [
        SQL("{} = {}").format(Identifier(column), Placeholder(column))
        for column in changes
    ]
    query = SQL(SET).format(changes=SQL(", ").join(pairs), name=Placeholder("name"))
    return conn.execute(query, {**changes, "name": name}).fetchone() is not None
