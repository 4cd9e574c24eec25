import { api, ApiError } from '../../api/client';
import type { Pickup, Stop } from '../../api/types';
import { createStore } from '../../ui/store';
import { takeStop } from './day';
import { keep, readKept } from './kept';

/** One tap that the server has not confirmed yet. */
export interface Waiting {
  stopId: number;
  /** The work that the tap is about; a new plan may have another stop for it. */
  originId: number;
  pickup: Pickup;
}

export interface Refusal {
  stopId: number;
  why: string;
}

const FIRST_RETRY_MS = 2_000;
const LAST_RETRY_MS = 60_000;

export const outbox = createStore<readonly Waiting[]>(readKept<Waiting[]>('outbox', []));
export const refusal = createStore<Refusal | null>(null);
outbox.subscribe(() => keep('outbox', outbox.get()));

let isSending = false;
let retryMs = FIRST_RETRY_MS;
let retry: ReturnType<typeof setTimeout> | undefined;

export function post(waiting: Waiting): void {
  outbox.set([...outbox.get(), waiting]);
  void send();
}

/** Take a tap back while it is still on this phone; false once it was sent. */
export function withdraw(eventId: string): boolean {
  const left = outbox.get().filter((each) => each.pickup.event_id !== eventId);
  const isHere = left.length < outbox.get().length && !(isSending && outbox.get()[0]?.pickup.event_id === eventId);
  if (isHere) outbox.set(left);
  return isHere;
}

/** Send what waits, in the order it was tapped; what cannot be sent yet stays first. */
export async function send(): Promise<void> {
  if (isSending) return;
  clearTimeout(retry);
  isSending = true;
  try {
    for (let first = outbox.get()[0]; first !== undefined; first = outbox.get()[0]) {
      const told = await deliver(first);
      drop(first);
      if (told) takeStop(told);
    }
    retryMs = FIRST_RETRY_MS;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    retry = setTimeout(() => void send(), retryMs);
    retryMs = Math.min(LAST_RETRY_MS, retryMs * 2);
  } finally {
    isSending = false;
  }
}

/** A tap that the server will never take must not hold back the ones behind it. */
async function deliver({ stopId, pickup }: Waiting): Promise<Stop | null> {
  try {
    return await api.reportPickup(stopId, pickup);
  } catch (error) {
    if (!(error instanceof ApiError) || !error.isVerdict) throw error;
    refusal.set({ stopId, why: error.message });
    return null;
  }
}

function drop(sent: Waiting): void {
  outbox.set(outbox.get().filter((each) => each.pickup.event_id !== sent.pickup.event_id));
}
