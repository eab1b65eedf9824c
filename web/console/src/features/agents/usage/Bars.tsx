import type { UsageOfDay } from '@api/agent';
import { money } from '@/story/figures';
import { usePreferences } from '@/ui/preferences';
import { Tip } from '@/ui/Tip';
import { useWords } from '@/ui/words';
import { dayOf, measureOf, scaleEnd, type Measure } from './sums';
import { words } from './words';

/** A bar for each day. Its figures stand in the table beneath, so for those who listen it is one picture. */
export function Bars({ days, measure }: { days: readonly UsageOfDay[]; measure: Measure }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const end = scaleEnd(Math.max(...days.map((day) => measureOf(day, measure))));
  const said = (n: number) => (measure === 'cost' ? money(n, language) : measure === 'turns' ? w.nTurns(n) : `${n.toLocaleString(language)} ${w.tokens.toLowerCase()}`);
  const line = (n: number) => (measure === 'cost' ? money(n, language) : n.toLocaleString(language, { notation: 'compact' }));
  return (
    <figure className="grid gap-1.5" role="img" aria-label={w.chart(w[measure], days.length)} data-testid="usage-bars">
      <div className="relative h-44 rounded-xl border border-line px-3 pt-3">
        {[end, end / 2].map((n, index) => (
          <div key={n} aria-hidden className="absolute inset-x-3 border-t border-dashed border-line" style={{ top: `calc(0.75rem + ${index} * (100% - 0.75rem) / 2)` }}>
            <span className="nums absolute right-0 -translate-y-1/2 bg-surface pl-1.5 text-2xs text-ink-3">{line(n)}</span>
          </div>
        ))}
        <div className="relative mr-12 flex h-full items-end gap-px sm:gap-0.5">
          {days.map((day) => {
            const n = measureOf(day, measure);
            return (
              <Tip key={day.day} text={w.bar(dayOf(day.day, language), said(n))}>
                <div className="group flex h-full min-w-0 flex-1 items-end">
                  <div className={`mx-auto w-full max-w-8 rounded-t-sm group-hover:bg-accent ${n > 0 ? 'min-h-1 bg-agent' : 'h-px bg-line-strong'}`} style={n > 0 ? { height: `${(n / end) * 100}%` } : undefined} />
                </div>
              </Tip>
            );
          })}
        </div>
      </div>
      <div aria-hidden className="nums mr-15 ml-3 flex justify-between text-2xs text-ink-3"><span>{dayOf(days[0]!.day, language)}</span><span>{dayOf(days.at(-1)!.day, language)}</span></div>
    </figure>
  );
}
