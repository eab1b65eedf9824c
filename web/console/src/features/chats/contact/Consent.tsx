import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { get, put } from '@api/client';
import type { Consent as Wish, ConsentStory } from '@api/schema';
import { useSession } from '@/live/session';
import { Button } from '@/ui/Button';
import { Tag } from '@/ui/Page';
import { usePreferences } from '@/ui/preferences';
import { ago, full, useNow } from '@/ui/time';
import { toastProblem } from '@/ui/toast';
import { useWords } from '@/ui/words';
import { words } from '../window/words';

/** What a contact wants of marketing, who said so and when; an operator may note otherwise, with a word about how. */
export function Consent({ contactId }: { contactId: string }) {
  const w = useWords(words);
  const { session } = useSession();
  const queries = useQueryClient();
  const [asking, setAsking] = useState(false);
  const [note, setNote] = useState('');
  const { data } = useQuery({ queryKey: ['consent', contactId], refetchInterval: 15_000, queryFn: () => get<ConsentStory>(`/admin/contacts/${contactId}/consent`) });
  const now = data?.consent.find((one) => one.category === 'marketing');
  const wanted = now?.opted_in ?? null;
  const change = useMutation({
    mutationFn: () => put<ConsentStory>(`/admin/contacts/${contactId}/consent`, { category: 'marketing', opted_in: wanted === false, note }),
    onSuccess: (story) => {
      queries.setQueryData(['consent', contactId], story);
      void queries.invalidateQueries({ queryKey: ['conversation'] });
      setAsking(false);
      setNote('');
    },
    onError: toastProblem,
  });
  const mayNote = session.operator.role !== 'viewer';
  return (
    <section aria-label={w.consent} data-testid="consent" className="mx-4 mt-4 grid gap-2 rounded-xl border border-line p-3.5 text-sm">
      <h3 className="text-xs font-semibold text-ink-3">{w.consent}</h3>
      <p className="flex items-center justify-between gap-3">
        <span>{w.marketing}</span>
        <Tag tone={wanted === null ? 'plain' : wanted ? 'good' : 'warn'}>{wanted === null ? w.unknown : wanted ? w.in : w.out}</Tag>
      </p>
      {data && data.history.length > 0 && <ul className="grid gap-1 border-l-2 border-line pl-2.5">{data.history.slice(0, 4).map((one, index) => <Noted key={index} one={one} />)}</ul>}
      {mayNote && !asking && <button type="button" data-testid="consent-change" onClick={() => setAsking(true)} className="justify-self-start text-xs font-medium text-accent underline underline-offset-2">{wanted === false ? w.allow : w.stop}</button>}
      {asking && (
        <form className="grid gap-2" onSubmit={(event) => { event.preventDefault(); change.mutate(); }}>
          <input className="input" autoFocus maxLength={500} value={note} onChange={(event) => setNote(event.target.value)} placeholder={w.why} aria-label={w.why} />
          <span className="flex gap-2"><Button small tone="primary" type="submit" busy={change.isPending}>{w.note}</Button><Button small tone="quiet" onClick={() => setAsking(false)}>{w.cancel}</Button></span>
        </form>
      )}
    </section>
  );
}

function Noted({ one }: { one: Wish }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const now = useNow(60_000);
  const how = one.source === 'keyword' ? w.keyword(one.detail) : one.source === 'operator' ? w.operator(one.by ?? '') : w[one.source];
  return (
    <li className="text-xs text-ink-2">
      <span className={one.opted_in ? 'text-good' : 'text-warn'}>{one.opted_in ? w.in : w.out}</span> · {how}{one.source === 'operator' && one.detail ? `: ${one.detail}` : ''} · <time dateTime={one.at} title={full(one.at, language)}>{ago(one.at, language, now)}</time>
    </li>
  );
}
