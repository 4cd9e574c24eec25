import { api, ApiError } from '../api/client';
import type { Run, RunDirections, Stop } from '../api/types';
import { takePen, type Pen } from './pen';

/** Everything that is on the paper. */
export interface Paper {
  organisation: string;
  run: Run;
  stops: readonly Stop[];
  directions: RunDirections;
  pen: Pen;
}

export type Loading = { state: 'loading' } | { state: 'failed'; why: string } | { state: 'ready'; paper: Paper };

/** The run of the page's address, in its language or in the browser's. */
export async function loadPaper(asked: URLSearchParams): Promise<Loading> {
  const runId = Number(asked.get('run'));
  if (!Number.isInteger(runId) || runId <= 0) return { state: 'failed', why: 'The address names no run: /sheet?run=ID' };
  try {
    const [{ organisation }, { run, stops }, directions] = await Promise.all([
      api.overview(), api.run(runId), api.directions(runId, asked.get('language') ?? navigator.language),
    ]);
    const pen = takePen(directions.language, organisation.time_zone, run);
    return { state: 'ready', paper: { organisation: organisation.name, run, stops, directions, pen } };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return { state: 'failed', why: error.message };
  }
}
