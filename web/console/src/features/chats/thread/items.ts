import type { Message } from '@api/schema';
import { startOfDay } from '@/ui/time';
import type { Unsent } from './unsent';

/** One line of the thread. `head` and `tail` say whether the bubble begins and ends a run of one author, `behind` whether it waits for one before it. */
export type Item =
  | { kind: 'day'; key: string; at: number }
  | { kind: 'unread'; key: string }
  | { kind: 'message'; key: string; message: Message; quoted: Quoted | null; head: boolean; tail: boolean; behind: boolean }
  | { kind: 'unsent'; key: string; unsent: Unsent; quoted: Quoted | null };

/** The start of the message that another answers to. */
export type Quoted = Pick<Message, 'id' | 'content'>;

const together = 5 * 60_000;

const sameRun = (a: Message | undefined, b: Message | undefined) =>
  a !== undefined && b !== undefined && ![a.type, b.type].some((type) => type === 'system' || type === 'reaction') && a.sender === b.sender
  && a.author.kind === b.author.kind && a.author.name === b.author.name
  && startOfDay(Date.parse(a.timestamp)) === startOfDay(Date.parse(b.timestamp))
  && Math.abs(Date.parse(b.timestamp) - Date.parse(a.timestamp)) < together;

/** Our emoji as far as the message that carries it has come: the one it stands on is not told anew of that. */
function withReactions(message: Message, carriers: ReadonlyMap<number, string>): Message {
  const status = (id: number | undefined) => (id === undefined ? undefined : carriers.get(id));
  if (!message.reactions?.some((reaction) => (status(reaction.message_id) ?? reaction.status) !== reaction.status)) return message;
  const reactions = message.reactions
    .map((reaction) => ({ ...reaction, status: status(reaction.message_id) ?? reaction.status }))
    .filter((reaction) => !['failed', 'cancelled', 'withdrawn'].includes(reaction.status ?? ''));
  return { ...message, reactions };
}

/** Lays messages out as the thread shows them: a pill before each day, a divider before what is new, runs of one author. */
export function itemsOf(messages: readonly Message[], unsent: readonly Unsent[], unreadFrom: number | null): Item[] {
  const items: Item[] = [];
  const byId = new Map(messages.map((message) => [message.id, message]));
  const quoted = (id: number | null | undefined) => (id ? (byId.get(id) ?? null) : null);
  let day = 0;
  let pending = false;
  // A reaction is shown on the message it is for; one that failed is told of where it was made.
  const carriers = new Map(messages.flatMap((message) => (message.type === 'reaction' ? [[message.id, message.status] as const] : [])));
  const lines = messages.filter((message) => message.type !== 'reaction' || message.status === 'failed').map((message) => withReactions(message, carriers));
  lines.forEach((message, index) => {
    const start = startOfDay(Date.parse(message.timestamp));
    if (start !== day) items.push({ kind: 'day', key: `day-${start}`, at: start });
    day = start;
    if (message.id === unreadFrom) items.push({ kind: 'unread', key: 'unread' });
    const head = message.id === unreadFrom || !sameRun(lines[index - 1], message);
    const next = lines[index + 1];
    const tail = next?.id === unreadFrom || !sameRun(message, next);
    items.push({ kind: 'message', key: String(message.id), message, quoted: message.quoted ?? quoted(message.reply_to), head, tail, behind: pending && message.status === 'queued' });
    pending ||= message.status === 'queued' || message.status === 'sending' || message.status === 'uncertain';
  });
  for (const item of unsent) items.push({ kind: 'unsent', key: item.key, unsent: item, quoted: quoted(item.replyTo) });
  return items;
}
