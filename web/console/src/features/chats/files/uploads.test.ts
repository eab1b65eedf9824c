import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Problem } from '@api/client';
import type { Attachment } from '@api/schema';
import { Uploads } from './uploads';

const file = (name: string, type = 'image/png') => new File(['x'], name, { type });
const there = (id: string) => ({ id, type: 'image', state: 'stored', url: '/media/x' }) as Attachment;

beforeEach(() => {
  URL.createObjectURL = vi.fn(() => 'blob:x');
  URL.revokeObjectURL = vi.fn();
});

describe('Uploads', () => {
  it('hands files over in the order they were attached, whichever was there first', async () => {
    const ends: ((value: Attachment) => void)[] = [];
    const uploads = new Uploads('c', () => new Promise((resolve) => ends.push(resolve)));
    uploads.add([file('a.png'), file('b.png')], null);
    ends[1]!(there('b'));
    ends[0]!(there('a'));
    await vi.waitFor(() => expect(uploads.getSnapshot().every((item) => item.state === 'ready')).toBe(true));
    uploads.describe(uploads.getSnapshot()[1]!.key, ' second ');
    expect(uploads.take().map(({ id, caption }) => [id, caption])).toEqual([['a', ''], ['b', 'second']]);
    expect(uploads.getSnapshot()).toEqual([]);
  });

  it('calls an upload off when its file is removed', () => {
    let signal!: AbortSignal;
    const uploads = new Uploads('c', (_, __, ___, given) => { signal = given; return new Promise(() => {}); });
    uploads.add([file('a.png')], null);
    uploads.drop(uploads.getSnapshot()[0]!.key);
    expect(signal.aborted).toBe(true);
    expect(uploads.getSnapshot()).toEqual([]);
  });

  it('keeps a refused file with the reason, and tries again on request', async () => {
    const send = vi.fn().mockRejectedValueOnce(new Problem(415, 'file_type_not_accepted', 'No.', 'Send another.')).mockResolvedValue(there('a'));
    const uploads = new Uploads('c', send);
    uploads.add([file('a.png')], null);
    await vi.waitFor(() => expect(uploads.getSnapshot()[0]).toMatchObject({ state: 'refused', problem: { message: 'No.' } }));
    uploads.again(uploads.getSnapshot()[0]!.key);
    await vi.waitFor(() => expect(uploads.getSnapshot()[0]!.state).toBe('ready'));
  });
});
