import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem, type Answer, type Call, type call } from '@api/client';
import type { Message, SentMessage } from '@api/schema';
import { Conversation } from './conversation';
import { loadUnsent } from './unsent';

const message = (id: number, change: Partial<Message> = {}): Message => ({
  id, conversation_id: 'c', sender: 'user', author: { kind: 'contact', name: 'Ana' }, type: 'text', content: `m${id}`,
  timestamp: new Date(1_700_000_000_000 + id * 1000).toISOString(), attachments: [], correlation_id: `k${id}`, status: 'received', is_echo: false, ...change,
});

const answer = <T>(data: T, headers: Record<string, string> = {}): Answer<T> => ({ data, unchanged: false, headers: new Headers(headers) });

/** A server of a few messages that remembers what it was asked. */
function server() {
  const asked: { method: string; path: string; options: Call }[] = [];
  const replies: ((options: Call) => unknown)[] = [];
  const fake = (async (method: string, path: string, options: Call = {}) => {
    asked.push({ method, path, options });
    const reply = replies.shift();
    if (!reply) throw new Error(`nothing prepared for ${method} ${path}`);
    return await reply(options);
  }) as typeof call;
  return { asked, fake, will: (reply: (options: Call) => unknown) => replies.push(reply) };
}

const sent = (id: number): SentMessage => ({ status: 'sent', message_id: id, correlation_id: 'k', delivery_status: 'queued', not_before: null });

beforeEach(() => {
  const kept = new Map<string, string>();
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
});

describe('a conversation', () => {
  it('sorts by time and id whatever the order of arrival, and shows each message once', async () => {
    const { fake, will } = server();
    const conversation = new Conversation('c', { owner: 'o', call: fake });
    will(() => answer([message(3), message(1)], { 'X-Cursor': 'a' }));
    will(() => answer([message(2), message(3, { content: 'changed' })], { 'X-Cursor': 'b' }));
    await conversation.refresh();
    await conversation.refresh();
    expect(conversation.getSnapshot().messages.map((m) => m.content)).toEqual(['m1', 'm2', 'changed']);
  });

  it('asks for changes since the cursor of the answer before', async () => {
    const { asked, fake, will } = server();
    const conversation = new Conversation('c', { owner: 'o', call: fake });
    will(() => answer([message(1)], { 'X-Cursor': 'e.1.1' }));
    will(() => answer([], { 'X-Cursor': 'e.1.2' }));
    will(() => answer([], { 'X-Cursor': 'e.1.2' }));
    for (let i = 0; i < 3; i += 1) await conversation.refresh();
    expect(asked.map((a) => a.options.query?.since)).toEqual([undefined, 'e.1.1', 'e.1.2']);
  });

  it('shows words before any answer, and replaces them by the message exactly once', async () => {
    const { fake, will, asked } = server();
    const conversation = new Conversation('c', { owner: 'o', call: fake });
    will(() => answer([], { 'X-Cursor': 'a' }));
    await conversation.refresh();
    conversation.opened(0, 'whatsapp');
    let reply!: (value: unknown) => void;
    will(() => new Promise((done) => (reply = done)));
    conversation.send('hola', null, [], {}, 'key-1');
    expect(conversation.getSnapshot().unsent).toHaveLength(1);
    // A poll that crosses the send brings the stored message; it must not stand beside its own unsent words.
    will(() => answer([message(9, { sender: 'agent', content: 'hola' })], { 'X-Cursor': 'b' }));
    await conversation.refresh();
    expect(conversation.getSnapshot().messages).toHaveLength(0);
    reply(answer(sent(9)));
    await vi.waitFor(() => expect(conversation.getSnapshot().unsent).toHaveLength(0));
    expect(conversation.getSnapshot().messages.map((m) => m.id)).toEqual([9]);
    expect(asked.find((a) => a.method === 'POST')?.options.key).toBe('key-1');
  });

  it('keeps words while nobody answers and repeats them with the same key', async () => {
    vi.useFakeTimers();
    const { fake, will, asked } = server();
    const conversation = new Conversation('c', { owner: 'o', call: fake });
    conversation.opened(0, 'whatsapp');
    will(() => Promise.reject(new Problem(0, 'unreachable', 'no answer')));
    will(() => answer(sent(1)));
    conversation.send('hola', null, [], {}, 'key-2');
    await vi.advanceTimersByTimeAsync(0);
    expect(conversation.getSnapshot().unsent[0]?.state).toBe('offline');
    expect(loadUnsent('o', 'c')).toMatchObject([{ key: 'key-2', text: 'hola' }]);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(conversation.getSnapshot().unsent).toHaveLength(0);
    expect(asked.map((a) => a.options.key)).toEqual(['key-2', 'key-2']);
    expect(loadUnsent('o', 'c')).toEqual([]);
    vi.useRealTimers();
  });

  it('hands refused words back and goes on with the next', async () => {
    const { fake, will } = server();
    const conversation = new Conversation('c', { owner: 'o', call: fake });
    will(() => Promise.reject(new Problem(409, 'window_expired', 'closed', 'use a template')));
    will(() => answer(sent(2)));
    conversation.send('one', null, [], {}, 'a');
    conversation.send('two', null, [], {}, 'b');
    conversation.opened(0, 'whatsapp');
    await vi.waitFor(() => expect(conversation.getSnapshot().unsent.map((item) => item.state)).toEqual(['refused']));
    expect(conversation.getSnapshot().unsent[0]?.problem?.nextStep).toBe('use a template');
    expect(conversation.takeBack('a')?.text).toBe('one');
    expect(conversation.getSnapshot().unsent).toEqual([]);
  });

  it('starts over when the server does not know its cursor any more', async () => {
    const { asked, fake, will } = server();
    const conversation = new Conversation('c', { owner: 'o', call: fake });
    will(() => answer([message(1)], { 'X-Cursor': 'old' }));
    will(() => Promise.reject(new Problem(410, 'cursor_gone', 'restored')));
    will(() => answer([message(1), message(2)], { 'X-Cursor': 'new' }));
    await conversation.refresh();
    await expect(conversation.refresh()).rejects.toThrow();
    await conversation.refresh();
    expect(asked[2]?.options.query?.since).toBeUndefined();
    expect(conversation.getSnapshot().messages).toHaveLength(2);
  });

  it('puts the divider before the first unread message and leaves it there', async () => {
    const { fake, will } = server();
    const conversation = new Conversation('c', { owner: 'o', call: fake });
    conversation.opened(2, 'whatsapp');
    will(() => answer([message(1), message(2, { sender: 'agent' }), message(3), message(4)], { 'X-Cursor': 'a' }));
    will(() => answer([message(5)], { 'X-Cursor': 'b' }));
    await conversation.refresh();
    await conversation.refresh();
    expect(conversation.getSnapshot().unreadFrom).toBe(3);
  });

  it('finds words further back than it has read, whatever the accents, and goes on from there', async () => {
    const all = Array.from({ length: 120 }, (_, index) => message(index + 1, { content: index === 4 ? 'Medialunas de mañana' : `Línea ${index}` }));
    const { fake, will } = server();
    const conversation = new Conversation('c', { owner: 'o', call: fake });
    will(() => answer(all.slice(-50), { 'X-Cursor': 'a' }));
    will(() => answer(all.slice(0, 70)));
    await conversation.refresh();
    expect(await conversation.find('linea 110', null, 'older')).toBe(111);
    expect(await conversation.find('linea 111', 111, 'newer')).toBe(112);
    expect(await conversation.find('MANANA', null, 'older')).toBe(5);
    expect(await conversation.find('manana', 5, 'older')).toBeNull();
  });
});
