import { selectBin } from './model';

/** A link in a mail names a bin: `/#bin=12`. */
export function selectLinkedBin(): void {
  const [, slotId] = /^#bin=(\d+)$/.exec(location.hash) ?? [];
  if (slotId !== undefined) selectBin(Number(slotId));
}

addEventListener('hashchange', selectLinkedBin);
