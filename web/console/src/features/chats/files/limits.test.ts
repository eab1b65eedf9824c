import { describe, expect, it } from 'vitest';
import { judge, sizeText, type MediaLimit } from './limits';

const limits: MediaLimit[] = [
  { kind: 'image', mime_types: ['image/jpeg', 'image/png'], max_bytes: 5 << 20, max_caption: 1024 },
  { kind: 'audio', mime_types: ['audio/ogg'], max_bytes: 16 << 20, max_caption: 0 },
  { kind: 'document', mime_types: ['application/pdf'], max_bytes: 100 << 20, max_caption: 1024 },
];

describe('judge', () => {
  it('takes what the channel takes', () => expect(judge({ type: 'image/png', size: 1 << 20 }, limits)).toEqual({ ok: true }));
  it('tells the limit of what is too large', () => expect(judge({ type: 'image/png', size: 6 << 20 }, limits)).toEqual({ ok: false, most: 5 << 20 }));
  it('refuses what the channel does not take', () => expect(judge({ type: 'application/zip', size: 1 }, limits)).toEqual({ ok: false, most: null }));
  it('lets through what the server rewrites', () => expect(judge({ type: 'image/webp', size: 6 << 20 }, limits)).toEqual({ ok: true }));
  it('leaves a file of unknown type to the server', () => expect(judge({ type: '', size: 1 }, limits)).toEqual({ ok: true }));
});

describe('sizeText', () => {
  it('speaks in megabytes', () => expect(sizeText(5 << 20, 'en')).toBe('5 MB'));
});
