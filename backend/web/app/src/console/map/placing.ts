import { Marker, type Map as MapLibre } from 'maplibre-gl';
import { model } from '../state/model';
import { isPlacing, placeAt, whatIf } from '../whatif/state';

// Each is an element of the page: more make the map stumble.
const MOST_MARKS = 200;

/** Take places for a what-if question, and mark those that were taken while it is put together. */
export function attachPlacing(map: MapLibre): () => void {
  let markers: Marker[] = [];
  map.on('click', ({ lngLat }) => {
    if (isPlacing()) placeAt({ lat_deg: lngLat.lat, lon_deg: lngLat.lng }, nearestStream(lngLat));
  });
  const draw = () => {
    const { isShown, placing, draft } = whatIf.get();
    map.getCanvas().style.cursor = placing === null ? '' : 'crosshair';
    markers.forEach((each) => each.remove());
    if (!isShown) return void (markers = []);
    const asked = [...draft.bins, ...(draft.file?.bins ?? [])].slice(0, MOST_MARKS);
    const bins = asked.map((each, index) => mark(map, String(index + 1), each));
    markers = draft.depot === null ? bins : [...bins, mark(map, 'Depot?', draft.depot)];
  };
  return whatIf.subscribe(draw);
}

function mark(map: MapLibre, name: string, { lat_deg, lon_deg }: { lat_deg: number; lon_deg: number }): Marker {
  const element = document.createElement('div');
  element.className = 'asked-place';
  element.textContent = name;
  return new Marker({ element }).setLngLat([lon_deg, lat_deg]).addTo(map);
}

/** What is collected nearby is likely to be what is meant. */
function nearestStream({ lat, lng }: { lat: number; lng: number }): string {
  const perDegree = Math.cos((lat * Math.PI) / 180);
  const away = (each: { lat_deg: number; lon_deg: number }) => Math.hypot(each.lat_deg - lat, (each.lon_deg - lng) * perDegree);
  const bins = [...(model.get()?.bins.values() ?? [])];
  return bins.reduce((best, each) => (away(each) < away(best) ? each : best)).stream;
}
