import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Api, Refusal } from './api';
import { Outbox, type Unsent } from './outbox';

let stored: Map<string, string>;
let kept: Map<string, File>;
beforeEach(() => {
  vi.useFakeTimers();
  stored = new Map();
  kept = new Map();
  vi.stubGlobal('localStorage', { getItem: (k: string) => stored.get(k) ?? null, setItem: (k: string, v: string) => stored.set(k, v), removeItem: (k: string) => stored.delete(k) });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const words = (text: string): Unsent => ({ client_id: `id-${text}`, text, at: '2026-11-22T12:00:00.000Z' });

/** A server that answers as told, then takes everything; it knows what it has, as the real one does. */
function desk(...answers: (Refusal | 'lost')[]) {
  const has: string[] = [];
  const renew = vi.fn(async () => {});
  const sent = vi.fn();
  const api = {
    post: async (_: string, message: Unsent) => {
      if (message.file) expect(message.file).toEqual({ id: expect.stringMatching(/^upload of/) as string });
      const answer = answers.shift();
      if (answer instanceof Refusal) throw answer;
      if (!has.includes(message.client_id)) has.push(message.client_id);
      // It arrived, and the answer did not.
      if (answer === 'lost') throw new Refusal(0, 'offline', 0);
    },
    upload: async (_: string, form: FormData) => {
      const answer = answers.shift();
      if (answer instanceof Refusal) throw answer;
      return { id: `upload of ${(form.get('file') as File).name}` };
    },
  } as unknown as Api;
  const files = { put: async (id: string, file: File) => void kept.set(id, file), get: async (id: string) => kept.get(id), drop: (id: string) => void kept.delete(id) };
  const outbox = new Outbox({ api, files, renew, onChange: () => {}, onSent: sent });
  outbox.open('box');
  return { outbox, has, renew, sent };
}

test('a lost answer makes no second message, and order is kept', async () => {
  const { outbox, has, sent } = desk('lost', new Refusal(503, 'unavailable', 0));
  outbox.add(words('one'));
  outbox.add(words('two'));
  await vi.advanceTimersByTimeAsync(120_000);
  expect(has).toEqual(['id-one', 'id-two']);
  expect(sent).toHaveBeenCalledTimes(2);
  expect(outbox.items).toEqual([]);
  expect(stored.size).toBe(0);
});

test('what could not be sent is there after a reload', async () => {
  const first = desk(new Refusal(0, 'offline', 0));
  first.outbox.add(words('kept'));
  await vi.advanceTimersByTimeAsync(0);
  const second = desk();
  await vi.advanceTimersByTimeAsync(0);
  expect(second.has).toEqual(['id-kept']);
});

test('the server’s wish to wait is heeded', async () => {
  const { outbox, has } = desk(new Refusal(429, 'rate_limited', 20));
  outbox.add(words('slow'));
  await vi.advanceTimersByTimeAsync(19_000);
  expect(has).toEqual([]);
  await vi.advanceTimersByTimeAsync(2_000);
  expect(has).toEqual(['id-slow']);
});

test('what is refused for good is shown as such and holds up nothing', async () => {
  const { outbox, has } = desk(new Refusal(400, 'invalid_request', 0));
  outbox.add(words('bad'));
  outbox.add(words('good'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(has).toEqual(['id-good']);
  expect(outbox.items.map((i) => i.failed)).toEqual([true]);
  outbox.retry('id-bad');
  await vi.advanceTimersByTimeAsync(0);
  expect(has).toEqual(['id-good', 'id-bad']);
});

test('an old token is renewed, then it is sent', async () => {
  const { outbox, has, renew } = desk(new Refusal(401, 'visitor_unknown', 0));
  outbox.add(words('again'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(renew).toHaveBeenCalledTimes(1);
  expect(has).toEqual(['id-again']);
});

test('another tab’s words are taken over, and what it sent is let go', async () => {
  const { outbox } = desk(new Refusal(0, 'offline', 0), new Refusal(0, 'offline', 0));
  outbox.add(words('mine'));
  await vi.advanceTimersByTimeAsync(0);
  stored.set('box', JSON.stringify([words('theirs')]));
  outbox.reload();
  expect(outbox.items.map((i) => i.text)).toEqual(['theirs']);
});

test('a file waits for the connection over a reload, and goes before the words after it', async () => {
  const first = desk(new Refusal(0, 'offline', 0));
  first.outbox.add({ ...words('photo'), text: '', file: { kind: 'image', name: 'photo.png' } }, new File(['x'], 'photo.png'));
  first.outbox.add(words('seen?'));
  await vi.advanceTimersByTimeAsync(0);
  expect(first.has).toEqual([]);
  const second = desk();
  await vi.advanceTimersByTimeAsync(10);
  expect(second.has).toEqual(['id-photo', 'id-seen?']);
  expect(kept.size).toBe(0);
});

test('a file that the browser has thrown away is shown as not sent', async () => {
  const { outbox, has } = desk();
  outbox.add({ ...words('lost'), text: '', file: { kind: 'image', name: 'lost.png' } });
  outbox.add(words('after'));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(has).toEqual(['id-after']);
  expect(outbox.items.map((item) => item.failed)).toEqual([true]);
});
