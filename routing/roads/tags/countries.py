"""Legal speeds where no sign says otherwise, and on which side traffic keeps.

Source: the OSM wiki pages Default speed limits and Speed limits, for cars and for heavy
goods vehicles; national law changes, signs on the map always win.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, kw_only=True, slots=True)
class Country:
    """Default limits of a country, in km/h."""

    urban_kmh: float
    rural_kmh: float
    motorway_kmh: float
    hgv_rural_kmh: float
    hgv_motorway_kmh: float
    living_street_kmh: float = 20.0
    drives_on_right: bool = True


def _country(*kmh: float, living: float = 20.0, right: bool = True) -> Country:
    urban, rural, motorway, hgv_rural, hgv_motorway = kmh
    return Country(
        urban_kmh=urban,
        rural_kmh=rural,
        motorway_kmh=motorway,
        hgv_rural_kmh=hgv_rural,
        hgv_motorway_kmh=hgv_motorway,
        living_street_kmh=living,
        drives_on_right=right,
    )


# Where the country is not known.
ANYWHERE = _country(50, 90, 120, 80, 80)

COUNTRIES: Mapping[str, Country] = MappingProxyType(
    {
        "AD": _country(50, 90, 90, 80, 80),
        "AR": _country(60, 110, 130, 80, 90),
        "AT": _country(50, 100, 130, 70, 80, living=5),
        "AU": _country(50, 100, 110, 100, 100, living=10, right=False),
        "BE": _country(50, 70, 120, 70, 90),
        "BG": _country(50, 90, 140, 80, 100),
        "BR": _country(60, 100, 110, 80, 90),
        "CA": _country(50, 80, 100, 80, 100),
        "CH": _country(50, 80, 120, 80, 80),
        "CL": _country(50, 100, 120, 90, 90),
        "CY": _country(50, 80, 100, 64, 80, right=False),
        "CZ": _country(50, 90, 130, 80, 80),
        "DE": _country(50, 100, 130, 60, 80, living=7),
        "DK": _country(50, 80, 130, 80, 80, living=15),
        "EE": _country(50, 90, 90, 90, 90),
        "ES": _country(50, 90, 120, 80, 90),
        "FI": _country(50, 80, 120, 80, 80),
        "FR": _country(50, 80, 130, 80, 90),
        "GB": _country(48.28, 96.56, 112.65, 80.47, 96.56, right=False),
        "GR": _country(50, 90, 130, 80, 85),
        "HR": _country(50, 90, 130, 80, 90),
        "HU": _country(50, 90, 130, 70, 80),
        "IE": _country(50, 80, 120, 80, 90, right=False),
        "IS": _country(50, 90, 90, 80, 80, living=15),
        "IT": _country(50, 90, 130, 70, 80, living=30),
        "JP": _country(60, 60, 100, 60, 80, right=False),
        "LI": _country(50, 80, 80, 80, 80),
        "LT": _country(50, 90, 130, 80, 90),
        "LU": _country(50, 90, 130, 75, 90),
        "LV": _country(50, 90, 90, 80, 80),
        "MC": _country(50, 50, 50, 50, 50),
        "MT": _country(50, 80, 80, 60, 60, right=False),
        "NL": _country(50, 80, 100, 80, 80, living=15),
        "NO": _country(50, 80, 90, 80, 80, living=15),
        "NZ": _country(50, 100, 100, 90, 90, right=False),
        "PL": _country(50, 90, 140, 70, 80),
        "PT": _country(50, 90, 120, 80, 90),
        "RO": _country(50, 90, 130, 80, 110),
        "RS": _country(50, 80, 130, 80, 90, living=10),
        "SE": _country(50, 70, 110, 70, 80, living=7),
        "SI": _country(50, 90, 130, 80, 80, living=10),
        "SK": _country(50, 90, 130, 90, 90),
        "TR": _country(50, 90, 130, 80, 90),
        "UA": _country(50, 90, 130, 80, 80),
        "US": _country(40.23, 88.51, 104.61, 88.51, 104.61, living=24.14),
        "ZA": _country(60, 100, 120, 80, 80, right=False),
    }
)
_ALSO_LEFT = frozenset(
    {"BD", "BN", "BT", "BW", "FJ", "GG", "HK", "ID", "IM", "IN", "JE", "JM", "KE"}
    | {"LK", "LS", "MO", "MU", "MW", "MY", "MZ", "NA", "NP", "PG", "PK", "SC", "SG"}
    | {"SZ", "TH", "TT", "TZ", "UG", "ZM", "ZW"}
)


def country_rules(code: str | None) -> Country:
    """Return the rules of a country by its ISO 3166-1 alpha-2 code."""
    if code in _ALSO_LEFT:
        return _country(50, 90, 120, 80, 80, right=False)
    return COUNTRIES.get(code or "", ANYWHERE)
