/** What a device notes beside a reading: the bits of `flags` in docs/payload.md. */
const FLAGS = [
  { bit: 1, name: 'no echo', isUrgent: false },
  { bit: 2, name: 'noisy echoes', isUrgent: false },
  { bit: 3, name: 'tilted', isUrgent: false },
  { bit: 4, name: 'hot', isUrgent: true },
  { bit: 6, name: 'hit hard', isUrgent: false },
  { bit: 5, name: 'battery low', isUrgent: false },
] as const;

export function raisedFlags(flags: number | null) {
  return FLAGS.filter(({ bit }) => ((flags ?? 0) >> bit) & 1);
}
