import { describe, expect, it } from 'vitest';
import type { Answer, Call, call } from '@api/client';
import type { ChatSummary } from '@api/schema';
import { ChatList } from './chatList';

const chat = (name: string, minute: number, change: Partial<ChatSummary> = {}): ChatSummary => ({
  id: name, customer_phone: '', display_name: name, last_message: '', timestamp: new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString(),
  channel_source: 'whatsapp', unread_count: 0, is_locked: false, platform_origin: '', last_interaction_at: null, window_expires_at: null, held_by: null, why: null, held_until: null, last_message_author: 'contact', last_message_by: null, last_message_by_id: null, picture_url: null, ...change,
});

/** A server whose pages are prepared one by one: rows and the next cursor. */
function pages(...prepared: [ChatSummary[], string | null][]) {
  const asked: Call[] = [];
  const fake = (async (_method: string, _path: string, options: Call = {}): Promise<Answer<ChatSummary[]>> => {
    asked.push(options);
    const [data, next] = prepared.shift()!;
    return { data, unchanged: false, headers: new Headers(next ? { 'X-Next-Cursor': next } : {}) };
  }) as typeof call;
  return { asked, list: new ChatList({ human: 'all', channel: '', q: '' }, fake) };
}

const names = (list: ChatList) => list.getSnapshot().rows.map((row) => row.id);

describe('the list of chats', () => {
  it('moves a chat up when it speaks and keeps those pushed off the first page', async () => {
    const { list } = pages([[chat('a', 9), chat('b', 8)], 'next'], [[chat('c', 10), chat('a', 9)], 'next2']);
    await list.refresh();
    await list.refresh();
    expect(names(list)).toEqual(['c', 'a', 'b']);
  });

  it('drops a chat that left the filter, and only within what the page covers', async () => {
    const { list } = pages([[chat('a', 9), chat('b', 8)], 'n'], [[chat('c', 7)], null], [[chat('a', 9), chat('d', 6)], 'n']);
    await list.refresh();
    await list.loadMore();
    expect(names(list)).toEqual(['a', 'b', 'c']);
    await list.refresh();
    expect(names(list)).toEqual(['a', 'd']);
  });

  it('starts over after a sleep in which more came than one page holds', async () => {
    const { list } = pages([[chat('a', 2), chat('b', 1)], 'n'], [[chat('z', 90), chat('y', 80)], 'n2']);
    await list.refresh();
    await list.refresh();
    expect(names(list)).toEqual(['z', 'y']);
    expect(list.getSnapshot().more).toBe(true);
  });

  it('reads the page again on which a touched chat stands', async () => {
    const { asked, list } = pages([[chat('a', 9)], 'p2'], [[chat('b', 8)], null], [[chat('a', 9)], 'p2'], [[chat('b', 8, { is_locked: true })], null]);
    await list.refresh();
    await list.loadMore();
    list.touch('b');
    await list.refresh();
    expect(asked.map((options) => options.query?.before ?? null)).toEqual([null, 'p2', null, 'p2']);
    expect(list.find('b')?.is_locked).toBe(true);
  });
});
