import type { StoryStep } from '@api/agent';
import { usePreferences } from '@/ui/preferences';
import { clock, full } from '@/ui/time';
import { useWords } from '@/ui/words';
import { Facts } from './Facts';
import { duration } from './figures';
import { chaptersOf, lookOf, type Stage } from './stages';
import { sayStep } from './steps';
import { words } from './words';

const tones: Record<Stage, string> = {
  in: 'bg-accent-soft text-accent', agent: 'bg-agent-soft text-agent', lock: 'bg-warn-soft text-warn', said: 'bg-accent-soft text-accent', out: 'bg-good-soft text-good',
};

/** A story in order: chapters, and in each its steps with how long after the one before they came. */
export function Timeline({ steps, children }: { steps: readonly StoryStep[]; children?: (stage: Stage, first: boolean) => React.ReactNode }) {
  const w = useWords(words);
  const { language } = usePreferences();
  let before: number | null = null;
  const told = new Set<Stage>();
  return (
    <ol className="grid grid-cols-[minmax(0,1fr)] gap-5" data-testid="timeline">
      {chaptersOf(steps).map((chapter, index) => {
        const first = !told.has(chapter.stage);
        told.add(chapter.stage);
        return (
          <li key={index} data-stage={chapter.stage}>
            <h3 className="mb-2 flex items-baseline gap-2 text-2xs font-semibold tracking-wide text-ink-3 uppercase">
              {w[`stage_${chapter.stage}`]}
              <time dateTime={chapter.steps[0]!.at} title={full(chapter.steps[0]!.at, language)} className="nums font-normal tracking-normal">{clock(chapter.steps[0]!.at, language)}:{chapter.steps[0]!.at.slice(17, 19)}</time>
            </h3>
            {children?.(chapter.stage, first)}
            <ol className="grid grid-cols-[minmax(0,1fr)]">
              {chapter.steps.map((step, number) => {
                const at = Date.parse(step.at);
                const waited = before === null ? null : at - before;
                before = at;
                return <Step key={number} step={step} stage={chapter.stage} waited={waited} last={number === chapter.steps.length - 1} />;
              })}
            </ol>
          </li>
        );
      })}
    </ol>
  );
}

function Step({ step, stage, waited, last }: { step: StoryStep; stage: Stage; waited: number | null; last: boolean }) {
  const w = useWords(words);
  const { language } = usePreferences();
  const { icon: Icon } = lookOf(step.kind);
  return (
    <li className="relative flex gap-3 pb-3">
      {!last && <span aria-hidden className="absolute top-7 bottom-0 left-[0.8125rem] w-px bg-line" />}
      <span aria-hidden className={`grid size-7 shrink-0 place-items-center rounded-full ${tones[stage]}`}><Icon className="size-3.5" /></span>
      <div className="min-w-0 flex-1 pt-1">
        <p className="flex items-baseline gap-2 text-sm">
          <span className="font-medium break-words">{sayStep(language, step)}</span>
          {waited !== null && <time dateTime={step.at} title={`${full(step.at, language)} · ${step.at}`} className="nums ml-auto shrink-0 text-2xs text-ink-3">{w.after(duration(waited, language))}</time>}
        </p>
        <Facts detail={step.detail} />
      </div>
    </li>
  );
}
