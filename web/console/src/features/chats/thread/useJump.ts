import type { Virtualizer } from '@tanstack/react-virtual';
import { useEffect, useState } from 'react';
import type { Conversation } from './conversation';
import type { Item } from './items';

/** Where to go in a thread; a new object each time, so that one may go to the same place twice. */
export interface Jump {
  message: number;
}

/**
 * Brings a message into view, wherever it is: older pages are read until it is there. Answers the message to light up for a
 * moment.
 */
export function useJump(
  jump: Jump | null, conversation: Conversation, items: readonly Item[], virtual: Virtualizer<HTMLDivElement, Element>, onMissing: () => void,
): number | null {
  const [reached, setReached] = useState<Jump | null>(null);
  const [lit, setLit] = useState<number | null>(null);

  useEffect(() => {
    let left = false;
    if (jump) void conversation.reach(jump.message).then((found) => !left && (found ? setReached(jump) : onMissing()));
    return () => { left = true; };
    // Only a new jump moves; words arriving meanwhile do not.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [jump, conversation]);

  const at = reached ? items.findIndex((item) => item.kind === 'message' && item.message.id === reached.message) : -1;
  useEffect(() => {
    if (!reached || at < 0) return;
    setReached(null);
    virtual.scrollToIndex(at, { align: 'center' });
    setLit(reached.message);
  }, [reached, at, virtual]);
  useEffect(() => {
    if (lit === null) return;
    const timer = setTimeout(() => setLit(null), 1_800);
    return () => clearTimeout(timer);
  }, [lit]);
  return lit;
}
