import { useQuery } from '@tanstack/react-query';
import { Send, X } from 'lucide-react';
import { useState } from 'react';
import { get } from '@api/client';
import type { Template, TemplateStory } from '@api/schema';
import { useSession } from '@/live/session';
import { TemplateBubble } from '@/templates/TemplateBubble';
import { kindsOf, statusTone, title, wordOf, words as shared } from '@/templates/words';
import { Button, IconButton } from '@/ui/Button';
import { Tag } from '@/ui/Page';
import { usePreferences } from '@/ui/preferences';
import { full } from '@/ui/time';
import { useWords } from '@/ui/words';
import { Quality } from './Quality';
import { WriteFirst } from './WriteFirst';
import { words } from './words';

/** One template beside the list: its look, how it stands, and everything that became different about it. */
export function TemplateDetail({ template, onClose }: { template: Template; onClose: () => void }) {
  const w = useWords(words);
  const s = useWords(shared);
  const { session } = useSession();
  const [writing, setWriting] = useState(false);
  const { data } = useQuery({ queryKey: ['templates', template.id, template.changed_at], queryFn: () => get<TemplateStory>(`/admin/templates/${template.id}`) });
  const facts: [string, React.ReactNode][] = [
    [w.category, wordOf(s, template.category)], [w.language, template.language], [w.quality, <Quality quality={template.quality} spelled />],
    [w.networkId, <code className="font-mono text-xs select-all">{template.external_id}</code>], [w.owner, <code className="font-mono text-xs select-all">{template.owner}</code>],
  ];
  return (
    <section aria-label={title(template.name)} data-testid="template-detail" className="min-h-0 w-full shrink-0 overflow-y-auto border-line bg-surface lg:w-96 lg:border-l" tabIndex={0}>
      <header className="pane-head sticky top-0 z-10 bg-surface">
        <h2 className="min-w-0 truncate font-semibold">{title(template.name)}</h2>
        <Tag tone={statusTone(template.status)}>{wordOf(s, template.status)}</Tag>
        <IconButton label={w.close} className="ml-auto" onClick={onClose}><X aria-hidden /></IconButton>
      </header>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4 p-4">
        <TemplateBubble look={template.look} />
        {template.reason && <p className="rounded-lg bg-bad-soft px-3 py-2 text-sm text-bad">{w.rejected(template.reason)}</p>}
        {template.unsendable.length > 0 && <p className="rounded-lg bg-warn-soft px-3 py-2 text-sm text-warn">{w.cannot(kindsOf(s, template.unsendable))}</p>}
        {template.sendable && session.operator.role !== 'viewer' && <Button tone="primary" data-testid="write-first" onClick={() => setWriting(true)}><Send aria-hidden />{w.send}</Button>}
        <dl className="divide-y divide-line rounded-xl border border-line text-sm">
          {facts.map(([label, value]) => <div key={label} className="flex items-center justify-between gap-4 px-3.5 py-2"><dt className="text-ink-3">{label}</dt><dd className="min-w-0 truncate text-right">{value}</dd></div>)}
        </dl>
        {data && <Story story={data} />}
        <details className="text-sm"><summary className="text-ink-2">{w.raw}</summary><pre tabIndex={0} className="mt-2 max-h-80 overflow-auto rounded-lg bg-surface-3 p-3 font-mono text-2xs">{JSON.stringify(template.components, null, 2)}</pre></details>
      </div>
      {writing && <WriteFirst template={template} onClose={() => setWriting(false)} />}
    </section>
  );
}

function Story({ story }: { story: TemplateStory }) {
  const w = useWords(words);
  const s = useWords(shared);
  const { language } = usePreferences();
  const say = (word: string) => wordOf(w, wordOf(s, word));
  return (
    <section className="grid gap-2">
      <h3 className="text-xs font-semibold text-ink-3">{w.story}</h3>
      <ol className="grid gap-3 border-l-2 border-line pl-3" data-testid="template-story">
        {story.changes.map((change, index) => (
          <li key={index} className="grid grid-cols-[minmax(0,1fr)] gap-1 text-sm">
            <p className="text-2xs text-ink-3"><time dateTime={change.at}>{full(change.at, language)}</time> · {change.source === 'webhook' ? w.byWebhook : w.bySync}</p>
            {change.fields.map((field) => (
              <p key={field.field} className="break-words">
                {field.field === 'added' ? w.added : field.field === 'removed' ? w.removed : <>
                  <span className="text-ink-3">{wordOf(w, `field_${field.field}`)}: </span>
                  {field.from && <del className="text-ink-3 decoration-1">{say(field.from)}</del>} {field.to && <ins className="rounded bg-accent-soft px-1 text-accent-strong no-underline">{say(field.to)}</ins>}
                </>}
              </p>
            ))}
          </li>
        ))}
      </ol>
    </section>
  );
}
