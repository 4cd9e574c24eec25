"""Find the site of a bin, or make one; bins at one place share one site."""

from collections import defaultdict
from typing import Any

from psycopg import Connection

from backend.store.imports import (
    Place,
    Site,
    count_slots,
    delete_site,
    insert_site,
    load_sites,
    update_site,
)

Spot = tuple[str, float, float]


class SiteBook:
    """An organisation's sites, as this import has left them so far.

    Kept in memory because a search for each row of a first import would be quadratic.
    """

    def __init__(self, conn: Connection[Any], organisation_id: int) -> None:
        self._conn = conn
        self._organisation_id = organisation_id
        self.reload()

    def reload(self) -> None:
        """Forget what a rolled-back row did."""
        self._by_id: dict[int, Site] = {}
        self._by_spot: defaultdict[Spot, dict[int, Site]] = defaultdict(dict)
        for site in load_sites(self._conn, self._organisation_id):
            self._keep(site)

    def settle(self, place: Place, source: str) -> int:
        """Return the site at a place, made if there is none."""
        site = self._find(place)
        if site is None:
            site = insert_site(
                self._conn,
                place,
                organisation_id=self._organisation_id,
                source=source,
            )
        elif site.address is None and place.address is not None:
            site = update_site(self._conn, site.site_id, place)
        self._keep(site)
        return site.site_id

    def move(self, site_id: int, place: Place, *, source: str) -> int:
        """Return where a bin of a site goes; a site it has for itself goes along."""
        is_alone = count_slots(self._conn, site_id) == 1
        if is_alone and self._find(place) is None:
            self._keep(update_site(self._conn, site_id, place))
            return site_id
        return self.settle(place, source)

    def leave(self, site_id: int) -> None:
        """Delete a site when its last bin has gone."""
        if count_slots(self._conn, site_id) == 0:
            delete_site(self._conn, site_id)
            self._forget(site_id)

    def _find(self, place: Place) -> Site | None:
        """Find a site that has the name and position and no other address."""
        sites = self._by_spot[(place.name, place.lat_deg, place.lon_deg)].values()
        fitting = [
            site
            for site in sites
            if place.address is None or site.address in (None, place.address)
        ]
        # One that states the address outranks one that states none.
        fitting.sort(key=lambda site: (site.address != place.address, site.site_id))
        return fitting[0] if fitting else None

    def _keep(self, site: Site) -> None:
        self._forget(site.site_id)
        self._by_id[site.site_id] = site
        self._by_spot[_spot(site)][site.site_id] = site

    def _forget(self, site_id: int) -> None:
        known = self._by_id.pop(site_id, None)
        if known is not None:
            del self._by_spot[_spot(known)][site_id]


def _spot(site: Site) -> Spot:
    return (site.name, site.lat_deg, site.lon_deg)
