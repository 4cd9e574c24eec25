import type { Store } from '../ui/store';

/** What is loaded whole and then carried on by events. */
export interface Live<T> {
  /** Let an event change what is known, and what is being loaded: that may have been read before it. */
  change(event: (known: T) => T): void;
  /** Load everything anew. Of several loads under way the one that began last counts; false: another did. */
  load(read: () => Promise<T>): Promise<boolean>;
}

/** Carry on a store, which is null until the first load is through. */
export function keepLive<T>(store: Store<T | null>): Live<T> {
  let newest = 0;
  let heard: ((known: T) => T)[] | null = null; // since the newest load began; null: none is under way

  return {
    change(event) {
      const known = store.get();
      if (known !== null) store.set(event(known));
      heard?.push(event);
    },
    async load(read) {
      const mine = ++newest;
      heard = [];
      try {
        let found: T = await read();
        if (mine !== newest) return false;
        for (const event of heard) found = event(found);
        store.set(found);
        return true;
      } finally {
        if (mine === newest) heard = null;
      }
    },
  };
}
