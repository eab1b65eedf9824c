import type { Message, Page } from './api';

/** The conversation as this browser knows it: pages and events in any order give the same. */
export class Thread {
  private readonly byId = new Map<number, Message>();
  /** Whether there are older messages than the oldest here. */
  more = false;
  /** The visitor's messages up to this one were read by the business. */
  seenUpTo = 0;

  get messages(): Message[] {
    return [...this.byId.values()].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.id - b.id));
  }

  get isEmpty() {
    return this.byId.size === 0;
  }

  get oldest(): number | undefined {
    return this.messages[0]?.id;
  }

  /** What the visitor has not seen of the other side. */
  get unread(): number[] {
    return [...this.byId.values()].filter((m) => m.from !== 'visitor' && !m.read).map((m) => m.id);
  }

  has(clientId: string) {
    return [...this.byId.values()].some((m) => m.client_id === clientId);
  }

  /** True when it was not known. What was read stays read, whatever an event that was overtaken says. */
  put(message: Message): boolean {
    const known = this.byId.get(message.id);
    this.byId.set(message.id, known?.read ? { ...message, read: true } : message);
    return !known;
  }

  /** The newest page: what stands there replaces nothing, so a gap is closed by reading on. */
  take(page: Page, older = false): Message[] {
    const wasEmpty = this.isEmpty;
    // After a long absence the newest page may not reach back to what is here: then only the page is certain.
    const first = page.messages[0];
    if (!older && !wasEmpty && first && !this.byId.has(first.id) && page.more) this.byId.clear();
    if (older || wasEmpty || this.isEmpty) this.more = page.more;
    this.seenUpTo = Math.max(this.seenUpTo, page.seen_up_to ?? 0);
    return page.messages.filter((m) => this.put(m));
  }

  markRead(ids: readonly number[]) {
    for (const id of ids) {
      const message = this.byId.get(id);
      if (message) this.byId.set(id, { ...message, read: true });
    }
  }
}
