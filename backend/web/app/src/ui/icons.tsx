/** Small line icons, drawn on a 16-unit grid in the colour of the text. */
const PATHS = {
  search: 'M7 12.2A5.2 5.2 0 1 0 7 1.8a5.2 5.2 0 0 0 0 10.4ZM10.8 10.8 14.2 14.2',
  close: 'm4 4 8 8M12 4l-8 8',
  check: 'm3 8.5 3.3 3.3L13 5',
  skip: 'M4 4l8 8M12 4l-8 8',
  sun: 'M8 11a3 3 0 1 0 0-6 3 3 0 0 0 0 6ZM8 1.2v1.4M8 13.4v1.4M1.2 8h1.4M13.4 8h1.4M3.2 3.2l1 1M11.8 11.8l1 1M3.2 12.8l1-1M11.8 4.2l1-1',
  moon: 'M13.5 9.6A6 6 0 0 1 6.4 2.5a6 6 0 1 0 7.1 7.1Z',
  replan: 'M13.5 8a5.5 5.5 0 1 1-1.7-4M13.6 1.6v2.9h-2.9',
  tip: 'M2 13.5h12M8 2.5v7M5 6.8 8 9.8l3-3',
  break: 'M2.5 5.5h8.5V9a3.5 3.5 0 0 1-3.5 3.5H6A3.5 3.5 0 0 1 2.5 9V5.5ZM11 6.5h.8a1.8 1.8 0 0 1 0 3.6h-1M5.2 1.6v1.8M8.3 1.6v1.8M2 14.6h9.5',
  depot: 'M2 13.5V6l6-3.5L14 6v7.5M5.5 13.5V9h5v4.5',
  truck: 'M1.5 11V4h8v7M9.5 6.5h3l2 2.3V11h-1M4.2 12.8a1.4 1.4 0 1 0 0-2.8 1.4 1.4 0 0 0 0 2.8ZM11.5 12.8a1.4 1.4 0 1 0 0-2.8 1.4 1.4 0 0 0 0 2.8ZM5.8 11.4h4.2',
  arrow: 'M3 8h9.5M8.7 4.2 12.5 8l-3.8 3.8',
  chevron: 'm6 3.5 4.5 4.5L6 12.5',
  warn: 'M8 2 14.5 13.5h-13L8 2ZM8 6.5v3.3M8 11.7v.1',
  bell: 'M3.2 11.5h9.6c-.9-.9-1.3-1.9-1.3-3.4V6.8a3.5 3.5 0 0 0-7 0v1.3c0 1.5-.4 2.5-1.3 3.4ZM6.6 13.6a1.5 1.5 0 0 0 2.8 0',
  navigate: 'm2 7.2 12-5.2-5.2 12-1.6-5.2L2 7.2Z',
  print: 'M4.5 6V2h7v4M4.5 11.5H2.5v-5.5h11v5.5h-2M4.5 9.5h7V14h-7V9.5Z',
  undo: 'M3 6.2h6.5a3.6 3.6 0 0 1 0 7.2H6M5.6 3.4 2.8 6.2 5.6 9',
  cloud: 'M4.5 12.5a3 3 0 0 1-.4-6 4 4 0 0 1 7.7 1 2.5 2.5 0 0 1-.3 5h-7ZM2.5 2.5l11 11',
  noEntry: 'M8 14A6 6 0 1 0 8 2a6 6 0 0 0 0 12ZM5 8h6',
  saved: 'M2 13.5h12M3.5 13.5V4.5h3v9M9.5 13.5V9h3v4.5M8.6 3.2l2.4 2.4 2.4-2.4',
  fork: 'M8 14V9.5M8 9.5C8 6 3.5 7 3.5 2.5M8 9.5C8 6 12.5 7 12.5 2.5M1.5 4.3l2-2 2 2M10.5 4.3l2-2 2 2',
  rules: 'M6.5 4h7.5M6.5 8h7.5M6.5 12h7.5M1.8 4l1 1 1.8-2M1.8 8l1 1 1.8-2M1.8 12l1 1 1.8-2',
  plus: 'M8 3v10M3 8h10',
  chip: 'M4.5 4.5h7v7h-7v-7ZM6.5 2v2.5M9.5 2v2.5M6.5 11.5V14M9.5 11.5V14M2 6.5h2.5M2 9.5h2.5M11.5 6.5H14M11.5 9.5H14',
  layers: 'm8 2 6 3.2-6 3.2L2 5.2 8 2ZM2.3 8.4 8 11.4l5.7-3M2.3 11 8 14l5.7-3',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 16 }: { name: IconName; size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" fill="none" stroke="currentColor"
      strokeWidth={1.5} strokeLinecap="round" strokeLinejoin="round" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}

/** The product's mark: a vessel, and the room left in it. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <path d="M8 5v13.5a8 8 0 0 0 16 0V5" fill="none" stroke="currentColor" strokeWidth={3}
        strokeLinecap="round" />
      <path d="M11.6 17h8.8v1.6a4.4 4.4 0 0 1-8.8 0Z" fill="currentColor" />
    </svg>
  );
}
