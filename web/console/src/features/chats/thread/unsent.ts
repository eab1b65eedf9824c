import type { Attachment } from '@api/schema';
import { keep, kept, keptNames } from '@/ui/keep';

/** Words an operator sent that the server has not confirmed yet. Kept in the browser until it has. */
export interface Unsent {
  /** Idempotency-Key: minted once, so that repeating the request cannot say it twice. */
  key: string;
  text: string;
  replyTo: number | null;
  /** Uploaded files that go with it, in order; the server keeps them for a day. */
  files?: UnsentFile[];
  at: string;
  /** Waits until the customer writes again, if the reply window is closed. */
  hold?: boolean;
  /** Takes the chat from the colleague who has it. */
  takeOver?: boolean;
  /** A moment before which it shall not leave. */
  notBefore?: string;
  state: 'waiting' | 'offline' | 'refused';
  /** Why the server refused. */
  problem: { code: string; message: string; nextStep: string | null } | null;
}

export interface UnsentFile {
  id: string;
  caption: string;
  attachment: Attachment;
}

const prefix = 'unsent:';
const place = (owner: string, conversation: string) => `${prefix}${owner}:${conversation}`;

export const loadUnsent = (owner: string, conversation: string) => kept<Unsent[]>(place(owner, conversation), []);

export const saveUnsent = (owner: string, conversation: string, list: Unsent[]) =>
  keep(place(owner, conversation), list.length > 0 ? list : null);

/** The conversations in which this operator has unsent words, e.g. after the browser was closed offline. */
export function conversationsWithUnsent(owner: string): string[] {
  const start = place(owner, '');
  return keptNames(start).map((name) => name.slice(start.length));
}
