import { useState } from 'react';
import { api, ApiError } from '../api/client';
import type { Ledger } from '../api/types';
import { Icon } from '../ui/icons';
import { monthName, monthOf } from './words';

interface ReckonProps {
  ledger: Ledger;
  month: string;
  today: string;
  reload: () => void;
}

/** Let a worker reckon the days that are over, and say how that went. */
export function Reckon({ ledger, month, today, reload }: ReckonProps) {
  const [why, setWhy] = useState<string | null>(null);
  const waiting = ledger.requests.find((each) => each.ended_at === null);
  const trouble = why ?? ledger.requests.find((each) => each.month === month)?.trouble ?? null;

  async function ask(): Promise<void> {
    try {
      await api.reckonSaving(month);
      setWhy(null);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setWhy(error.message);
    }
    reload();
  }

  if (waiting !== undefined) {
    return <p className="reckon" role="status"><span className="reckon-turning"><Icon name="replan" size={14} /></span>Reckoning {monthName(waiting.month)}…</p>;
  }
  return (
    <div className="reckon">
      {trouble !== null && <p className="reckon-trouble" role="alert">{trouble}</p>}
      <button className="button" onClick={() => void ask()}>
        <Icon name="replan" size={14} />{month === monthOf(today) ? 'Reckon the days so far' : 'Reckon again'}
      </button>
    </div>
  );
}
