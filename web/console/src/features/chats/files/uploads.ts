import { Problem, remove, upload as uploadFile } from '@api/client';
import type { Attachment } from '@api/schema';
import { keep, kept } from '@/ui/keep';
import { address } from './address';
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

/** Files of a message that is not written to its end, while the server still has them. */
interface KeptDraft {
  at: number;
  files: { caption: string; attachment: Attachment }[];
}

/** The server removes what was not sent within a day. */
const draftLife = 20 * 3_600_000;

type Sender = (path: string, file: File, told: (share: number) => void, signal: AbortSignal) => Promise<Attachment>;

/** The files an operator has attached to the message being written, in order. Plain data and calls; views subscribe. */
export class Uploads {
  private list: readonly Upload[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly running = new Map<number, AbortController>();
  private next = 1;

  private readonly conversation: string;
  private readonly send: Sender;

  private readonly draftName: string | null;

  /** @param draftName Under what complete files are kept in the browser until they are sent; null: nowhere. */
  constructor(conversation: string, send: Sender = uploadFile<Attachment>, draftName: string | null = null) {
    this.conversation = conversation;
    this.send = send;
    this.draftName = draftName;
    const left = draftName ? kept<KeptDraft | null>(draftName, null) : null;
    if (left && left.at + draftLife > Date.now()) this.adopt(left.files);
    else if (left) keep(draftName!, null);
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
      preview: attachment.thumbnail_url ? address(attachment.thumbnail_url) : null, share: 1, state: 'ready', problem: null, attachment,
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

  /** Brings a recording to the server, beside the list: it leaves by itself, as a voice note. */
  async bringVoice(file: File): Promise<{ id: string; caption: string; attachment: Attachment }> {
    const attachment = await this.send(`${this.path}&voice=true`, file, () => {}, new AbortController().signal);
    return { id: attachment.id, caption: '', attachment };
  }

  /** The chat is left: what is under way is called off, what is complete is kept for the return. */
  close() {
    for (const running of this.running.values()) running.abort(new DOMException('Left', 'AbortError'));
    for (const item of this.list) if (item.preview) URL.revokeObjectURL(item.preview);
  }

  private get path() {
    return `/admin/attachments?conversation_id=${this.conversation}`;
  }

  private async bring(item: Upload) {
    const abort = new AbortController();
    this.running.set(item.key, abort);
    try {
      const attachment = await this.send(this.path, item.file, (share) => this.change(item.key, { share }), abort.signal);
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
    if (this.draftName) {
      const files = this.list.flatMap(({ attachment, caption }) => (attachment ? [{ attachment, caption }] : []));
      keep(this.draftName, files.length > 0 ? ({ at: Date.now(), files } satisfies KeptDraft) : null);
    }
    for (const listener of this.listeners) listener();
  }
}
