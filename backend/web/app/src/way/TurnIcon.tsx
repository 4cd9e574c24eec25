import type { Line } from '../api/types';

/** What to do next, as a sign: drawn on a 24-unit grid, to the right; leftwards is its mirror. */
const STRAIGHT = 'M12 21V4M6 10l6-6 6 6';
const TO_THE_RIGHT = {
  slight_right: 'M7.5 21v-5.3a4 4 0 0 1 1.2-2.9L17.5 5M10 4.6h8v8',
  right: 'M6.5 21v-8a4 4 0 0 1 4-4H20M14.5 3.5 20 9l-5.5 5.5',
  sharp_right: 'M5.5 21V8.2a3 3 0 0 1 5.2-2L18 14.3M18.6 6.6v8.2h-8.2',
} as const;
const U_TURN = 'M6 21V10a5.5 5.5 0 0 1 11 0v9M12.5 14.5 17 19l4.5-4.5';
const FERRY = 'M3.5 14h17l-2.6 4.6M3.5 14l2.6 4.6M6.5 14V9h11v5M10 9V5h4v4M3 20.5c1.5 1 3 1 4.5 0s3-1 4.5 0 3 1 4.5 0 3-1 4.5 0';
const DEPART = 'M12 16V4M6 10l6-6 6 6';
const RING = 'M12 21v-5.2M12 15.8a6.4 6.4 0 1 0 0-12.8 6.4 6.4 0 0 0 0 12.8Z';
const PIN = 'M12 21c4.6-4.9 7-8.2 7-11.2a7 7 0 0 0-14 0c0 3 2.4 6.3 7 11.2Z';
const PIN_BESIDE = 'M6 21V3M16 15.5c3-3.3 4.6-5.5 4.6-7.6a4.6 4.6 0 0 0-9.2 0c0 2.1 1.6 4.3 4.6 7.6Z';

export function TurnIcon({ line, size = 24 }: { line: Line; size?: number }) {
  return (
    <svg className="turn-icon" width={size} height={size} viewBox="0 0 24 24" fill="none" stroke="currentColor"
      strokeWidth={2.4} strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d={sign(line)} transform={isLeftwards(line) ? 'matrix(-1 0 0 1 24 0)' : undefined} />
      {line.kind === 'depart' && <circle cx="12" cy="20" r="1.6" fill="currentColor" />}
      {line.kind === 'roundabout' && <ExitNumber number={line.exit_number} />}
    </svg>
  );
}

function isLeftwards({ kind, bend }: Line): boolean {
  if (kind === 'roundabout') return false;
  // Where traffic keeps to the right, who turns round does so across it.
  return kind === 'u_turn' ? !bend.endsWith('right') : bend.endsWith('left');
}

function ExitNumber({ number }: { number: number | null }) {
  if (number === null) return null;
  return (
    <text x="12" y="12.9" textAnchor="middle" fontSize="10" fontWeight="700" fill="currentColor" stroke="none">
      {number}
    </text>
  );
}

function sign({ kind, bend }: Line): string {
  switch (kind) {
    case 'depart': return DEPART;
    case 'roundabout': return RING;
    case 'u_turn': return U_TURN;
    case 'ferry': return FERRY;
    case 'arrive': return bend === 'straight' ? PIN : PIN_BESIDE;
    case 'turn': return bend === 'straight' ? STRAIGHT : TO_THE_RIGHT[rightwards(bend)];
  }
}

type Rightwards = keyof typeof TO_THE_RIGHT;
const rightwards = (bend: Line['bend']) => bend.replace('left', 'right') as Rightwards;
