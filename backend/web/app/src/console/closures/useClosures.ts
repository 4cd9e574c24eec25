import type { ShutStreet } from '../../api/types';
import { useNow } from '../../time/clock';
import { useStore } from '../../ui/store';
import { useModel } from '../state/model';
import { closures, stillKnown } from './state';

/** The closures of the moment, with the time that they are told for. */
export function useClosures(): { known: ShutStreet[]; now: number; zone: string } {
  const clock = useModel((state) => state.clock);
  const now = useNow(clock);
  useStore(closures, (each) => each.known);
  return { known: stillKnown(now), now, zone: clock.zone };
}
