import type { DeviceOffer, DeviceState, Release } from '../api/types';
import { count } from '../ui/quantity';

export type Concern = 'all' | 'waiting' | 'refused' | 'silent';
type OfferState = DeviceOffer['state'];

export const CONCERNS: readonly (readonly [Concern, string])[] = [['all', 'All'], ['waiting', 'Waiting'], ['refused', 'Refused'], ['silent', 'Silent']];

export const words = {
  title: 'Devices',
  failed: 'The devices could not be loaded',
  stale: 'No connection to the server: this is what was known before.',
  nobody: 'No device fits that',
  publish: 'ullage firmware publish build/release-7',
  add: 'ullage device add bin-17 --kind ullage-esp32 --slot A-0017',
} as const;

/** How far an offer has come, shortly; beside the number of its version. */
export function offerWords(state: OfferState, sent: number): string {
  switch (state) {
    case 'offered': return 'offered';
    case 'downloading': return `${Math.floor(sent * 100)} % there`;
    case 'trying': return 'on trial';
    case 'confirmed': return 'confirmed';
    case 'refused': return 'refused';
    case 'rolled_back': return 'went back';
    case 'withdrawn': return 'withdrawn';
  }
}

/** What an offer waits for, or what has become of it. */
export const OFFER_MEANS: Record<OfferState, string> = {
  offered: 'The device finds the offer with its next report.',
  downloading: 'It fetches some 18 KB with each report.',
  trying: 'It has everything: it checks it, and tries it for up to 12 wakes.',
  confirmed: 'It runs, reports, and could take another version.',
  refused: 'Nothing changed on the device. Mend the cause and offer it again.',
  rolled_back: 'It did not start or could not report: the device runs the version before.',
  withdrawn: 'Another version was offered, or this one was stopped.',
};

export const OPEN: readonly OfferState[] = ['offered', 'downloading', 'trying'];
export const FAILED: readonly OfferState[] = ['refused', 'rolled_back'];

export const isOpen = (state: OfferState | null): boolean => state !== null && OPEN.includes(state);
export const hasFailed = (state: OfferState | null): boolean => state !== null && FAILED.includes(state);

/** The version that runs; 0 was copied by hand and has no number. */
export function versionName(version: number | null): string {
  if (version === null) return 'not known yet';
  return version === 0 ? 'copied by hand' : `version ${version}`;
}

export const placeOf = ({ address, site }: Pick<DeviceState, 'address' | 'site'>): string => address ?? site ?? '';

/** Each device of the board once: where it stands with a release. */
export function standing(release: Release): { on: number; waiting: number; failed: number; left: number } {
  const of = (states: readonly string[]) => states.reduce((sum, each) => sum + (release.states[each] ?? 0), 0);
  const on = Math.max(release.running_count, of(['confirmed']));
  const [waiting, failed] = [of(OPEN), of(FAILED)];
  return { on, waiting, failed, left: Math.max(0, release.device_count - on - waiting - failed) };
}

/** Who of a share is not asked again. */
export const sharers = (already: number): string => `${count(already)} of the share ${already === 1 ? 'has it, or is at it' : 'have it, or are at it'}`;
