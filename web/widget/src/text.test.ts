import { expect, test } from 'vitest';
import { wordsOn } from './colors';
import { pieces } from './text';
import { wordsFor } from './words';

test('only http addresses become links, and a sentence keeps its full stop', () => {
  const link = (href: string) => ({ href, text: href });
  expect(pieces('see https://a.example/x?y=1. Or (http://b.example)!')).toEqual(['see ', link('https://a.example/x?y=1'), '. Or (', link('http://b.example'), ')!']);
  for (const plain of ['javascript:alert(1)', 'data:text/html,<b>', '<img src=x onerror=alert(1)>', 'ftp://a.example', 'https://', 'www.a.example'])
    expect(pieces(plain)).toEqual([plain]);
  expect(pieces('https://a.example/"onmouseover="x')).toEqual([link('https://a.example/'), '"onmouseover="x']);
  expect(pieces('')).toEqual([]);
});

test('words on any colour can be read', () => {
  expect(wordsOn('#0f766e')).toBe('#ffffff');
  expect(wordsOn('#ffe08a')).toBe('#000000');
});

test('the first that says a language decides', () => {
  expect(wordsFor(null, 'auto', 'es-AR', 'en').lang).toBe('es');
  expect(wordsFor('en', 'es').lang).toBe('en');
  expect(wordsFor(undefined, 'auto', '', 'fr').lang).toBe('en');
});
