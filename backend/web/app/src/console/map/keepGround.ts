import { AttributionControl, type ErrorEvent, type Map as MapLibre } from 'maplibre-gl';
import { theme } from '../../theme/theme';
import { model } from '../state/model';
import { currentStyle, emphasise } from './engine';
import type { Ground, makeGrounds } from './ground';

/** Draw the ground of the theme that is chosen, and the offline one where the other cannot be had. */
export function keepGround(
  map: MapLibre, grounds: ReturnType<typeof makeGrounds>, first: Ground, tell: (ground: Ground) => void,
): () => void {
  const credits = new AttributionControl({ compact: false });
  let now = first;

  function show(ground: Ground): void {
    now = ground;
    if (map.hasControl(credits)) map.removeControl(credits);
    if (ground.kind === 'online') map.addControl(credits, 'bottom-right');
    tell(ground);
  }

  async function redraw(): Promise<void> {
    const asked = theme.get();
    const ground = await grounds.choose(asked);
    const state = model.get();
    if (state === null || asked !== theme.get()) return;
    map.setStyle(currentStyle(state, ground), { diff: false });
    map.once('style.load', () => emphasise(map));
    show(ground);
  }

  function judge(event: ErrorEvent & { sourceId?: string; tile?: unknown }): void {
    // A tile that is missing leaves a gap; a source that is missing leaves nothing.
    const isGround = now.kind === 'online' && event.sourceId !== undefined && event.sourceId in now.style.sources;
    if (!isGround || event.tile !== undefined) return;
    grounds.distrust(theme.get());
    void redraw();
  }

  show(first);
  map.on('error', judge);
  return theme.subscribe(() => void redraw());
}
