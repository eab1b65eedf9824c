import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Poller } from './poller';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

it('never runs twice at once and keeps a nudge that comes during a run', async () => {
  let running = 0;
  let most = 0;
  let runs = 0;
  const poller = new Poller(async () => {
    most = Math.max(most, ++running);
    runs += 1;
    await new Promise((done) => setTimeout(done, 100));
    running -= 1;
  }, () => 10_000);
  poller.start();
  await vi.advanceTimersByTimeAsync(50);
  poller.nudge();
  poller.nudge();
  await vi.advanceTimersByTimeAsync(400);
  expect([runs, most]).toEqual([2, 1]);
  poller.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect(runs).toBe(2);
});

it('waits longer while it fails and recovers at once', async () => {
  let runs = 0;
  let broken = true;
  const poller = new Poller(async () => {
    runs += 1;
    if (broken) throw new Error('down');
  }, () => 1_000);
  poller.start();
  await vi.advanceTimersByTimeAsync(7_000);
  expect(runs).toBe(3);
  broken = false;
  await vi.advanceTimersByTimeAsync(8_000);
  const recovered = runs;
  await vi.advanceTimersByTimeAsync(3_000);
  expect(runs - recovered).toBe(3);
  poller.stop();
});
