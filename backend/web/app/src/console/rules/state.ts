import { api, ApiError } from '../../api/client';
import type { CollectionRule, KnownEvent, ServiceDays } from '../../api/types';
import { createStore, patch, useStore } from '../../ui/store';
import { words } from './words';

/** What was promised and what is known of the days to come. */
export interface Rules {
  serviceLevel: number | null;
  service: ServiceDays;
  events: readonly KnownEvent[];
  collection: readonly CollectionRule[];
}

/** Something that was just taken back, and the way to have it again. */
export interface Undo {
  what: string;
  redo: () => Promise<unknown>;
}

export interface RulesState {
  isShown: boolean;
  /** Null before the first answer. */
  known: Rules | null;
  /** Why they could not be loaded, or a change not be made. */
  trouble: string | null;
  undo: Undo | null;
  /** Something has changed since the newest plan was asked for. */
  isPlanBehind: boolean;
}

export const rules = createStore<RulesState>({ isShown: false, known: null, trouble: null, undo: null, isPlanBehind: false });
export const useRules = (): RulesState => useStore(rules, (each) => each);

export function showRules(isShown: boolean): void {
  patch(rules, { isShown, trouble: null, undo: null });
  if (isShown) void loadRules();
}

let asked = 0;

/** Load them all; where several ask at a time, the newest answer counts. */
export async function loadRules(): Promise<void> {
  asked += 1;
  const mine = asked;
  try {
    const [level, service, events, collection] = await Promise.all([api.serviceLevel(), api.serviceDays(), api.knownEvents(), api.collectionRules()]);
    if (mine !== asked) return;
    patch(rules, { known: { serviceLevel: level.service_level, service, events, collection }, trouble: null });
  } catch (error) {
    patch(rules, { trouble: explain(error, words.unreachable) });
  }
}

/** Make a change and look how things are then; the reason why not, or null. */
export async function change(act: () => Promise<unknown>): Promise<string | null> {
  patch(rules, { undo: null });
  try {
    await act();
    patch(rules, { isPlanBehind: true });
  } catch (error) {
    return explain(error);
  }
  await loadRules();
  return null;
}

/** Take something back; it can be had again until the next change. */
export async function takeBack(act: () => Promise<unknown>, undo: Undo): Promise<void> {
  const trouble = await change(act);
  patch(rules, trouble === null ? { undo } : { trouble });
}

function explain(error: unknown, offline: string = words.offline): string {
  if (!(error instanceof ApiError)) throw error;
  return error.status === null ? offline : error.message;
}
