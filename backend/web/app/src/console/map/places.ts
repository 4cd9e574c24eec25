import { Marker, type Map as MapLibre } from 'maplibre-gl';
import type { Overview, Place } from '../../api/types';

const DEPOT = 'M2 13.5V6l6-3.5L14 6v7.5M5.5 13.5V9h5v4.5';
const FACILITY = 'M2 13.5h12M8 2.5v7M5 6.8 8 9.8l3-3';

/** Mark depots and facilities, with their names. */
export function markPlaces(map: MapLibre, { depots, facilities }: Overview): void {
  for (const place of depots) mark(map, place, DEPOT);
  for (const place of facilities) mark(map, place, FACILITY);
}

function mark(map: MapLibre, place: Place, path: string): void {
  const element = document.createElement('div');
  element.className = 'place';
  element.innerHTML = `<svg width="14" height="14" viewBox="0 0 16 16" fill="none" stroke="currentColor"
    stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"><path d="${path}"/></svg>`;
  const name = document.createElement('span');
  name.textContent = place.name;
  element.append(name);
  new Marker({ element, anchor: 'left', offset: [-11, 0] })
    .setLngLat([place.lon_deg, place.lat_deg])
    .addTo(map);
}
