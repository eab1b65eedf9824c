import { createContext, use } from 'react';
import type { Message } from '@api/schema';
import { Link } from '@/ui/route';
import { useNow } from '@/ui/time';
import { useWords } from '@/ui/words';
import { words } from '../words';
import type { ThreadActions } from './actions';
import { canReword } from './Status';

/** Whether the network refuses the account of the open chat, so that nothing leaves until it is reconnected. */
export const AccountPaused = createContext(false);

/** Shorter waits are the ordinary distance between two messages: a line that comes and goes for them would make the thread jump. */
const long = 10_000;

/** In the last moment it is on its way already. */
const tooLate = 700;

interface WaitingProps {
  message: Message;
  actions: ThreadActions;
}

function useWait(message: Message) {
  const paused = use(AccountPaused);
  const now = useNow(500);
  const left = message.not_before ? Date.parse(message.not_before) - now : 0;
  return { paused, left, long: message.held === true || paused || left >= long };
}

/** Beside the time of what waits for a moment only: why, and the way to call it off. */
export function ShortWait({ message, actions, behind }: WaitingProps & { behind: boolean }) {
  const w = useWords(words);
  const wait = useWait(message);
  if (wait.long || (wait.left < tooLate && !behind)) return null;
  return (
    <>
      {behind && wait.left <= 0 && <span>{w.behind}</span>}
      <button type="button" data-testid="cancel-waiting" className="font-semibold text-accent underline underline-offset-2" onClick={() => actions.act(message, 'cancel')}>{w.cancel}</button>
    </>
  );
}

/** Under words that wait for long: what they wait for, and what can still be done with them. */
export function Waiting({ message, actions }: WaitingProps) {
  const w = useWords(words);
  const wait = useWait(message);
  if (!wait.long) return null;
  return (
    <>
      {wait.paused && <p data-testid="waits-for-account" className="mt-1 text-right text-xs text-bad">{w.waitsForAccount} <Link to="/channels" className="font-semibold underline underline-offset-2">{w.reconnect}</Link></p>}
      <p data-testid="steer" className="mt-1 flex flex-wrap justify-end gap-x-3 gap-y-1 text-xs [&_button]:font-semibold [&_button]:text-accent [&_button]:underline [&_button]:underline-offset-2">
        {canReword(message) && <button type="button" onClick={() => actions.edit(message)}>{w.edit}</button>}
        {!message.held && !wait.paused && <button type="button" onClick={() => actions.act(message, 'send-now')}>{w.sendNow}</button>}
        {!message.held && <button type="button" onClick={() => actions.reschedule(message)}>{w.reschedule}</button>}
        <button type="button" onClick={() => actions.act(message, 'cancel')}>{w.cancel}</button>
      </p>
    </>
  );
}
