import { useEffect, useState } from 'react';
import { api, ApiError } from '../../api/client';
import type { Bin, BinDetail, History } from '../../api/types';
import { useModel } from '../state/model';

interface Loaded {
  detail: BinDetail | null;
  history: History | null;
  why: string | null;
}

/** Load a bin's history, forecast and decision; again when something happened to it. */
export function useBinDetail({ slot_id, measured_at, emptied_at }: Bin): Loaded {
  const planId = useModel((state) => state.overview.plan?.plan_id);
  const [loaded, setLoaded] = useState<Loaded>({ detail: null, history: null, why: null });
  useEffect(() => {
    const leaving = new AbortController();
    Promise.all([api.bin(slot_id, leaving.signal), api.history(slot_id, leaving.signal)])
      .then(([detail, history]) => setLoaded({ detail, history, why: null }))
      .catch((error: unknown) => {
        if (error instanceof ApiError) setLoaded((before) => keptOrFailed(before, error));
        else if (!leaving.signal.aborted) throw error;
      });
    return () => leaving.abort();
  }, [slot_id, measured_at, emptied_at, planId]);
  return loaded;
}

/** What was shown already stays: old numbers are better than none. */
function keptOrFailed(before: Loaded, error: ApiError): Loaded {
  return before.detail === null ? { ...before, why: error.message } : before;
}
