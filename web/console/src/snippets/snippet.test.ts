import { expect, it } from 'vitest';
import type { Snippet } from '@api/schema';
import { filled, fillingOf, matching, slashedAt } from './snippet';

const snippet = (name: string, text = ''): Snippet => ({ id: name, name, text, updated_at: '', updated_by: '' });

it('finds the slash word that ends at the caret', () => {
  expect(slashedAt('/', 1)).toEqual({ at: 0, word: '' });
  expect(slashedAt('Hola /Envíos', 12)).toEqual({ at: 5, word: 'envíos' });
  expect(slashedAt('línea\n/ho más', 9)).toEqual({ at: 6, word: 'ho' });
});

it('leaves dates, addresses and finished words alone', () => {
  for (const text of ['24/7', 'https://a/b', '/hola ', 'y/o']) expect(slashedAt(text, text.length)).toBeNull();
});

it('lists those that begin with the word before those that hold it', () => {
  const all = [snippet('precio', 'El envío es gratis'), snippet('retiro-envio'), snippet('envio'), snippet('gracias')];
  expect(matching(all, 'env').map(({ name }) => name)).toEqual(['envio', 'retiro-envio', 'precio']);
  expect(matching(all, '')).toHaveLength(4);
  expect(matching(all, 'zzz')).toEqual([]);
});

it('fills in what is known and drops what is not', () => {
  const text = 'Hola {{first_name}}, soy {{ operator }}. {{otra}}';
  expect(filled(text, { first_name: 'Ana', operator: 'Lucía' })).toBe('Hola Ana, soy Lucía. {{otra}}');
  expect(filled(text, { operator: 'Lucía' })).toBe('Hola, soy Lucía. {{otra}}');
  expect(filled('{{name}}\n{{phone}}', { phone: '$1' })).toBe('\n$1');
});

it('takes no number for a name', () => {
  expect(fillingOf({ display_name: '+54 9 11 5555', customer_phone: '54911' }, 'Lucía')).toEqual({ name: '', first_name: '', phone: '54911', operator: 'Lucía' });
  expect(fillingOf({ display_name: 'Ana Paz', customer_phone: '' }, 'Lucía').first_name).toBe('Ana');
});
