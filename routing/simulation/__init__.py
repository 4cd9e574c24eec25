"""A seeded year to try policies in: what they drive, what overflows, what it costs."""

from routing.simulation.fixed import FixedPlan, tailored_plan, uniform_plan
from routing.simulation.fleet import Fleet
from routing.simulation.frontier import (
    Interval,
    Point,
    at_equal_km,
    at_equal_overflow,
    frontier,
    interval,
    read_at,
)
from routing.simulation.groningen import GRONINGEN_FLEET, make_groningen
from routing.simulation.next_sensor import next_sensors
from routing.simulation.policy import Choice, Morning, Policy
from routing.simulation.product import Ours, clairvoyant, ground_of, ours
from routing.simulation.scenarios import REGION, SCENARIOS, TOWN, Scenario, make_world
from routing.simulation.sensors import Sensors, without_sensors
from routing.simulation.service_level import rho_for_service
from routing.simulation.simple import Threshold
from routing.simulation.simulate import simulate
from routing.simulation.soonest import SoonestFull
from routing.simulation.world import World
from routing.simulation.year import Days, Year

__all__ = [
    "GRONINGEN_FLEET",
    "REGION",
    "SCENARIOS",
    "TOWN",
    "Choice",
    "Days",
    "FixedPlan",
    "Fleet",
    "Interval",
    "Morning",
    "Ours",
    "Point",
    "Policy",
    "Scenario",
    "Sensors",
    "SoonestFull",
    "Threshold",
    "World",
    "Year",
    "at_equal_km",
    "at_equal_overflow",
    "clairvoyant",
    "frontier",
    "ground_of",
    "interval",
    "make_groningen",
    "make_world",
    "next_sensors",
    "ours",
    "read_at",
    "rho_for_service",
    "simulate",
    "tailored_plan",
    "uniform_plan",
    "without_sensors",
]
