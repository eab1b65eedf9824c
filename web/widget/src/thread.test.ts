import { expect, test } from 'vitest';
import type { Message, Page } from './api';
import { Thread } from './thread';

const said = (id: number, from: Message['from'] = 'operator', more: Partial<Message> = {}): Message => ({
  id, from, type: 'text', text: `${id}`, at: new Date(1_763_812_800_000 + id * 1000).toISOString(), files: [], ...more,
});
const page = (messages: Message[], more = false): Page => ({ messages, cursor: 'e.0.1', more });
const ids = (thread: Thread) => thread.messages.map((m) => m.id);

test('pages and events in any order give the same', () => {
  const all = [said(1), said(2), said(3)];
  const one = new Thread();
  one.take(page(all));
  one.put(all[1]!);
  const two = new Thread();
  two.put(all[2]!);
  two.put(all[0]!);
  two.take(page(all));
  expect(ids(one)).toEqual([1, 2, 3]);
  expect(two.messages).toEqual(one.messages);
});

test('read stays read, whatever comes late', () => {
  const thread = new Thread();
  thread.take(page([said(1), said(2, 'visitor')]));
  expect(thread.unread).toEqual([1]);
  thread.markRead([1]);
  expect(thread.put(said(1))).toBe(false);
  expect(thread.unread).toEqual([]);
});

test('after a long absence no gap is shown as if there were none', () => {
  const thread = new Thread();
  thread.take(page([said(1), said(2)]));
  thread.take(page([said(50), said(51)], true));
  expect(ids(thread)).toEqual([50, 51]);
  expect(thread.more).toBe(true);
  thread.take(page([said(2), said(49)], false), true);
  expect(ids(thread)).toEqual([2, 49, 50, 51]);
  expect(thread.more).toBe(false);
});
