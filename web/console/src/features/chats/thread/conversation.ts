import { call as callServer, Problem } from '@api/client';
import type { Message, SentMessage } from '@api/schema';
import { newKey } from '@/ui/newKey';
import { loadUnsent, saveUnsent, type Unsent, type UnsentFile } from './unsent';

export interface ConversationView {
  phase: 'loading' | 'ready' | 'failed';
  error: unknown;
  messages: readonly Message[];
  unsent: readonly Unsent[];
  hasOlder: boolean;
  loadingOlder: boolean;
  /** The first message that was unread when the chat was opened. */
  unreadFrom: number | null;
}

/** What else may be wanted of a send. */
export type Wishes = Pick<Unsent, 'hold' | 'notBefore' | 'takeOver'>;

interface Surroundings {
  /** Who speaks; unsent words belong to them. */
  owner: string;
  call?: typeof callServer;
  /** Asks for a refresh soon. */
  nudge?: () => void;
}

/** Letters without their accents, as people search. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

const page = 50;
/** Pages of 200: ten thousand messages. */
const farthest = 50;

/** Times are RFC 3339 in UTC with milliseconds, so they compare as text. */
const order = (a: Message, b: Message) => (a.timestamp === b.timestamp ? a.id - b.id : a.timestamp < b.timestamp ? -1 : 1);

/**
 * One conversation as this browser knows it: what the server said (a map by id, so nothing doubles) and what the
 * operator said that the server has not confirmed. Plain data and calls; views subscribe.
 */
export class Conversation {
  readonly id: string;
  private readonly known = new Map<number, Message>();
  private readonly listeners = new Set<() => void>();
  private readonly owner: string;
  private readonly call: typeof callServer;
  private readonly nudge: () => void;
  private unsent: Unsent[];
  private cursor: string | null = null;
  private etag: string | null = null;
  private draining = false;
  private failures = 0;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private unreadAtOpening = 0;
  private readUpTo = 0;
  private view: ConversationView;
  channelSource = '';

  constructor(id: string, { owner, call = callServer, nudge = () => {} }: Surroundings) {
    this.id = id;
    this.owner = owner;
    this.call = call;
    this.nudge = nudge;
    this.unsent = loadUnsent(owner, id);
    this.view = { phase: 'loading', error: null, messages: [], unsent: this.unsent, hasOlder: false, loadingOlder: false, unreadFrom: null };
  }

  readonly getSnapshot = () => this.view;
  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Whether there are words that must still reach the server. */
  get waiting() {
    return this.unsent.some((item) => item.state !== 'refused');
  }

  /** Opening a chat places the unread divider; it stays where it is until the chat is opened again. */
  opened(unread: number, channelSource: string) {
    this.unreadAtOpening = unread;
    this.channelSource ||= channelSource;
    this.show({ unreadFrom: this.view.phase === 'ready' ? this.firstUnread() : null });
    void this.drain();
  }

  /** Reads what is new or changed; the first time, the newest page. */
  async refresh(signal?: AbortSignal) {
    try {
      const query = this.cursor ? { since: this.cursor, limit: 200 } : { limit: page };
      const answer = await this.call<Message[]>('GET', `/admin/chats/${this.id}/messages`, { query, etag: this.etag, signal });
      // An answer that crossed a send may hold its message already, before we know its id: it would show twice.
      if (this.draining) return;
      const first = this.view.phase !== 'ready';
      if (!answer.unchanged) {
        this.etag = this.cursor ? null : answer.headers.get('ETag');
        if (first && !this.cursor) this.view = { ...this.view, hasOlder: answer.data.length >= page };
        for (const message of answer.data) this.known.set(message.id, message);
        const next = answer.headers.get('X-Cursor');
        if (next && next !== this.cursor) this.etag = null;
        if (this.cursor && answer.data.length >= 200) this.nudge();
        this.cursor = next ?? this.cursor;
      }
      if (!answer.unchanged || first || this.view.error) {
        this.show({ phase: 'ready', error: null, messages: this.sorted(), unreadFrom: first ? this.firstUnread() : this.view.unreadFrom });
      }
    } catch (error) {
      if (signal?.aborted) return;
      // A cursor of another life of the database (restored, pruned): read the newest page again.
      if (error instanceof Problem && this.cursor && (error.status === 400 || error.status === 410)) this.resync();
      else if (error instanceof Problem) this.show({ phase: this.view.phase === 'ready' ? 'ready' : 'failed', error });
      throw error;
    }
  }

  /** Forgets where it was in the stream of changes; what is on the screen stays until the newest page is read. */
  resync() {
    this.cursor = null;
    this.etag = null;
  }

  /** Reads the page before the oldest message known. False when there was none, or it could not be read. */
  async loadOlder(limit = page): Promise<boolean> {
    const oldest = this.view.messages[0];
    if (!oldest || !this.view.hasOlder || this.view.loadingOlder) return false;
    this.show({ loadingOlder: true });
    try {
      const { data } = await this.call<Message[]>('GET', `/admin/chats/${this.id}/messages`, { query: { before: oldest.id, limit } });
      for (const message of data) if (!this.known.has(message.id)) this.known.set(message.id, message);
      this.show({ hasOlder: data.length >= limit, messages: this.sorted(), loadingOlder: false });
      return true;
    } catch {
      this.show({ loadingOlder: false });
      return false;
    }
  }

  /** Reads back, without a gap, until a message is there. False when it is not in this chat, or is too far back to wait for. */
  async reach(id: number): Promise<boolean> {
    for (let pages = 0; pages < farthest && !this.known.has(id); pages += 1) if (!(await this.loadOlder(200))) break;
    return this.known.has(id);
  }

  /**
   * The next message with these words, from one that was found before (null: from the newest); older pages are read for as long as needed.
   * Null when there is none.
   */
  async find(words: string, from: number | null, direction: 'older' | 'newer'): Promise<number | null> {
    const wanted = plain(words.trim());
    for (let pages = 0; ; pages += 1) {
      const { messages } = this.view;
      const start = from === null ? messages.length : messages.findIndex((message) => message.id === from);
      const rest = direction === 'older' ? messages.slice(0, Math.max(0, start)).reverse() : messages.slice(start + 1);
      const found = rest.find((message) => plain(message.content).includes(wanted));
      if (found) return found.id;
      if (direction === 'newer' || pages >= farthest || !(await this.loadOlder(200))) return null;
    }
  }

  /** Says something: it is on the screen and kept at once, and goes to the server in its turn. */
  send(text: string, replyTo: number | null, files: UnsentFile[] = [], wishes: Wishes = {}, key: string = newKey()) {
    this.keepUnsent([...this.unsent, { key, text, replyTo, files, at: new Date().toISOString(), state: 'waiting', problem: null, ...wishes }]);
    void this.drain();
  }

  /** Takes back unsent words and hands them over, to put them into the composer. */
  takeBack(key: string): Unsent | undefined {
    const item = this.unsent.find((candidate) => candidate.key === key);
    this.keepUnsent(this.unsent.filter((candidate) => candidate !== item));
    return item;
  }

  /** Tries refused or waiting words again. */
  again(key: string, wishes: Wishes = {}) {
    this.keepUnsent(this.unsent.map((item) => (item.key === key ? { ...item, ...wishes, state: 'waiting', problem: null } : item)));
    void this.drain();
  }

  /** Brings unsent words to the server one after the other, in the order they were said. */
  async drain() {
    clearTimeout(this.retry);
    if (this.draining || !this.channelSource) return;
    this.draining = true;
    try {
      for (let next = this.nextUnsent(); next; next = this.nextUnsent()) if (!(await this.deliver(next))) break;
    } finally {
      this.draining = false;
      this.nudge();
    }
  }

  /** Cancels, hurries, retries, edits or puts off a message of ours that the network has not got. */
  async act(id: number, action: 'cancel' | 'send-now' | 'retry' | { message: string } | { not_before: string }) {
    if (typeof action === 'string') await this.call('POST', `/admin/messages/${id}/${action}`);
    else await this.call('PATCH', `/admin/messages/${id}`, { body: action });
    this.nudge();
  }

  /** Puts an emoji on a message, or takes ours back. */
  async react(id: number, emoji: string) {
    await this.call('POST', `/admin/messages/${id}/reaction`, { body: { emoji } });
    this.nudge();
  }

  /** Tells the server that everything loaded has been seen. Answers the unread count, or null when there was nothing new. */
  async markRead(): Promise<number | null> {
    const newest = Math.max(0, ...this.view.messages.filter((message) => message.sender === 'user').map((message) => message.id));
    if (newest <= this.readUpTo) return null;
    const before = this.readUpTo;
    this.readUpTo = newest;
    try {
      const { data } = await this.call<{ unread_count: number }>('POST', `/admin/chats/${this.id}/read`, { body: { up_to: newest } });
      return data.unread_count;
    } catch {
      this.readUpTo = before;
      return null;
    }
  }

  private nextUnsent = () => this.unsent.find((item) => item.state !== 'refused');

  private async deliver(item: Unsent): Promise<boolean> {
    const attachments = item.files?.map((file) => ({ id: file.id, ...(file.caption ? { caption: file.caption } : {}) })) ?? [];
    const body = {
      conversation_id: this.id, message: item.text, channel_source: this.channelSource, ...(item.replyTo ? { reply_to: item.replyTo } : {}),
      ...(attachments.length > 0 ? { attachments } : {}), ...(item.hold ? { hold: true } : {}), ...(item.notBefore ? { not_before: item.notBefore } : {}),
      ...(item.takeOver ? { take_over: true } : {}),
    };
    try {
      const { data } = await this.call<SentMessage>('POST', '/admin/whatsapp/send', { body, key: item.key });
      this.failures = 0;
      if (!this.known.has(data.message_id)) this.known.set(data.message_id, ours(this.id, item, data));
      this.unsent = this.unsent.filter((other) => other.key !== item.key);
      this.keepUnsent(this.unsent);
      this.show({ messages: this.sorted() });
      return true;
    } catch (error) {
      const problem = error instanceof Problem ? error : new Problem(0, 'unreachable', String(error));
      const state = problem.passing || problem.status === 401 ? 'offline' : 'refused';
      const why = { code: problem.code, message: problem.message, nextStep: problem.nextStep };
      this.keepUnsent(this.unsent.map((other) => (other.key === item.key ? { ...other, state, problem: why } : other)));
      if (state === 'refused') return true;
      const wait = (problem.retryAfter ?? Math.min(30, 2 ** ++this.failures)) * 1000;
      this.retry = setTimeout(() => void this.drain(), wait);
      return false;
    }
  }

  private keepUnsent(list: Unsent[]) {
    this.unsent = list;
    saveUnsent(this.owner, this.id, list);
    this.show({});
  }

  private firstUnread(): number | null {
    if (this.unreadAtOpening <= 0) return null;
    const inbound = this.sorted().filter((message) => message.sender === 'user');
    return inbound.at(-this.unreadAtOpening)?.id ?? inbound[0]?.id ?? null;
  }

  private sorted = () => [...this.known.values()].sort(order);

  private show(change: Partial<ConversationView>) {
    this.view = { ...this.view, ...change, unsent: this.unsent };
    for (const listener of this.listeners) listener();
  }
}

/** The message as the server will tell it, shown until it does. */
const ours = (conversation: string, item: Unsent, sent: SentMessage): Message => ({
  id: sent.message_id, conversation_id: conversation, sender: 'agent', author: { kind: 'operator', name: '' }, type: item.files?.[0]?.attachment.type ?? 'text',
  content: item.text, timestamp: item.at, attachments: item.files?.map((file) => ({ ...file.attachment, caption: file.caption || null })) ?? [], correlation_id: sent.correlation_id, status: sent.delivery_status,
  not_before: sent.not_before, reply_to: item.replyTo, is_echo: false, held: item.hold ?? null,
});
