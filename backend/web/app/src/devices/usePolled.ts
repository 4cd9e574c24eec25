import { useCallback, useEffect, useRef, useState } from 'react';
import { ApiError } from '../api/client';

const PAUSE_MS = 200;

export interface Polled<T> {
  /** What was loaded last; null before the first answer. */
  value: T | null;
  /** Why it could not be loaded, or not again. */
  trouble: string | null;
  reload: () => Promise<void>;
}

/** Load something, and look again every so often while somebody looks at the page. */
export function usePolled<T>(load: () => Promise<T>, key: string, everyMs: number): Polled<T> {
  const [kept, setKept] = useState<{ key: string; value: T | null; trouble: string | null }>({ key, value: null, trouble: null });
  const newest = useRef({ load, key });
  newest.current = { load, key };
  const hasValue = useRef(false);
  hasValue.current = kept.value !== null;
  const reload = useCallback(async () => {
    const asked = newest.current;
    const set = (value: (before: T | null) => T | null, trouble: string | null) =>
      // An answer to what nobody asks any more comes too late.
      newest.current.key === asked.key && setKept((before) => ({ key: asked.key, value: value(before.value), trouble }));
    try {
      const value = await asked.load();
      set(() => value, null);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      set((before) => before, error.message);
    }
  }, []);
  useEffect(() => {
    // Who types is asked for once, when he pauses.
    const first = setTimeout(() => void reload(), hasValue.current ? PAUSE_MS : 0);
    const timer = setInterval(() => !document.hidden && void reload(), everyMs);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, [key, everyMs, reload]);
  return { value: kept.value, trouble: kept.trouble, reload };
}
