import { call as callServer, type Call } from '@api/client';
import type { ChannelSource, ChatSummary } from '@api/schema';

export interface ChatFilter {
  human: 'all' | 'human_only' | 'bot_only';
  channel: ChannelSource | '';
  q: string;
}

export interface ChatListView {
  phase: 'loading' | 'ready' | 'failed';
  error: unknown;
  rows: readonly ChatSummary[];
  more: boolean;
  loadingMore: boolean;
}

/** A stretch of the list as it was read: from just below `top` (null: from the very top) to where `next` goes on. */
interface Page {
  cursor: string | null;
  top: ChatSummary | null;
  next: string | null;
  etag: string | null;
}

const size = 30;

/** Newest first; the id settles equal times, as on the server. */
const order = (a: ChatSummary, b: ChatSummary) => {
  if (a.timestamp !== b.timestamp) return a.timestamp < b.timestamp ? 1 : -1;
  return a.id === b.id ? 0 : a.id < b.id ? 1 : -1;
};

/**
 * The list of chats under one filter, read page by page and kept fresh from the top. Knows nothing of the screen:
 * views read {@link getSnapshot} and are told of changes by {@link subscribe}.
 */
export class ChatList {
  private readonly known = new Map<string, ChatSummary>();
  private readonly touched = new Set<string>();
  private readonly listeners = new Set<() => void>();
  private pages: Page[] = [];
  private view: ChatListView = { phase: 'loading', error: null, rows: [], more: false, loadingMore: false };
  private readonly filter: ChatFilter;
  /** Called for each row in which a contact has said something since the last reading. */
  onNews: (row: ChatSummary) => void = () => {};
  private readonly call: typeof callServer;

  constructor(filter: ChatFilter, call: typeof callServer = callServer) {
    this.filter = filter;
    this.call = call;
  }

  readonly getSnapshot = () => this.view;
  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  find = (id: string) => this.known.get(id);

  /** Says that a conversation changed, wherever it stands in the list; the next refresh looks there too. */
  touch(id: string) {
    this.touched.add(id);
  }

  /** Reads the head again, and the pages of what was touched further down. */
  async refresh(signal?: AbortSignal) {
    try {
      const newest = this.view.rows[0];
      const head = this.pages[0] ?? { cursor: null, top: null, next: null, etag: null };
      const rows = await this.read(head, signal);
      if (rows) {
        const last = rows.at(-1);
        // Everything on the page is newer than all we knew: what lies between is unknown, so start over.
        const gap = head.next && newest && last && order(last, newest) < 0;
        if (gap) this.known.clear();
        this.pages = gap || this.pages.length === 0 ? [head] : this.pages;
        this.merge(head, rows);
        for (const row of rows) this.touched.delete(row.id);
      }
      for (const page of this.touchedPages()) {
        const lower = await this.read(page, signal);
        if (lower) this.merge(page, lower);
      }
      this.touched.clear();
      this.show({ phase: 'ready', error: null });
    } catch (error) {
      if (!signal?.aborted) this.show({ phase: this.view.phase === 'ready' ? 'ready' : 'failed', error });
      throw error;
    }
  }

  /** Reads the next page down. */
  async loadMore() {
    const last = this.pages.at(-1);
    if (!last?.next || this.view.loadingMore) return;
    this.show({ loadingMore: true });
    const page: Page = { cursor: last.next, top: this.view.rows.at(-1) ?? null, next: null, etag: null };
    try {
      const rows = await this.read(page);
      this.pages.push(page);
      if (rows) this.merge(page, rows);
    } catch {
      // The connection banner tells; scrolling on tries again.
    } finally {
      this.show({ loadingMore: false });
    }
  }

  /** Shows what an action will make true before the server has answered. */
  patch(id: string, change: Partial<ChatSummary>) {
    const row = this.known.get(id);
    if (!row) return;
    this.known.set(id, { ...row, ...change });
    this.show({});
  }

  private async read(page: Page, signal?: AbortSignal): Promise<ChatSummary[] | null> {
    const { human, channel, q } = this.filter;
    const options: Call = { etag: page.etag, signal, query: { human_filter: human, channel, q, limit: size, before: page.cursor } };
    const answer = await this.call<ChatSummary[]>('GET', '/admin/chats/summary', options);
    if (answer.unchanged) return null;
    page.etag = answer.headers.get('ETag');
    page.next = answer.headers.get('X-Next-Cursor');
    return answer.data;
  }

  /** Takes over a page; a known row inside its bounds that it does not hold any more has left this filter. */
  private merge(page: Page, rows: ChatSummary[]) {
    const held = new Set(rows.map((row) => row.id));
    const last = rows.at(-1);
    for (const row of this.known.values()) {
      const below = page.top === null || order(page.top, row) < 0;
      const above = page.next === null || (last !== undefined && order(row, last) <= 0);
      if (below && above && !held.has(row.id)) this.known.delete(row.id);
    }
    const news = this.view.phase === 'ready' && page.cursor === null ? rows.filter((row) => this.isNews(row)) : [];
    for (const row of rows) this.known.set(row.id, row);
    this.show({});
    for (const row of news) this.onNews(row);
  }

  /** A row that came back into the filter, or from further down, counts as long as it is newer than all that was read before. */
  private isNews(row: ChatSummary): boolean {
    const before = this.known.get(row.id);
    const newest = this.view.rows[0];
    if (row.last_message_author !== 'contact' || row.unread_count === 0) return false;
    return before ? row.unread_count > before.unread_count : newest === undefined || row.timestamp > newest.timestamp;
  }

  private touchedPages(): Page[] {
    const lower = this.pages.slice(1).reverse();
    const found = new Set<Page>();
    for (const id of this.touched) {
      const row = this.known.get(id);
      const page = row && lower.find((candidate) => candidate.top === null || order(candidate.top, row) < 0);
      if (page) found.add(page);
    }
    return [...found].slice(0, 3);
  }

  private show(change: Partial<ChatListView>) {
    const rows = [...this.known.values()].sort(order);
    this.view = { ...this.view, ...change, rows, more: this.pages.at(-1)?.next != null };
    for (const listener of this.listeners) listener();
  }
}
