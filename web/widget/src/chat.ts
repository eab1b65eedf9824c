import { type Api, type Identity, type Message, type Page, Refusal, type Session } from './api';
import { Backoff } from './backoff';
import type { ServerEvent } from './events';
import { WaitingFiles } from './files';
import { keep } from './keep';
import { formOf, Outbox, type Unsent } from './outbox';
import { Stream } from './stream';
import { Thread } from './thread';
import type { Bubble } from './view/bubble';
import { Composer } from './view/composer';
import { Frame } from './view/frame';
import { ThreadView } from './view/threadView';
import { wordsFor } from './words';

/** A hidden page gives its connection back after this: browsers allow six to one host, over all tabs. */
const HIDDEN_FOR = 30_000;
const TYPING_FOR = 6_000;

export interface ChatOptions {
  api: Api;
  /** What this browser keeps is kept under this. */
  name: string;
  identity: Identity | null;
  language: string | null;
  onUnread: (count: number) => void;
}

/** One widget on one page: joins the conversation, its connection, what waits to be sent, and the screen. */
export class Chat {
  private thread = new Thread();
  private readonly outbox: Outbox;
  private readonly stream: Stream;
  private readonly backoff = new Backoff();
  private frame: Frame | null = null;
  private view: ThreadView | null = null;
  private composer: Composer | null = null;
  private session: Session | null = null;
  private words = wordsFor(null).words;
  private opening: Promise<void> | null = null;
  private hiddenTimer = 0;
  private typingTimer = 0;
  private placeTold = false;
  /** What the server has and has not told back yet. */
  private handed: Unsent[] = [];
  private wantsOpen = false;

  constructor(private readonly o: ChatOptions) {
    o.api.token = keep.read(this.key('token'));
    const renew = () => this.open();
    this.outbox = new Outbox({ api: o.api, files: new WaitingFiles(), renew, onChange: () => this.show(false), onSent: (sent) => void this.sent(sent) });
    this.stream = new Stream({ api: o.api, renew, onEvent: (event) => this.hear(event), onLine: () => this.line() });
    document.addEventListener('visibilitychange', () => this.looked());
    addEventListener('online', () => this.back());
    addEventListener('offline', () => this.line());
    addEventListener('storage', (event) => this.otherTab(event.key));
  }

  /** Comes up when the server can be reached; until then the page shows nothing of it. */
  async start(): Promise<void> {
    for (;;) {
      try {
        await this.open();
        break;
      } catch (failure) {
        if (!(failure instanceof Refusal) || !failure.passing) return console.warn('Chat Operator: the widget cannot be shown here:', failure);
        await new Promise((done) => setTimeout(done, this.backoff.next(failure.retryAfter * 1000)));
      }
    }
    if (this.session!.conversation) await this.join();
    if (this.wantsOpen || keep.read(this.key('open'))) this.set(true, this.wantsOpen);
  }

  set(open: boolean, focus = true) {
    this.wantsOpen = open;
    this.frame?.set(open, focus);
  }

  get isOpen() {
    return this.frame?.isOpen ?? false;
  }

  /** Another person, or nobody known: what the one before said is not shown to the next. */
  async identify(identity: Identity | null) {
    this.o.identity = identity;
    if (identity === null) keep.write(this.key('token'), (this.o.api.token = null));
    if (!this.session) return;
    this.stream.stop();
    await this.open();
    [this.thread, this.handed] = [new Thread(), []];
    if (this.session.conversation) await this.join();
    this.show(false);
  }

  private open(): Promise<void> {
    return (this.opening ??= this.openOnce().finally(() => (this.opening = null)));
  }

  private async openOnce() {
    const { api, identity, language } = this.o;
    const spoken = language ?? (document.documentElement.lang || navigator.language);
    const session = await api.post<Session>('session', { token: api.token, identity, language: spoken });
    api.token = session.token;
    keep.write(this.key('token'), session.token);
    this.session = session;
    if (!this.frame) this.build(session);
    const unsent = this.key(`unsent:${session.visitor}`);
    if (!this.outbox.isKeptUnder(unsent)) this.outbox.open(unsent);
  }

  private build({ widget }: Session) {
    const { lang, words } = wordsFor(this.o.language, widget.language, document.documentElement.lang, navigator.language);
    this.words = words;
    this.view = new ThreadView(words, lang, this.o.api.server, () => void this.older());
    this.composer = new Composer({
      w: words, look: widget,
      onSend: (text) => this.say({ text }),
      onFile: async (file, kind, progress, signal) => {
        try {
          const { id } = await this.o.api.upload<{ id: string }>('files', formOf(file), progress, signal);
          this.say({ text: '', file: { id, kind, name: file.name } });
        } catch (failure) {
          // Without a connection it waits like words do.
          if (!(failure instanceof Refusal) || !failure.passing) throw failure;
          this.say({ text: '', file: { kind, name: file.name } }, file);
        }
      },
      onTyping: () => void (this.session?.conversation && this.o.api.post('typing', {}).catch(() => undefined)),
    });
    this.frame = new Frame({
      look: widget, w: words, lang, body: [this.view.element, this.view.newest, this.composer.element],
      onToggle: (open) => {
        keep.write(this.key('open'), open ? '1' : null);
        if (open) requestAnimationFrame(() => this.view!.toEnd());
        this.read();
      },
    });
    this.show(false);
  }

  private say(what: Pick<Unsent, 'text' | 'file'>, file?: File) {
    // Where the visitor is, once for each page view.
    const page = this.placeTold ? undefined : { url: location.href.slice(0, 2000), title: document.title.slice(0, 200) };
    this.placeTold = true;
    this.view!.toEnd();
    this.outbox.add({ client_id: draw(), at: new Date().toISOString(), page, ...what }, file);
  }

  /** The server has it. Until its own event comes it is shown as it was written. */
  private async sent(sent: Unsent) {
    this.handed.push(sent);
    if (this.session!.conversation) return this.stream.start();
    this.session!.conversation = true;
    keep.write(this.key('talk'), String(Date.now()));
    await this.join();
  }

  private async join() {
    try {
      const page = await this.o.api.get<Page>('messages');
      this.stream.cursor = page.cursor;
      this.took(this.thread.take(page));
      if (document.visibilityState === 'visible') this.stream.start();
    } catch (failure) {
      const wait = this.backoff.next(failure instanceof Refusal ? failure.retryAfter * 1000 : 0);
      if (failure instanceof Refusal && failure.status === 401) await this.open().catch(() => undefined);
      setTimeout(() => void this.join(), wait);
    }
  }

  private async older() {
    const page = await this.o.api.get<Page>(`messages?before=${this.thread.oldest}`).catch(() => null);
    if (page) this.thread.take(page, true);
    this.show(false);
  }

  private hear(event: ServerEvent) {
    this.line();
    if (event.type === 'resync') return void this.join();
    const data = (event.data ? JSON.parse(event.data) : {}) as { message?: Message; seen_up_to?: number };
    if (event.type === 'message' && data.message) {
      if (data.message.from !== 'visitor') this.typing(false);
      const fresh = this.thread.put(data.message);
      this.took(fresh ? [data.message] : []);
    } else if (event.type === 'typing') this.typing(true);
    else if (event.type === 'seen') {
      this.thread.seenUpTo = Math.max(this.thread.seenUpTo, data.seen_up_to ?? 0);
      this.show(false);
    }
  }

  /** Tells the business what arrived, and what was seen. */
  private took(fresh: readonly Message[]) {
    const theirs = fresh.filter((m) => m.from !== 'visitor' && !m.read).map((m) => m.id);
    if (theirs.length && !this.frame!.isSeen) void this.o.api.post('receipts', { delivered: theirs.slice(-100) }).catch(() => undefined);
    this.show(theirs.length > 0);
    this.read();
  }

  private read() {
    const unread = this.thread.unread;
    if (unread.length && this.frame?.isSeen) {
      this.thread.markRead(unread);
      this.o.api.post('receipts', { read: unread.slice(-100) }).catch(() => undefined);
    }
    const count = this.thread.unread.length;
    this.frame?.unread(count);
    this.o.onUnread(count);
  }

  private typing(on: boolean) {
    clearTimeout(this.typingTimer);
    this.view!.showTyping(on);
    if (on) this.typingTimer = setTimeout(() => this.typing(false), TYPING_FOR) as unknown as number;
  }

  private looked() {
    clearTimeout(this.hiddenTimer);
    if (document.visibilityState === 'hidden') this.hiddenTimer = setTimeout(() => this.stream.stop(), HIDDEN_FOR) as unknown as number;
    else this.back();
  }

  private back() {
    if (!this.session) return;
    void this.outbox.flush();
    if (this.session.conversation && this.stream.cursor) this.stream.start();
    this.read();
    this.line();
  }

  private line() {
    this.frame?.offline(!navigator.onLine);
  }

  private otherTab(name: string | null) {
    if (!this.session || !name) return;
    if (this.outbox.isKeptUnder(name)) this.outbox.reload();
    else if (name === this.key('talk') && !this.session.conversation) {
      this.session.conversation = true;
      void this.join();
    }
  }

  private show(news: boolean) {
    if (!this.view || !this.session) return;
    this.view.show(this.bubbles(), this.thread.more, news);
  }

  private bubbles(): Bubble[] {
    const w = this.words;
    const { greeting, title } = this.session!.widget;
    const shown: Bubble[] = [];
    const there = this.thread.messages;
    this.handed = this.handed.filter((u) => !this.thread.has(u.client_id));
    const waiting = this.outbox.items.filter((u) => !this.thread.has(u.client_id) && !this.handed.includes(u));
    if (greeting && !this.thread.more) shown.push(plain('greeting', greeting, there[0]?.at ?? this.handed[0]?.at ?? waiting[0]?.at ?? new Date().toISOString(), title));
    const lastMine = there.findLast((m) => m.from === 'visitor');
    for (const m of there) {
      const mine = m.from === 'visitor';
      const who = mine ? null : m.from === 'agent' ? m.name || w.assistant : m.name || title;
      const seen = m === lastMine && this.thread.seenUpTo >= m.id;
      shown.push({ ...plain(m.client_id ?? `m${m.id}`, m.text, m.at, who), mine, files: m.files, note: seen ? w.seen : null });
    }
    for (const u of [...this.handed, ...waiting]) {
      const there = this.handed.includes(u);
      shown.push({
        ...plain(u.client_id, u.text, u.at, null), mine: true, files: u.file ? [{ type: 'document', filename: u.file.name }] : [],
        state: u.failed ? 'failed' : there ? 'there' : 'waiting',
        note: there ? null : u.failed ? w.failed : navigator.onLine ? w.sending : w.waiting,
        ...(u.failed && { retry: () => this.outbox.retry(u.client_id), drop: () => this.outbox.drop(u.client_id) }),
      });
    }
    shown.forEach((b, at) => {
      const above = shown[at - 1];
      b.first = !above || above.mine !== b.mine || above.who !== b.who;
    });
    for (const b of shown) if (!b.first) b.who = null;
    const last = shown.at(-1);
    if (last?.mine && last.state === 'there') last.note ??= w.sent;
    return shown;
  }

  private key(what: string) {
    return `${this.o.name}:${what}`;
  }
}

function plain(key: string, text: string, at: string, who: string | null): Bubble {
  return { key, mine: false, who, first: false, text, files: [], at, note: null, state: 'there' };
}

/** An id that nobody else draws, also on pages without https, where randomUUID is missing. */
function draw(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((b) => b.toString(16).padStart(2, '0')).join('');
}
