import { expect, it } from 'vitest';
import { money } from './money';

it('writes a price in the currency the network named', () => expect(money(12.5, 'USD', 'en')).toBe('$12.50'));

it.each(['', 'pesos', '$', undefined, null])('still shows the amount when the currency is %j', (currency) =>
  expect(money(12.5, currency, 'en')).toContain('12.50'));

it('shows a dash for what is not a number', () => expect(money(Number.NaN, 'USD', 'en')).toBe('—'));
