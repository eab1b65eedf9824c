import { useQuery } from '@tanstack/react-query';
import { Coins } from 'lucide-react';
import { useState } from 'react';
import { get } from '@api/client';
import type { UsageOfDay } from '@api/agent';
import { money } from '@/story/figures';
import { usePreferences } from '@/ui/preferences';
import { Segments } from '@/ui/Segments';
import { Empty, Skeleton, Trouble } from '@/ui/States';
import { useWords } from '@/ui/words';
import type { Whose } from '../settings/draft';
import { Bars } from './Bars';
import { dayOf, totalOf, type Measure } from './sums';
import { words } from './words';

const spans = ['7', '30', '90'] as const;
const today = () => Date.parse(new Date().toISOString().slice(0, 10));

/** What the agent did and what its model cost: the sum, a bar for each day, and the days as a table. */
export function Usage({ whose }: { whose: Whose }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const [span, setSpan] = useState<(typeof spans)[number]>('30');
  const [chosen, setChosen] = useState<Measure | null>(null);
  const from = new Date(today() - (Number(span) - 1) * 86_400_000).toISOString().slice(0, 10);
  const { data, error, refetch } = useQuery({
    queryKey: ['agent-usage', whose, from], queryFn: () => get<UsageOfDay[]>('/admin/agent/usage', { query: { from, account_id: whose ?? undefined } }),
  });
  if (error) return <Trouble error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton rows={5} className="h-12 max-w-4xl" />;
  const total = totalOf(data);
  // Without prices a cost says nothing; without a model neither do tokens.
  const measure = chosen ?? (total.cost > 0 ? 'cost' : total.tokens > 0 ? 'tokens' : 'turns');
  const number = (n: number) => n.toLocaleString(language, { notation: n >= 1_000_000 ? 'compact' : 'standard', maximumFractionDigits: 1 });
  const share = (n: number) => (n / total.turns).toLocaleString(language, { style: 'percent', maximumFractionDigits: 0 });
  const figures: [label: string, value: string, more: string][] = [
    [w.turns, number(total.turns), ''],
    [w.answered, number(total.answered), w.of(share(total.answered))],
    [w.handedOff, number(total.handedOff), w.of(share(total.handedOff))],
    [w.tokens, number(total.tokens), w.inOut(number(total.input), number(total.output))],
    [w.cost, total.cost > 0 ? money(total.cost, language) : '—', total.cost > 0 ? w.currency : total.tokens > 0 ? w.noPrices : ''],
    [w.perAnswer, total.cost > 0 && total.answered > 0 ? money(total.cost / total.answered, language) : '—', ''],
  ];
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-4 sm:p-6" tabIndex={0} role="region" aria-label={w.chart(w[measure], Number(span))} data-testid="usage">
      <div className="grid max-w-4xl grid-cols-[minmax(0,1fr)] gap-5">
        <div className="flex flex-wrap items-center justify-between gap-2">
          <Segments label={w.span} value={span} onChange={setSpan} choices={spans.map((value) => [value, w.days(Number(value))] as const)} testId="usage-span" />
          {total.turns > 0 && <Segments label={w.measure} value={measure} onChange={setChosen} choices={(['turns', 'tokens', 'cost'] as const).map((value) => [value, w[value]] as const)} testId="usage-measure" />}
        </div>
        {total.turns === 0 ? <Empty icon={Coins} title={w.none}>{w.noneWhy}</Empty> : (
          <>
            <dl className="nums grid grid-cols-2 gap-px overflow-hidden rounded-xl border border-line bg-line sm:grid-cols-3" data-testid="usage-total">
              {figures.map(([label, value, more]) => (
                <div key={label} className="bg-surface px-4 py-3">
                  <dt className="text-2xs text-ink-3">{label}</dt><dd className="text-xl font-semibold tracking-tight">{value}</dd>
                  {more && <dd className="text-2xs text-ink-3">{more}</dd>}
                </div>
              ))}
            </dl>
            <Bars days={data} measure={measure} />
            <Days days={data} />
          </>
        )}
      </div>
    </div>
  );
}

/** The days on which something happened, newest first. */
function Days({ days }: { days: readonly UsageOfDay[] }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const busy = days.filter((day) => day.turns > 0).reverse();
  const heads = [w.turns, w.answered, w.handedOff, w.failed, w.input, w.output, w.cost];
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <div className="overflow-x-auto rounded-xl border border-line" tabIndex={0} role="region" aria-label={w.day}>
        <table className="nums w-full text-sm" data-testid="usage-days">
          <thead className="bg-surface-2 text-2xs font-semibold text-ink-3"><tr><th className="px-3 py-2 text-left">{w.day}</th>{heads.map((head) => <th key={head} className="px-3 py-2 text-right">{head}</th>)}</tr></thead>
          <tbody>
            {busy.map((day) => (
              <tr key={day.day} className="border-t border-line">
                <th scope="row" className="px-3 py-2 text-left font-medium whitespace-nowrap">{dayOf(day.day, language)}</th>
                {[day.turns, day.answered, day.handed_off, day.failed, day.input_tokens, day.output_tokens].map((n, column) => (
                  <td key={column} className={`px-3 py-2 text-right ${n === 0 ? 'text-ink-3' : column === 3 ? 'text-bad' : ''}`}>{n.toLocaleString(language)}</td>
                ))}
                <td className="px-3 py-2 text-right">{day.cost > 0 ? money(day.cost, language) : '—'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="text-2xs text-ink-3">{w.kept}</p>
    </div>
  );
}
