import type { ChatSummary } from '@api/schema';
import type { Feed, Hint } from '@/live/feed';
import { pace } from '@/live/pace';
import { Poller } from '@/live/poller';
import { ChatList, type ChatFilter } from './list/chatList';
import { Conversation } from './thread/conversation';
import { typing } from './thread/typing';
import { conversationsWithUnsent } from './thread/unsent';

const remembered = 24;

/**
 * What an operator has in hand: the list, the open conversation and those seen before. Lives as long as the session,
 * so that switching pages loses nothing and unsent words go out from anywhere.
 */
export class Desk {
  private readonly lists = new Map<string, ChatList>();
  private readonly conversations = new Map<string, Conversation>();
  private readonly owner: string;
  private readonly listPoller: Poller;
  private readonly threadPoller: Poller;
  private readonly stopHearing: () => void;
  private list: ChatList | null = null;
  private open: Conversation | null = null;
  /** A contact has said something, as far as the list on the screen shows. */
  onNews: (row: ChatSummary) => void = () => {};
  private readonly awake = () => {
    if (document.hidden) return;
    this.listPoller.nudge();
    this.threadPoller.nudge();
    for (const conversation of this.conversations.values()) if (conversation.waiting) void conversation.drain();
  };

  constructor(owner: string, feed: Feed) {
    this.owner = owner;
    this.listPoller = new Poller(async (signal) => this.list?.refresh(signal), pace(feed, 10_000));
    this.threadPoller = new Poller(async (signal) => this.open?.refresh(signal), pace(feed, 3_000));
    this.stopHearing = feed.subscribe((hint) => this.hear(hint));
    window.addEventListener('online', this.awake);
    document.addEventListener('visibilitychange', this.awake);
    for (const id of conversationsWithUnsent(owner)) this.conversation(id);
  }

  close() {
    this.stopHearing();
    this.listPoller.stop();
    this.threadPoller.stop();
    window.removeEventListener('online', this.awake);
    document.removeEventListener('visibilitychange', this.awake);
  }

  /** The list under a filter; the one asked for last is the one kept fresh. */
  chats(filter: ChatFilter): ChatList {
    const name = JSON.stringify(filter);
    const list = this.lists.get(name) ?? new ChatList(filter);
    list.onNews = (row) => this.onNews(row);
    this.lists.delete(name);
    this.lists.set(name, list);
    if (this.lists.size > 8) this.lists.delete(this.lists.keys().next().value!);
    return list;
  }

  watchList(list: ChatList) {
    this.list = list;
    this.listPoller.stop();
    this.listPoller.start();
  }

  conversation(id: string): Conversation {
    const known = this.conversations.get(id);
    const conversation = known ?? new Conversation(id, { owner: this.owner, nudge: () => this.nudge(id) });
    this.conversations.delete(id);
    this.conversations.set(id, conversation);
    for (const [old, other] of this.conversations) {
      if (this.conversations.size <= remembered) break;
      if (other !== this.open && !other.waiting) this.conversations.delete(old);
    }
    return conversation;
  }

  watchConversation(conversation: Conversation | null) {
    this.open = conversation;
    // A slow answer for the chat before must not hold up this one.
    this.threadPoller.stop();
    if (conversation) this.threadPoller.start();
  }

  refreshList() {
    this.listPoller.nudge(120);
  }

  private nudge(id: string) {
    if (this.open?.id === id) this.threadPoller.nudge();
    this.listPoller.nudge(120);
  }

  private hear(hint: Hint) {
    if (hint.event === 'resync') {
      for (const conversation of this.conversations.values()) conversation.resync();
      this.threadPoller.nudge();
      this.listPoller.nudge();
      return;
    }
    const id = hint.change.conversation_id;
    if (!id) return;
    if (hint.change.kind === 'typing') {
      typing.saw(id, hint.change.id);
      return;
    }
    if (hint.change.kind === 'message') typing.ended(id);
    this.list?.touch(id);
    this.listPoller.nudge(150);
    if (this.open?.id === id) this.threadPoller.nudge(20);
  }
}
