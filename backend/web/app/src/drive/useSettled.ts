import { useEffect, useState } from 'react';

const SETTLE_MS = 500;

/**
 * False for a moment after something is shown in place of another: the second touch of a glove
 * was meant for what was there before.
 */
export function useSettled(shown: string | null): boolean {
  const [settled, setSettled] = useState<string | null | undefined>(undefined);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(shown), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [shown]);
  return settled === shown;
}
