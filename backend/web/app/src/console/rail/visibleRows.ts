import { useCallback, useRef, useState } from 'react';

export const ROW_PX = 48;
const SPARE_ROWS = 6;

/** Which of many equally high rows are in sight of a scrolling box. */
export function useVisibleRows(count: number) {
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(800);
  const watcher = useRef<ResizeObserver>(null);
  const box = useCallback((element: HTMLDivElement | null) => {
    watcher.current?.disconnect();
    if (element === null) return;
    watcher.current = new ResizeObserver(() => setHeight(element.clientHeight));
    watcher.current.observe(element);
  }, []);
  return {
    box,
    first: Math.max(0, Math.floor(top / ROW_PX) - SPARE_ROWS),
    last: Math.min(count, Math.ceil((top + height) / ROW_PX) + SPARE_ROWS),
    onScroll: (event: React.UIEvent) => setTop(event.currentTarget.scrollTop),
  };
}
