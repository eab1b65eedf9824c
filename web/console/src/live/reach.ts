import { useSyncExternalStore } from 'react';
import { onOutcome } from '@api/client';

/** Whether the server answers, and since when the data on the screen is of that age. */
export interface Reach {
  reachable: boolean;
  /** The last answer, milliseconds since 1970. */
  heardAt: number;
}

let reach: Reach = { reachable: true, heardAt: Date.now() };
const listeners = new Set<() => void>();

onOutcome((problem) => {
  const reachable = problem === null || !(problem.status === 0 || problem.status === 502 || problem.status === 503 || problem.status === 504);
  const changed = reachable !== reach.reachable;
  // heardAt moves with every answer; only a change of state is worth a render.
  if (changed) reach = { reachable, heardAt: reachable ? Date.now() : reach.heardAt };
  else if (reachable) reach.heardAt = Date.now();
  if (changed) for (const listener of listeners) listener();
});

export const useReach = () =>
  useSyncExternalStore(
    (listener) => (listeners.add(listener), () => void listeners.delete(listener)),
    () => reach,
  );
