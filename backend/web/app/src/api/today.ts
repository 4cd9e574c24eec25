import { calendarDay } from '../time/format';
import { api } from './client';
import type { Organisation, Run } from './types';

/** Today's runs; on a day without any, those of the newest planned day. */
export async function loadTodaysRuns({ now, time_zone }: Organisation): Promise<Run[]> {
  const today = await api.runs(calendarDay(now, time_zone));
  return today.length > 0 ? today : api.newestRuns();
}
