import { CircleAlert, CircleCheck } from 'lucide-react';
import type { TemplateCatalogue } from '@api/schema';
import { usePreferences } from '@/ui/preferences';
import { ago, useNow } from '@/ui/time';
import { useWords } from '@/ui/words';
import { words } from './words';

/** Whose templates these are, and when they were last read; what stands in the way is said with what to do. */
export function Catalogues({ list }: { list: TemplateCatalogue[] }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const now = useNow(15_000);
  if (list.length === 0) return null;
  return (
    <ul className="flex shrink-0 flex-wrap gap-x-5 gap-y-1 border-b border-line bg-surface-2 px-4 py-2 text-xs text-ink-2 sm:px-5">
      {list.map((one) => (
        <li key={`${one.channel}/${one.owner}`} data-testid="catalogue" className="flex min-w-0 items-start gap-1.5">
          {one.failure ? <CircleAlert aria-hidden className="mt-px size-3.5 shrink-0 text-bad" /> : <CircleCheck aria-hidden className="mt-px size-3.5 shrink-0 text-good" />}
          <span className="min-w-0"><strong className="font-semibold text-ink">{one.account_names.join(', ')}</strong> · {one.templates} · {one.synced_at ? w.read(ago(one.synced_at, language, now)) : w.never}
            {one.failure && <span className="text-bad"> · {w.failed}: {one.failure.message} <span className="text-ink-2">{one.failure.next_step}</span></span>}</span>
        </li>
      ))}
    </ul>
  );
}
