import { describe, expect, it } from 'vitest';
import { localText, momentsFrom } from './moments';

describe('the moments that are offered', () => {
  it('come soonest first and are all ahead', () => {
    const now = new Date(2026, 10, 18, 10, 15, 30);
    const moments = momentsFrom(now);
    expect(moments.map(({ name, at }) => `${name} ${localText(at)}`)).toEqual([
      'inAnHour 2026-11-18T11:16', 'tonight 2026-11-18T20:00', 'tomorrow 2026-11-19T09:00', 'monday 2026-11-23T09:00',
    ]);
  });

  it('leave out an evening that is near and a Monday that is tomorrow', () => {
    expect(momentsFrom(new Date(2026, 10, 22, 19, 0)).map(({ name }) => name)).toEqual(['inAnHour', 'tomorrow']);
    expect(momentsFrom(new Date(2026, 10, 23, 9, 0)).map(({ name, at }) => `${name} ${at.getDate()}`)).toContain('monday 30');
  });
});
