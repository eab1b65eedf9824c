import { usePreferences } from '@/ui/preferences';
import { clock } from '@/ui/time';
import { useWords } from '@/ui/words';
import { Files } from '../files/Files';
import { words } from '../words';
import type { ThreadActions } from './actions';
import { Quote, tones } from './Bubble';
import type { Item } from './items';
import { SafeText } from './SafeText';
import { Status } from './Status';

/** Words the server has not confirmed: on the screen at once, never lost, and when refused handed back on request. */
export function UnsentBubble({ item: { unsent, quoted }, actions }: { item: Item & { kind: 'unsent' }; actions: ThreadActions }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const refused = unsent.state === 'refused';
  return (
    <div className="flex flex-row-reverse px-4 pb-2.5">
      <article data-testid="bubble" data-author="operator" data-status={refused ? 'failed' : unsent.state} className={`max-w-[min(34rem,82%)] min-w-20 rounded-2xl rounded-br-md border px-3 py-2 shadow-lift ${tones.operator}`}>
        {(quoted || unsent.replyTo) && <Quote message={quoted} id={unsent.replyTo} actions={actions} />}
        {unsent.files && unsent.files.length > 0 && <Files files={unsent.files.map((file) => ({ ...file.attachment, caption: file.caption || null }))} />}
        {unsent.text && <SafeText text={unsent.text} />}
        <footer className="nums mt-0.5 flex items-center justify-end gap-1.5 text-2xs text-ink-2">
          <time dateTime={unsent.at}>{clock(unsent.at, language)}</time>
          <Status status={refused ? 'failed' : unsent.state === 'offline' ? 'offline' : 'saving'} />
        </footer>
        {refused && (
          <div className="mt-1.5 rounded-lg bg-bad-soft px-2.5 py-2 text-xs text-bad">
            <p className="font-medium">{unsent.problem?.message}</p>
            {unsent.problem?.nextStep && <p className="mt-0.5 text-ink-2">{unsent.problem.nextStep}</p>}
            <p className="mt-1 flex flex-wrap gap-x-3 gap-y-1 font-semibold [&_button]:underline [&_button]:underline-offset-2">
              {unsent.problem?.code === 'conversation_locked'
                ? <button type="button" data-testid="take-over-and-send" onClick={() => actions.takeOverAndSend(unsent.key)}>{w.takeOverAndSend}</button>
                : <button type="button" onClick={() => actions.again(unsent.key)}>{w.retry}</button>}
              <button type="button" onClick={() => actions.takeBack(unsent.key)}>{w.takeBack}</button>
              <button type="button" className="text-ink-2" onClick={() => actions.discard(unsent.key)}>{w.discard}</button>
            </p>
          </div>
        )}
      </article>
    </div>
  );
}
