import { Marker, type Map as MapLibre, type MapMouseEvent } from 'maplibre-gl';
import { isPointing, panel, takeAt, tryAt, type Spot } from '../closures/state';

const RATE_MS = 90;
const MOVES = new Set(['ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', '+', '-', '=']);
const CROSS = `<svg viewBox="0 0 34 34" fill="none" stroke="currentColor" stroke-width="2"><circle cx="17" cy="17" r="9"/>
  <path d="M17 1v11M17 22v11M1 17h11M22 17h11"/></svg>`;

/** Point at the street to close: by mouse, by finger, or by keyboard with a cross amid the map. */
export function attachPointing(map: MapLibre): () => void {
  const aim = makeAim(map);
  const trySoon = rarely((spot: Spot) => void tryAt(spot));
  let before = panel.get().step;

  map.on('mousemove', (event) => {
    if (panel.get().step !== 'pointing') return;
    aim.hide();
    trySoon(spotOf(event));
  });
  map.on('click', (event) => {
    if (isPointing()) void takeAt(spotOf(event));
  });
  map.on('contextmenu', (event) => void takeAt(spotOf(event)));
  map.on('move', aim.follow);
  map.on('moveend', () => {
    if (aim.isShown() && panel.get().step === 'pointing') trySoon(aim.spot());
  });
  map.getCanvas().addEventListener('keydown', (event) => {
    if (panel.get().step !== 'pointing') return;
    if (MOVES.has(event.key)) aim.show();
    if (event.key !== 'Enter') return;
    aim.show();
    void takeAt(aim.spot());
  });
  return panel.subscribe(() => {
    const { step } = panel.get();
    if (step === 'pointing' && before !== 'pointing') map.getCanvas().focus({ preventScroll: true });
    if (step !== 'pointing') aim.hide();
    map.getCanvas().style.cursor = isPointing() ? 'crosshair' : '';
    before = step;
  });
}

const spotOf = ({ lngLat }: MapMouseEvent): Spot => ({ lat_deg: lngLat.lat, lon_deg: lngLat.lng });

/** The cross in the middle of what is in sight. */
function makeAim(map: MapLibre) {
  const element = document.createElement('div');
  element.className = 'aim';
  element.innerHTML = CROSS;
  const marker = new Marker({ element });
  let isShown = false;
  return {
    isShown: () => isShown,
    show() {
      if (!isShown) marker.setLngLat(map.getCenter()).addTo(map);
      isShown = true;
    },
    hide() {
      if (isShown) marker.remove();
      isShown = false;
    },
    follow() {
      if (isShown) marker.setLngLat(map.getCenter());
    },
    spot(): Spot {
      const { lat, lng } = map.getCenter();
      return { lat_deg: lat, lon_deg: lng };
    },
  };
}

/** Do something now and then; the last time is never left out. */
function rarely<A>(work: (argument: A) => void): (argument: A) => void {
  let next: { argument: A } | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (argument) => {
    next = { argument };
    timer ??= setTimeout(() => {
      timer = undefined;
      if (next !== null) work(next.argument);
    }, RATE_MS);
  };
}
