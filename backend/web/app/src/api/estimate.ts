import type { Run } from './types';

/** How a plan begins what it says of its roads when it looked at none. */
const ESTIMATE = 'estimate';

/** Tell whether a run's times and distances are guessed, for want of a street map. */
export const isEstimate = (run: Pick<Run, 'roads'>): boolean => run.roads.startsWith(ESTIMATE);

/** Write a time or a distance so that a guess is seen to be one: ≈ 1.2 km */
export const about = (written: string, isGuess: boolean): string => (isGuess ? `≈\u202f${written}` : written);
