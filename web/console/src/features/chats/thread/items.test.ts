import { expect, it } from 'vitest';
import type { Message } from '@api/schema';
import { itemsOf } from './items';

const at = (day: number, minute: number) => new Date(2026, 0, day, 12, minute).toISOString();
const message = (id: number, timestamp: string, change: Partial<Message> = {}): Message => ({
  id, conversation_id: 'c', sender: 'user', author: { kind: 'contact', name: 'Ana' }, type: 'text', content: '', timestamp,
  attachments: [], correlation_id: `k${id}`, status: 'received', is_echo: false, ...change,
});

it('lays out days, the unread divider and runs of one author', () => {
  const items = itemsOf([
    message(1, at(1, 0)), message(2, at(1, 1)), message(3, at(1, 9)), message(4, at(2, 0)),
    message(5, at(2, 1), { sender: 'agent', author: { kind: 'operator', name: 'Bo' }, reply_to: 4 }),
  ], [], 4);
  expect(items.map((item) => (item.kind === 'message' ? `${item.message.id}${item.head ? 'h' : ''}${item.tail ? 't' : ''}` : item.kind)))
    .toEqual(['day', '1h', '2t', '3ht', 'day', 'unread', '4ht', '5ht']);
  const reply = items.at(-1);
  expect(reply?.kind === 'message' && reply.quoted?.id).toBe(4);
});

it('shows a reaction on its message, and only one that failed by itself', () => {
  const ours = { sender: 'agent', author: { kind: 'operator', name: 'Bo' }, type: 'reaction', reply_to: 1 } as const;
  const items = itemsOf([
    message(1, at(1, 0)), message(2, at(1, 1), { ...ours, status: 'sent' }), message(3, at(1, 2)), message(4, at(1, 3), { ...ours, status: 'failed' }), message(5, at(1, 4)),
  ], [], null);
  expect(items.flatMap((item) => (item.kind === 'message' ? [`${item.message.id}${item.head ? 'h' : ''}${item.tail ? 't' : ''}`] : []))).toEqual(['1h', '3t', '4ht', '5ht']);
});

it('knows how far our emoji came by the message that carries it', () => {
  const ours = { sender: 'agent', author: { kind: 'operator', name: 'Bo' }, type: 'reaction', reply_to: 1 } as const;
  const on = (status: 'sent' | 'failed') => itemsOf([
    message(1, at(1, 0), { reactions: [{ by: 'account', emoji: '👍', message_id: 2, status: 'queued' }] }), message(2, at(1, 1), { ...ours, status }),
  ], [], null).flatMap((item) => (item.kind === 'message' && item.message.id === 1 ? item.message.reactions : []));
  expect(on('sent')).toEqual([{ by: 'account', emoji: '👍', message_id: 2, status: 'sent' }]);
  expect(on('failed')).toEqual([]);
});

it('says which waiting message stands behind another', () => {
  const ours = { sender: 'agent', author: { kind: 'operator', name: 'Bo' } } as const;
  const items = itemsOf([
    message(1, at(1, 0), { ...ours, status: 'sent' }), message(2, at(1, 1), { ...ours, status: 'queued' }), message(3, at(1, 2), { ...ours, status: 'queued' }),
  ], [], null);
  expect(items.flatMap((item) => (item.kind === 'message' ? [item.behind] : []))).toEqual([false, false, true]);
});
