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
};

const RETRY_MS = 2000;

/**
 * Follow the live events until the returned function is called. A stream that breaks is
 * opened again; every `hello` after the first means that something may have been missed.
 */
export function followEvents(handlers: EventHandlers): () => void {
  let source: EventSource;
  let retry: ReturnType<typeof setTimeout> | undefined;

  function open(): void {
    source = new EventSource('/api/v1/events');
    for (const name of ['hello', 'bins', 'stop', 'plan', 'planning', 'simulation', 'closures', 'alarm'] as const) {
      source.addEventListener(name, (event) => hear(name, event.data as string));
    }
    source.onerror = () => {
      handlers.lost();
      source.close();
      clearTimeout(retry);
      retry = setTimeout(open, RETRY_MS);
    };
  }

  function hear<Name extends keyof EventData>(name: Name, text: string): void {
    const handle = handlers[name] as ((data: EventData[Name]) => void) | undefined;
    handle?.(JSON.parse(text) as EventData[Name]);
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
    source.close();
  };
}
