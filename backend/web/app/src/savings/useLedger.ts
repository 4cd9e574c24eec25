import { useCallback, useEffect, useState } from 'react';
import { api, ApiError } from '../api/client';
import type { Ledger, Organisation } from '../api/types';

export type Loading =
  | { state: 'loading' }
  | { state: 'failed'; why: string }
  | { state: 'ready'; organisation: Organisation; ledger: Ledger };

const POLL_MS = 2000;

export const isReckoning = (ledger: Ledger) => ledger.requests.some((each) => each.ended_at === null);

/** Load the ledger; while a worker reckons a month, look again every two seconds. */
export function useLedger(): [Loading, () => void] {
  const [now, setNow] = useState<Loading>({ state: 'loading' });
  const load = useCallback(() => {
    Promise.all([api.overview(), api.savings()])
      .then(([{ organisation }, ledger]) => setNow({ state: 'ready', organisation, ledger }))
      .catch((error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        setNow((before) => (before.state === 'ready' ? before : { state: 'failed', why: error.message }));
      });
  }, []);
  useEffect(load, [load]);
  const isWaiting = now.state === 'ready' && isReckoning(now.ledger);
  useEffect(() => {
    if (!isWaiting) return undefined;
    const timer = setInterval(load, POLL_MS);
    return () => clearInterval(timer);
  }, [isWaiting, load]);
  return [now, load];
}
