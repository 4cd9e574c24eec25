"""The streets that a day's vehicles drive on."""

from typing import Any

from psycopg import Connection

from backend.planning.inputs import Inputs
from backend.settings import Settings
from backend.streets import Streets, conditions_between, open_streets, profile_of


def open_day_streets(
    conn: Connection[Any], settings: Settings, inputs: Inputs
) -> Streets:
    """Open the streets for the day's vehicles, as they are while these are out."""
    owner = inputs.organisation
    conditions = conditions_between(
        conn,
        owner.organisation_id,
        begins_at=inputs.begins_at,
        ends_at=inputs.ends_at,
        zone=inputs.service_day.zone,
    )
    return open_streets(
        settings,
        owner.city,
        [profile_of(each) for each in inputs.vehicles],
        conditions=conditions,
    )
