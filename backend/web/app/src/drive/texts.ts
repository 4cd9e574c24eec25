import { plural } from '../ui/quantity';

/** Every sentence of the driver's page, in one place. */
export const texts = {
  chooseVehicle: 'Which vehicle are you driving?',
  changeVehicle: 'Change vehicle',
  loading: 'Loading today’s list…',
  failed: 'The list could not be loaded',
  retry: 'Try again',
  noRuns: 'No run is planned.',
  noRunsHint: 'The list appears here by itself as soon as there is one.',
  noRunForVehicle: 'This vehicle has no run in the new plan.',
  offline: 'No signal. Carry on: taps are kept here and sent later.',
  waiting: 'waiting to send',
  navigate: 'Navigate',
  done: 'Done',
  tipped: 'Tipped',
  skip: 'Skip',
  howFull: 'How full was it?',
  whySkip: 'Why is it skipped?',
  other: 'Something else…',
  otherHint: 'What happened?',
  cancel: 'Cancel',
  undo: 'Undo',
  carWarning: 'These apps route as a car: they know nothing of your height, weight or turning room.',
  correctTitle: 'Correct this stop',
  doneAfterAll: 'It is done',
  stillToDo: 'Still to do',
  wasSkipped: 'It was skipped…',
  theWay: 'The way there',
  allSteps: (count: number) => `All ${count} steps`,
  close: 'Close',
  from: (place: string) => `From ${place}`,
  noWayYet: 'The turns come as soon as there is signal.',
  estimate: 'Times and distances are estimates (≈), and there are no turns: this city has no street map.',
  samePlace: 'same place',
  onTheWay: 'wherever you are then',
  rested: 'Break over',
  rest: 'Then',
  ended: 'Ended',
  dayOver: 'That was all.',
  dayOverHint: 'Drive back to the depot.',
  planChanged: (count: number) => `The office planned anew: ${plural(count, 'stop')} on your list changed.`,
  refused: 'The office did not take this tap',
} as const;

/** What the driver may say; the words are stored as they are read in the office. */
export const SKIP_REASONS = ['not accessible', 'blocked by car', 'not full', 'contaminated', 'damaged'] as const;
export const TIP_SKIP_REASONS = ['not accessible', 'closed', 'not needed'] as const;
export const BREAK_SKIP_REASONS = ['no time', 'had it before', 'later'] as const;

/** A stop skipped for this reason is open again: a tap went wrong. */
export const MISTAKE = 'tapped by mistake';
export const OTHER_MAX_CHARS = 120;
