/** Waits that grow from a second to half a minute, with a spread so that a thousand browsers do not come back at once. */
export class Backoff {
  private tries = 0;

  constructor(private readonly random: () => number = Math.random) {}

  next(least = 0): number {
    const wait = Math.min(30_000, 1_000 * 2 ** this.tries++);
    return Math.max(least, wait * (0.75 + this.random() / 2));
  }

  reset() {
    this.tries = 0;
  }
}
