import { expect, it } from 'vitest';
import { found } from './found';

it.each([['Take over', 'tak'], ['Take over', 'over tak'], ['Configuración', 'configuracion'], ['Take over', '']])('finds %s by “%s”', (label, typed) =>
  expect(found(label, typed)).toBe(true));

it('does not find what only contains the word', () => expect(found('Take over', 'ver')).toBe(false));
