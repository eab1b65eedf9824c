import { expect, it } from 'vitest';
import { peaksOf } from './peaks';

it('draws a sound in steps, its loudest as high as the bar', () => {
  const samples = new Float32Array(4000).map((_, at) => (at < 2000 ? 0.1 : 0.4) * (at % 2 ? -1 : 1));
  const peaks = peaksOf(samples, 4);
  expect(peaks.map((peak) => Math.round(peak * 100))).toEqual([25, 25, 100, 100]);
});

it('draws silence flat', () => expect(peaksOf(new Float32Array(100), 4)).toEqual([0, 0, 0, 0]));
