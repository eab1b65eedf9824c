import { type Api, Refusal } from './api';
import { Backoff } from './backoff';
import type { WaitingFiles } from './files';
import { keep } from './keep';

/** What the visitor said and the server does not have yet. */
export interface Unsent {
  client_id: string;
  text: string;
  at: string;
  page?: { url: string; title: string };
  /** Without an id it waits here, under the message's, and is uploaded first. */
  file?: { id?: string; kind: string; name: string };
  failed?: boolean;
}

interface OutboxOptions {
  api: Api;
  files: Pick<WaitingFiles, 'put' | 'get' | 'drop'>;
  onChange: () => void;
  /** The server has it. */
  onSent: (sent: Unsent) => void;
  renew: () => Promise<void>;
}

/**
 * Sends in order, one at a time, and keeps what could not be sent over reloads and lost connections. Each message carries an id drawn
 * here, by which the server knows one that it has already: two tabs, or a lost answer, make no second message.
 */
export class Outbox {
  items: Unsent[] = [];
  private name = '';
  private busy = false;
  private timer = 0;
  private readonly backoff = new Backoff();

  constructor(private readonly o: OutboxOptions) {}

  /** Whose messages these are; what was left unsent by the same visitor is sent now. */
  open(name: string) {
    this.name = name;
    this.reload();
    void this.flush();
  }

  /** Reads what another tab wrote. */
  reload() {
    const stored = JSON.parse(keep.read(this.name) ?? '[]') as Unsent[];
    const fresh = stored.filter((s) => !this.items.some((i) => i.client_id === s.client_id));
    this.items = [...this.items.filter((i) => stored.some((s) => s.client_id === i.client_id)), ...fresh];
    this.o.onChange();
  }

  isKeptUnder(name: string | null) {
    return name === this.name;
  }

  /** @param file Its file, when that could not be uploaded yet. */
  add(unsent: Unsent, file?: File) {
    if (file) void this.o.files.put(unsent.client_id, file);
    this.items.push(unsent);
    this.save();
    void this.flush();
  }

  retry(id: string) {
    for (const item of this.items) if (item.client_id === id) item.failed = false;
    this.save();
    void this.flush();
  }

  drop(id: string) {
    this.items = this.items.filter((i) => i.client_id !== id);
    this.o.files.drop(id);
    this.save();
  }

  /** Tries now: called after an addition, and when the connection may be back. */
  async flush() {
    clearTimeout(this.timer);
    if (this.busy) return;
    this.busy = true;
    try {
      for (let next; (next = this.items.find((i) => !i.failed)); ) {
        const { failed: _, at: __, ...message } = next;
        if (next.file && !next.file.id) next.file = { ...next.file, id: await this.upload(next.client_id) };
        await this.o.api.post('messages', { ...message, file: next.file && { id: next.file.id } });
        this.backoff.reset();
        this.o.onSent(next);
        this.drop(next.client_id);
      }
    } catch (failure) {
      await this.recover(failure);
    } finally {
      this.busy = false;
    }
  }

  private async upload(id: string): Promise<string> {
    const file = await this.o.files.get(id);
    // The browser has thrown it away: sending goes on without it, and the visitor is told.
    if (!file) throw new Refusal(-1, 'file_gone', 0);
    return (await this.o.api.upload<{ id: string }>('files', formOf(file), () => {}, new AbortController().signal)).id;
  }

  private async recover(failure: unknown) {
    const refusal = failure instanceof Refusal ? failure : new Refusal(0, '', 0);
    if (refusal.status === 401) await this.o.renew().catch(() => undefined);
    else if (!refusal.passing) {
      const first = this.items.find((i) => !i.failed);
      if (first) first.failed = true;
      this.save();
    }
    if (this.items.some((i) => !i.failed))
      this.timer = setTimeout(() => void this.flush(), this.backoff.next(refusal.retryAfter * 1000)) as unknown as number;
  }

  private save() {
    keep.write(this.name, this.items.length ? JSON.stringify(this.items) : null);
    this.o.onChange();
  }
}

/** A file as the server takes it. */
export function formOf(file: File): FormData {
  const form = new FormData();
  form.append('file', file, file.name);
  return form;
}
