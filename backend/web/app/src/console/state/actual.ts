import type { Stop } from '../../api/types';

/** When a stop was, as far as its driver said; else when it is planned. In ms since 1970. */
export function actualSpan({ arrive_at, depart_at, status, happened_at }: Stop): { from: number; to: number } {
  const [from, to] = [Date.parse(arrive_at), Date.parse(depart_at)];
  if (status === 'planned' || happened_at === null) return { from, to };
  const ended = Date.parse(happened_at);
  // Who skips a stop has not worked there.
  return { from: status === 'done' ? ended - (to - from) : ended, to: ended };
}
