import { type Api, Refusal } from './api';
import { Backoff } from './backoff';
import { EventReader, type ServerEvent } from './events';

/** The server says something at least every 20 seconds; silence beyond this is a dead line. */
const SILENCE = 50_000;

interface StreamOptions {
  api: Api;
  onEvent: (event: ServerEvent) => void;
  /** The line is there, or lost. */
  onLine: (open: boolean) => void;
  /** The token is not taken any more; resolves when there is another one. */
  renew: () => Promise<void>;
}

/** Keeps a stream open and comes back where it was. Read by fetch, since EventSource could not carry the token in a header. */
export class Stream {
  /** Where to go on from; the page's cursor, then each event's id. */
  cursor = '';
  private readonly backoff = new Backoff();
  private line: AbortController | null = null;
  private timer = 0;

  constructor(private readonly o: StreamOptions) {}

  /** Opens it unless it is open; at once, also while it waits. */
  start() {
    if (this.line) return;
    clearTimeout(this.timer);
    void this.run((this.line = new AbortController()));
  }

  stop() {
    clearTimeout(this.timer);
    this.line?.abort();
    this.line = null;
  }

  private async run(line: AbortController) {
    let wait = 0;
    try {
      const answer = await this.o.api.open(`stream?cursor=${encodeURIComponent(this.cursor)}`, line.signal);
      this.o.onLine(true);
      this.backoff.reset();
      await this.read(answer.body!.getReader(), line);
    } catch (failure) {
      if (line.signal.aborted && this.line !== line) return;
      if (failure instanceof Refusal && failure.status === 401) await this.o.renew().catch(() => undefined);
      wait = this.backoff.next(failure instanceof Refusal ? failure.retryAfter * 1000 : 0);
      this.o.onLine(false);
    }
    if (this.line !== line) return;
    this.line = null;
    this.timer = setTimeout(() => this.start(), wait) as unknown as number;
  }

  private async read(body: ReadableStreamDefaultReader<Uint8Array>, line: AbortController) {
    const reader = new EventReader();
    const text = new TextDecoder();
    for (;;) {
      const watch = setTimeout(() => line.abort(), SILENCE);
      const { done, value } = await body.read().finally(() => clearTimeout(watch));
      if (done) return;
      for (const event of reader.take(text.decode(value, { stream: true }))) {
        this.o.onEvent(event);
        if (event.id) this.cursor = event.id;
      }
    }
  }
}
