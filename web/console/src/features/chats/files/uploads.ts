import { Problem, remove, upload as uploadFile } from '@api/client';
import type { Attachment } from '@api/schema';
import { judge, type MediaLimit } from './limits';

/** A file in the composer, on its way to the server or there. */
export interface Upload {
  key: number;
  file: File;
  size: number;
  caption: string;
  /** A picture of it while it is only here; null for what is no picture. */
  preview: string | null;
  /** 0 to 1. */
  share: number;
  state: 'uploading' | 'ready' | 'refused';
  /** Why it is refused: the server's words, or what the limits say. */
  problem: { code: 'too_large' | 'not_taken' | 'server'; message: string; most: number | null; nextStep: string | null } | null;
  attachment: Attachment | null;
}

type Sender = (path: string, file: File, told: (share: number) => void, signal: AbortSignal) => Promise<Attachment>;

/** The files an operator has attached to the message being written, in order. Plain data and calls; views subscribe. */
export class Uploads {
  private list: readonly Upload[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly running = new Map<number, AbortController>();
  private next = 1;

  private readonly conversation: string;
  private readonly send: Sender;

  constructor(conversation: string, send: Sender = uploadFile<Attachment>) {
    this.conversation = conversation;
    this.send = send;
  }

  readonly getSnapshot = () => this.list;
  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Starts bringing files to the server; what the channel will not take is refused here. */
  add(files: Iterable<File>, limits: readonly MediaLimit[] | null) {
    for (const file of files) {
      const verdict = limits ? judge(file, limits) : { ok: true as const };
      const item: Upload = {
        key: this.next++, file, size: file.size, caption: '', preview: file.type.startsWith('image/') ? URL.createObjectURL(file) : null, share: 0,
        state: verdict.ok ? 'uploading' : 'refused', attachment: null,
        problem: verdict.ok ? null : { code: verdict.most === null ? 'not_taken' : 'too_large', message: '', most: verdict.most, nextStep: null },
      };
      this.list = [...this.list, item];
      if (verdict.ok) void this.bring(item);
    }
    this.tell();
  }

  /** Puts files back that were handed to a message which did not go out. */
  adopt(files: readonly { caption: string; attachment: Attachment }[]) {
    this.list = [...this.list, ...files.map(({ caption, attachment }): Upload => ({
      key: this.next++, file: new File([], attachment.filename ?? attachment.type, { type: attachment.mime_type ?? '' }), size: attachment.size ?? 0, caption,
      preview: null, share: 1, state: 'ready', problem: null, attachment,
    }))];
    this.tell();
  }

  again(key: number) {
    const item = this.list.find((known) => known.key === key);
    if (!item) return;
    this.change(key, { state: 'uploading', problem: null, share: 0 });
    void this.bring(item);
  }

  describe(key: number, caption: string) {
    this.change(key, { caption });
  }

  /** Calls an upload off, or takes back one that is there. */
  drop(key: number) {
    this.running.get(key)?.abort(new DOMException('Called off', 'AbortError'));
    const item = this.list.find((known) => known.key === key);
    if (item?.attachment) void remove(`/admin/attachments/${item.attachment.id}`).catch(() => {});
    this.forget((known) => known.key === key);
  }

  /** Hands the complete files over to a message, and forgets them here. */
  take(): { id: string; caption: string; attachment: Attachment }[] {
    const ready = this.list.filter((item) => item.attachment);
    this.forget((item) => item.attachment !== null);
    return ready.map((item) => ({ id: item.attachment!.id, caption: item.caption.trim(), attachment: item.attachment! }));
  }

  /** The chat is left: what is under way is called off; the server removes what was not sent. */
  close() {
    for (const running of this.running.values()) running.abort(new DOMException('Left', 'AbortError'));
    this.forget(() => true);
  }

  private async bring(item: Upload) {
    const abort = new AbortController();
    this.running.set(item.key, abort);
    try {
      const path = `/admin/attachments?conversation_id=${this.conversation}`;
      const attachment = await this.send(path, item.file, (share) => this.change(item.key, { share }), abort.signal);
      this.change(item.key, { attachment, state: 'ready', share: 1 });
    } catch (error) {
      if (abort.signal.aborted) return;
      const problem = error instanceof Problem ? error : new Problem(0, 'unreachable', String(error));
      this.change(item.key, { state: 'refused', problem: { code: 'server', message: problem.message, most: null, nextStep: problem.nextStep } });
    } finally {
      this.running.delete(item.key);
    }
  }

  private change(key: number, change: Partial<Upload>) {
    this.list = this.list.map((item) => (item.key === key ? { ...item, ...change } : item));
    this.tell();
  }

  private forget(which: (item: Upload) => boolean) {
    for (const item of this.list) if (which(item) && item.preview) URL.revokeObjectURL(item.preview);
    this.list = this.list.filter((item) => !which(item));
    this.tell();
  }

  private tell() {
    for (const listener of this.listeners) listener();
  }
}
