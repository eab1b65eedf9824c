import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, it } from 'vitest';

const root = import.meta.dirname;
const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file) && !file.endsWith('.test.ts'));
const layers = ['ui', 'live', 'story', 'templates', 'snippets', 'features', 'app'];

const importsOf = (file: string) =>
  [...readFileSync(join(root, file), 'utf8').matchAll(/(?:from|import\()\s*'([^']+)'/g)]
    .map((match) => match[1]!)
    .filter((path) => path.startsWith('.') || path.startsWith('@/'))
    .map((path) => (path.startsWith('@/') ? path.slice(2) : normalize(join(dirname(file), path))));

it('imports only downwards: ui, live, story, templates, snippets, features, app', () => {
  const wrong = files.flatMap((file) => importsOf(file)
    .filter((path) => layers.indexOf(path.split('/')[0]!) > layers.indexOf(file.split('/')[0]!))
    .map((path) => `${file} → ${path}`));
  expect(wrong).toEqual([]);
});

it('keeps features apart from each other', () => {
  const wrong = files.filter((file) => file.startsWith('features/')).flatMap((file) => importsOf(file)
    .filter((path) => path.startsWith('features/') && path.split('/')[1] !== file.split('/')[1])
    .map((path) => `${file} → ${path}`));
  expect(wrong).toEqual([]);
});
