const RETRY_MS = 10_000;

/** Ask for something, until it is answered; of several answers under way only the newest question's is taken. */
export function askNewest<T>(
  ask: () => Promise<T>,
  take: (answer: T) => void,
  fail: (error: unknown) => void,
): () => Promise<void> {
  let newest = 0;
  async function askAgain(): Promise<void> {
    const mine = ++newest;
    try {
      const answer = await ask();
      if (mine === newest) take(answer);
    } catch (error) {
      if (mine !== newest) return;
      fail(error);
      setTimeout(() => void (mine === newest && askAgain()), RETRY_MS);
    }
  }
  return askAgain;
}
