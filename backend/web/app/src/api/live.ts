import type { Store } from '../ui/store';

/** What is loaded whole and then carried on by events. */
export interface Live<T> {
  /** Let an event change what is known, and what is being loaded: that may have been read before it. */
  change(event: (known: T) => T): void;
  /** Load everything anew; while a load is under way, once more after it. */
  load(read: () => Promise<T>): Promise<void>;
}

/** Carry on a store, which is null until the first load is through. */
export function keepLive<T>(store: Store<T | null>): Live<T> {
  let heard: ((known: T) => T)[] = []; // since what is being loaded was asked for
  let underWay: Promise<void> | null = null;
  let isWanted = false;

  async function loadUntilNew(read: () => Promise<T>): Promise<void> {
    try {
      while (isWanted) {
        isWanted = false;
        heard = [];
        let found: T = await read();
        for (const event of heard) found = event(found);
        store.set(found);
      }
    } finally {
      underWay = null;
    }
  }

  return {
    change(event) {
      const known = store.get();
      if (known !== null) store.set(event(known));
      if (underWay !== null) heard.push(event);
    },
    load(read) {
      isWanted = true;
      underWay ??= loadUntilNew(read);
      return underWay;
    },
  };
}
