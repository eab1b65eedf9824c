import { expect, it } from 'vitest';
import { isQuiet } from './alerts';

const at = (time: string) => new Date(`2026-01-05T${time}:00`);

it('is quiet within the hours, over midnight too', () => {
  const night = { quietFrom: '22:00', quietTo: '07:30' };
  expect(['21:59', '22:00', '03:00', '07:29', '07:30'].map((time) => isQuiet(night, at(time)))).toEqual([false, true, true, true, false]);
  expect(isQuiet({ quietFrom: '13:00', quietTo: '14:00' }, at('13:30'))).toBe(true);
});

it('is never quiet without hours', () => expect(isQuiet({ quietFrom: '', quietTo: '' }, at('03:00'))).toBe(false));
