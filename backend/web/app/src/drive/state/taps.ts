import type { Pickup, Stop } from '../../api/types';
import { nowMs } from '../../time/clock';
import { createStore } from '../../ui/store';
import { MISTAKE } from '../texts';
import { day } from './day';
import { drawEventId } from './eventId';
import { post, withdraw } from './outbox';

/** The tap that can be taken back with one more. */
export interface LastTap {
  stop: Stop;
  outcome: Pickup['outcome'];
  eventId: string;
}

export const lastTap = createStore<LastTap | null>(null);

export function markDone(stop: Stop, fillFraction: number | null): void {
  tap(stop, { outcome: 'done', fill_fraction: fillFraction });
}

export function markSkipped(stop: Stop, reason: string): void {
  tap(stop, { outcome: 'skipped', reason });
}

/** Open a stop again: no pickup is ever deleted, a later one corrects it. */
export function reopen(stop: Stop): void {
  record(stop, { outcome: 'skipped', reason: MISTAKE });
  lastTap.set(null);
}

export function undoLast(): void {
  const last = lastTap.get();
  if (last === null) return;
  if (withdraw(last.eventId)) lastTap.set(null);
  else reopen(last.stop);
}

type Said = Omit<Pickup, 'event_id' | 'happened_at'>;

function tap(stop: Stop, said: Said): void {
  const eventId = record(stop, said);
  lastTap.set({ stop, outcome: said.outcome, eventId });
  navigator.vibrate?.(30);
}

function record(stop: Stop, said: Said): string {
  const now = day.get();
  const event_id = drawEventId();
  const happened_at = new Date(now ? nowMs(now.clock) : Date.now()).toISOString();
  post({ stopId: stop.stop_id, originId: stop.origin_stop_id, pickup: { ...said, event_id, happened_at } });
  return event_id;
}
