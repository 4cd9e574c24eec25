import type { ApiError } from './client';
import type {
  AlarmEvent, BinCollection, ClosuresEvent, Organisation, PlanEvent, PlanningEvent, SimulationEvent, StopEvent,
} from './types';

interface EventData {
  hello: Organisation;
  bins: BinCollection;
  stop: StopEvent;
  plan: PlanEvent;
  planning: PlanningEvent;
  simulation: SimulationEvent;
  closures: ClosuresEvent;
  alarm: AlarmEvent;
}

export type EventHandlers = { [Name in keyof EventData]?: (data: EventData[Name]) => void } & {
  lost: () => void;
  /** Told once: there is no stream at first, or something on the way holds it back. */
  silent: () => void;
};

const RETRY_MS = 2000;
const PATIENCE_MS = 1500;

/**
 * Follow the live events until the returned function is called. All that happens after a `hello`
 * is told; what happened before it may have been missed, so everything is to be loaded then. A
 * stream that breaks is opened again.
 */
export function followEvents(handlers: EventHandlers): () => void {
  let source: EventSource;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let isWaiting = true; // for the very first word
  const patience = setTimeout(waitNoLonger, PATIENCE_MS);

  function open(): void {
    source = new EventSource('/api/v1/events');
    for (const name of ['hello', 'bins', 'stop', 'plan', 'planning', 'simulation', 'closures', 'alarm'] as const) {
      source.addEventListener(name, (event) => hear(name, event.data as string));
    }
    source.onerror = () => {
      handlers.lost();
      waitNoLonger();
      source.close();
      clearTimeout(retry);
      retry = setTimeout(open, RETRY_MS);
    };
  }

  function hear<Name extends keyof EventData>(name: Name, text: string): void {
    isWaiting = false;
    const handle = handlers[name] as ((data: EventData[Name]) => void) | undefined;
    handle?.(JSON.parse(text) as EventData[Name]);
  }

  function waitNoLonger(): void {
    if (isWaiting) handlers.silent();
    isWaiting = false;
  }

  function reopen(): void {
    clearTimeout(retry);
    source.close();
    open();
  }

  open();
  addEventListener('online', reopen);
  return () => {
    removeEventListener('online', reopen);
    clearTimeout(retry);
    clearTimeout(patience);
    source.close();
  };
}

const GONE_RETRY_MS = 10_000;
let again: ReturnType<typeof setTimeout> | undefined;

/** Load again in a while what could not be told: also without a word from the server, whose stream may live on. */
export function tryAgain({ status, isPassing }: ApiError, load: () => Promise<void>): void {
  clearTimeout(again);
  if (isPassing) again = setTimeout(() => void load(), status === null ? GONE_RETRY_MS : RETRY_MS);
}
