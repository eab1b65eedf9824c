/** A change the server committed: ids only, the reader fetches. */
export interface Change {
  kind: string;
  id: string;
  conversation_id: string | null;
}

/** `change` names what moved; `resync` says that changes may have been missed and everything is to be read again. */
export type Hint = { event: 'change'; change: Change } | { event: 'resync' };

type Listener = (hint: Hint) => void;

interface Shared {
  hint?: Hint;
  /** Whether the leader's stream is open. */
  open?: boolean;
  /** A tab that has just come asks how things are. */
  hello?: boolean;
}

/**
 * The server's push, shared between the tabs of one browser: they elect a leader with a Web Lock, only the leader
 * keeps a stream (a browser opens six connections to one host over HTTP/1.1), and a BroadcastChannel carries it to the
 * others. Where locks are missing (plain http from another machine) every tab opens its own. Losing hints costs time only: pollers go on.
 */
export class Feed {
  private readonly listeners = new Set<Listener>();
  private readonly channel: BroadcastChannel;
  private readonly end = new AbortController();
  private source: EventSource | null = null;
  private open = false;

  constructor(name: string) {
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = ({ data }: MessageEvent<Shared>) => {
      if (data.hello && this.source) this.channel.postMessage({ open: this.open } satisfies Shared);
      if (data.open !== undefined) this.open = data.open;
      if (data.hint) this.tell(data.hint);
    };
    if (!navigator.locks) {
      this.lead(false);
      return;
    }
    this.channel.postMessage({ hello: true } satisfies Shared);
    navigator.locks
      .request(name, { signal: this.end.signal }, () => {
        this.lead(true);
        return new Promise<void>((done) => this.end.signal.addEventListener('abort', () => done()));
      })
      .catch(() => {
        // Aborted by close() while waiting for its turn.
      });
  }

  /** Whether push works at the moment; then polling may be leisurely. */
  get connected() {
    return this.open;
  }

  subscribe(listener: Listener) {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  }

  close() {
    this.end.abort();
    this.source?.close();
    this.channel.close();
    this.listeners.clear();
  }

  private lead(share: boolean) {
    if (this.end.signal.aborted) return;
    const spread = (shared: Shared) => share && this.channel.postMessage(shared);
    const hear = (hint: Hint) => {
      this.tell(hint);
      spread({ hint });
    };
    const source = (this.source = new EventSource('/admin/live'));
    let lostBefore = false;
    source.onopen = () => {
      this.open = true;
      spread({ open: true });
      // The browser resumes with Last-Event-ID; a new leader has none and must look at everything once.
      if (!lostBefore) hear({ event: 'resync' });
    };
    source.onerror = () => {
      this.open = false;
      spread({ open: false });
      lostBefore = source.readyState === EventSource.CONNECTING;
      // Closed for good (an error answer, e.g. a restart behind a proxy): try again later.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => this.lead(share), 5_000 + Math.random() * 5_000);
    };
    source.addEventListener('change', (event: MessageEvent<string>) => hear({ event: 'change', change: JSON.parse(event.data) as Change }));
    source.addEventListener('resync', () => hear({ event: 'resync' }));
  }

  private tell(hint: Hint) {
    for (const listener of this.listeners) listener(hint);
  }
}
