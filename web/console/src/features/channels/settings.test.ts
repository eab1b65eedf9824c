import { expect, it } from 'vitest';
import type { Setting } from '@api/schema';
import { choicesOf, settingsOf } from './settings';

const setting = (name: string, kind: Setting['kind'], pattern?: string): Setting =>
  ({ name, kind, label: { en: '', es: '' }, help: { en: '', es: '' }, required: false, default: null, pattern });
const schema = [setting('id', 'text'), setting('token', 'secret'), setting('wait', 'number'), setting('on', 'boolean')];
const form = (values: Record<string, string>) => {
  const data = new FormData();
  for (const [name, value] of Object.entries(values)) data.set(`settings.${name}`, value);
  return data;
};

it('leaves empty fields of a new account to their defaults', () => {
  expect(settingsOf(form({ id: ' 42 ', token: 's', wait: '', on: 'on' }), schema)).toEqual({ id: '42', token: 's', on: 'true' });
});

it('sends only what changed, empties what was taken away, and keeps an untouched secret', () => {
  expect(settingsOf(form({ id: '42', token: '', wait: '' }), schema, { id: '42', wait: '30', on: 'true' })).toEqual({ wait: '', on: 'false' });
});

it('sees a choice in a pattern of words', () => {
  expect(choicesOf(setting('x', 'text', 'resend|ask'))).toEqual(['resend', 'ask']);
  expect(choicesOf(setting('x', 'text', '[1-9]\\d{0,3}'))).toBeNull();
});
