/** Ask for something; of several answers under way only the newest question's is taken. */
export function askNewest<T>(
  ask: () => Promise<T>,
  take: (answer: T) => void,
  fail: (error: unknown) => void,
): () => Promise<void> {
  let newest = 0;
  return async () => {
    const mine = ++newest;
    try {
      const answer = await ask();
      if (mine === newest) take(answer);
    } catch (error) {
      if (mine === newest) fail(error);
    }
  };
}
