/** What a run says about itself: `busy` asks for another run soon. */
export type Run = (signal: AbortSignal) => Promise<void>;

/**
 * Runs something again and again: never twice at once, at once when nudged, slower in a hidden tab, and further apart
 * while it fails. A nudge that comes during a run is kept and runs after it, so no change is missed.
 */
export class Poller {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private running: AbortController | null = null;
  private nudged = false;
  private failures = 0;
  private stopped = true;
  private readonly run: Run;
  private readonly interval: () => number;

  constructor(run: Run, interval: () => number) {
    this.run = run;
    this.interval = interval;
  }

  start() {
    if (!this.stopped) return;
    this.stopped = false;
    this.nudge();
  }

  stop() {
    this.stopped = true;
    this.nudged = false;
    clearTimeout(this.timer);
    this.running?.abort();
    this.running = null;
  }

  /** Runs now, or right after the run under way. `after` gathers a burst of hints into one run. */
  nudge(after = 0) {
    if (this.stopped) return;
    if (this.running) {
      this.nudged = true;
      return;
    }
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.turn(), after);
  }

  private async turn() {
    const turn = (this.running = new AbortController());
    this.nudged = false;
    try {
      await this.run(turn.signal);
      this.failures = 0;
    } catch {
      // Whoever runs shows the error; here it only means: wait longer.
      this.failures += 1;
    }
    if (this.running !== turn) return;
    this.running = null;
    if (this.stopped) return;
    const wait = this.nudged && this.failures === 0 ? 60 : this.interval() * Math.min(8, 2 ** this.failures);
    this.timer = setTimeout(() => void this.turn(), wait);
  }
}
