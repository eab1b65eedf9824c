import { useRef, useState } from 'react';
import type { ChatSummary } from '@api/schema';

/**
 * Holds the order of the list while the pointer is over it, so that a row does not slip away under a click.
 * What the rows say stays live; `moved` counts those that would stand higher or are new.
 */
export function useHeldOrder(live: readonly ChatSummary[]) {
  const [held, setHeld] = useState<readonly string[] | null>(null);
  const latest = useRef(live);
  latest.current = live;

  const hold = () => matchMedia('(hover: hover)').matches && setHeld(latest.current.map((row) => row.id));
  const release = () => setHeld(null);
  if (!held) return { rows: live, moved: 0, hold, release };

  const byId = new Map(live.map((row) => [row.id, row]));
  const kept = held.flatMap((id) => byId.get(id) ?? []);
  const keptIds = new Set(held);
  // Pages read while holding go below; what is new at the top waits for the release.
  const lastKept = kept.at(-1);
  const below = lastKept ? live.slice(live.indexOf(lastKept) + 1).filter((row) => !keptIds.has(row.id)) : live;
  const top = kept[0];
  const moved = top ? live.indexOf(top) : 0;
  return { rows: [...kept, ...below], moved, hold, release };
}
