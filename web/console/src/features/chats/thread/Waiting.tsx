import type { Message } from '@api/schema';
import { useNow } from '@/ui/time';
import { useWords } from '@/ui/words';
import { words } from '../words';
import { canReword } from './Status';
import type { ThreadActions } from './Thread';

/** Shorter waits are the ordinary distance between two messages: what would appear for them would be gone before it is read. */
const worthSteering = 10_000;

/** Under words that wait for long: what can still be done with them. */
export function Waiting({ message, actions }: { message: Message; actions: ThreadActions }) {
  const w = useWords(words);
  const now = useNow(1000);
  const left = message.not_before ? Date.parse(message.not_before) - now : 0;
  if (!message.held && left < worthSteering) return null;
  return (
    <p data-testid="steer" className="mt-1 flex flex-wrap justify-end gap-x-3 gap-y-1 text-xs [&_button]:font-semibold [&_button]:text-accent [&_button]:underline [&_button]:underline-offset-2">
      {canReword(message) && <button type="button" onClick={() => actions.edit(message)}>{w.edit}</button>}
      {!message.held && <button type="button" onClick={() => actions.act(message, 'send-now')}>{w.sendNow}</button>}
      {!message.held && <button type="button" onClick={() => actions.reschedule(message)}>{w.reschedule}</button>}
      <button type="button" onClick={() => actions.act(message, 'cancel')}>{w.cancel}</button>
    </p>
  );
}
