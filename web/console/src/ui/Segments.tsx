import { useRef, type KeyboardEvent, type ReactNode } from 'react';

interface SegmentsProps<T extends string> {
  label: string;
  value: T;
  choices: readonly (readonly [value: T, label: ReactNode])[];
  onChange: (value: T) => void;
  testId?: string;
  /** Chips stand apart from each other, for more than a few. */
  look?: 'segments' | 'chips';
}

const looks = {
  segments: { group: 'flex w-fit rounded-lg bg-surface-3 p-0.5', one: 'rounded-md', on: 'bg-surface text-ink shadow-lift', off: 'text-ink-2 hover:text-ink' },
  chips: { group: 'flex gap-1.5', one: 'rounded-full', on: 'bg-accent text-accent-ink', off: 'bg-surface-3 text-ink-2 hover:text-ink' },
};

const steps: Record<string, number> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** One of a few, all in sight. As radio buttons are: one stop of the Tab key, and arrows choose. */
export function Segments<T extends string>({ label, value, choices, onChange, testId, look = 'segments' }: SegmentsProps<T>) {
  const group = useRef<HTMLDivElement>(null);
  const { group: groupLook, one, on, off } = looks[look];
  const press = (event: KeyboardEvent, index: number) => {
    const to = event.key === 'Home' ? 0 : event.key === 'End' ? choices.length - 1 : event.key in steps ? (index + steps[event.key]! + choices.length) % choices.length : -1;
    if (to < 0) return;
    event.preventDefault();
    onChange(choices[to]![0]);
    group.current?.querySelectorAll<HTMLElement>('[role=radio]')[to]?.focus();
  };
  return (
    <div ref={group} role="radiogroup" aria-label={label} className={groupLook}>
      {choices.map(([choice, word], index) => (
        <button
          key={choice} type="button" role="radio" aria-checked={value === choice} tabIndex={value === choice ? 0 : -1}
          data-testid={testId && `${testId}-${choice}`} onClick={() => onChange(choice)} onKeyDown={(event) => press(event, index)}
          className={`flex h-7 shrink-0 items-center gap-1.5 px-3 text-xs font-medium whitespace-nowrap [&_svg]:size-3.5 ${one} ${value === choice ? on : off}`}
        >
          {word}
        </button>
      ))}
    </div>
  );
}
