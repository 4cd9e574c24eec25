import { api, ApiError } from '../../api/client';
import { askNewest } from '../../api/newest';
import type { Alarm } from '../../api/types';
import { createStore, patch, useStore } from '../../ui/store';
import { panel } from '../closures/state';

export interface Alarms {
  /** What is open, the gravest first; null before the first answer. */
  known: readonly Alarm[] | null;
  /** Why it could not be loaded. */
  trouble: string | null;
  /** The list is on screen. */
  isShown: boolean;
}

export const alarms = createStore<Alarms>({ known: null, trouble: null, isShown: false });
export const useAlarms = (): Alarms => useStore(alarms, (each) => each);

export const loadAlarms = askNewest(
  api.alarms,
  (known) => patch(alarms, { known, trouble: null }),
  (error) => patch(alarms, { trouble: explain(error) }),
);

/** See to an alarm: it is not told again; the reason why not, or null. */
export async function acknowledge(alarmId: number): Promise<string | null> {
  try {
    await api.acknowledge(alarmId);
    return null;
  } catch (error) {
    return explain(error);
  } finally {
    // Also who was told that it is over already wants to see it gone.
    void loadAlarms();
  }
}

export function showAlarms(isShown: boolean): void {
  patch(alarms, { isShown });
}

// Alarms and closures are shown in one place: the newer takes it.
panel.subscribe(() => panel.get().step !== 'away' && showAlarms(false));

function explain(error: unknown): string {
  if (error instanceof ApiError) return error.message;
  throw error;
}
