import { api, ApiError } from '../../api/client';
import { askNewest } from '../../api/newest';
import type { ClosureRequest, ShutStreet, Stretch } from '../../api/types';
import { nowMs } from '../../time/clock';
import { createStore, patch, useStore } from '../../ui/store';
import { model } from '../state/model';

/** A place that was pointed at. */
export interface Spot {
  lat_deg: number;
  lon_deg: number;
}

/** What the panel of closures shows, and with it what the map does. */
export type Panel =
  | { step: 'away' }
  | { step: 'list'; chosen: number | null }
  | { step: 'pointing'; stretch: Stretch | null; trouble: string | null; isAsking: boolean }
  | { step: 'asking'; stretch: Stretch; spot: Spot }
  | { step: 'done'; closure: ShutStreet };

export interface Closures {
  /** In force or to come, as last heard. */
  known: readonly ShutStreet[];
  /** Why they could not be loaded. */
  trouble: string | null;
  /** One has changed since the newest plan was made. */
  isPlanBehind: boolean;
}

export const closures = createStore<Closures>({ known: [], trouble: null, isPlanBehind: false });
export const panel = createStore<Panel>({ step: 'away' });
export const usePanel = (): Panel => useStore(panel, (each) => each);

export const loadClosures = askNewest(
  api.closures,
  (known) => patch(closures, { known, trouble: null }),
  (error) => patch(closures, { trouble: explain(error) }),
);

/** Those that are not over; a closure ends without anybody saying so. */
export function stillKnown(at: number): ShutStreet[] {
  return closures.get().known.filter(({ to_at }) => to_at == null || Date.parse(to_at) > at);
}

// The page's clock may be a little behind the one that a closure began by.
const GRACE_MS = 60_000;

export const isToCome = ({ from_at }: ShutStreet, at: number): boolean =>
  from_at != null && Date.parse(from_at) > at + GRACE_MS;

/** The organisation's time, for who draws outside of React. */
export function currentMs(): number {
  const state = model.get();
  return state === null ? Date.now() : nowMs(state.clock);
}

/** The map is there for pointing at streets, not at bins. */
export const isPointing = (): boolean => ['pointing', 'asking'].includes(panel.get().step);

export function startPointing(): void {
  panel.set({ step: 'pointing', stretch: null, trouble: null, isAsking: false });
}

export function showList(chosen: number | null = null): void {
  panel.set({ step: 'list', chosen });
}

export function leave(): void {
  asked.abort();
  panel.set({ step: 'away' });
}

let asked = new AbortController();
/** Streets were chosen, and the answers are under way: the pointer may move on. */
let taking = 0;

/** Show what would be shut at a place; the newest question is the one that counts. */
export async function tryAt(spot: Spot): Promise<void> {
  if (taking > 0) return;
  const stretch = await ask(spot);
  if (stretch === null || panel.get().step !== 'pointing') return;
  panel.set({ step: 'pointing', stretch, trouble: null, isAsking: false });
}

/** Take the street at a place, and ask what shall hold there. */
export async function takeAt(spot: Spot): Promise<void> {
  if (!isPointing()) startPointing();
  taking += 1;
  const stretch = await ask(spot);
  taking -= 1;
  if (stretch !== null && isPointing()) panel.set({ step: 'asking', stretch, spot });
}

async function ask({ lat_deg, lon_deg }: Spot): Promise<Stretch | null> {
  asked.abort();
  const question = new AbortController();
  asked = question;
  const shown = panel.get();
  if (shown.step === 'pointing') panel.set({ ...shown, isAsking: true });
  try {
    const stretch = await api.nearestStreet(lat_deg, lon_deg, question.signal);
    return question.signal.aborted ? null : stretch;
  } catch (error) {
    if (!question.signal.aborted && isPointing()) {
      panel.set({ step: 'pointing', stretch: null, trouble: explain(error), isAsking: false });
    }
    return null;
  }
}

/** Shut a street; the reason why not, or null. */
export async function shut(closure: ClosureRequest): Promise<string | null> {
  try {
    const made = await api.shutStreet(closure);
    panel.set({ step: 'done', closure: made });
    patch(closures, { isPlanBehind: true });
    void loadClosures();
    return null;
  } catch (error) {
    return explain(error);
  }
}

/** Open a street again; the reason why not, or null. */
export async function openAgain(closureId: number): Promise<string | null> {
  try {
    await api.openStreet(closureId);
    patch(closures, { isPlanBehind: true });
    return null;
  } catch (error) {
    return explain(error);
  } finally {
    // Also who was told that it is over already wants to see it gone.
    void loadClosures();
  }
}

function explain(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  if (error instanceof DOMException && error.name === 'AbortError') return '';
  throw error;
}
