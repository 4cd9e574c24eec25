/** How streams are named on screen. */
const NAMES: Record<string, string> = {
  'e-waste': 'E-waste',
  'cooking-oil': 'Cooking oil',
};

export function streamName(stream: string): string {
  return NAMES[stream] ?? stream.charAt(0).toUpperCase() + stream.slice(1);
}
