interface SegmentsProps<T extends string> {
  label: string;
  value: T;
  choices: readonly (readonly [value: T, label: string])[];
  onChange: (value: T) => void;
  testId?: string;
}

/** One of a few, all in sight. */
export function Segments<T extends string>({ label, value, choices, onChange, testId }: SegmentsProps<T>) {
  return (
    <div role="radiogroup" aria-label={label} className="flex w-fit rounded-lg bg-surface-3 p-0.5">
      {choices.map(([choice, word]) => (
        <button
          key={choice} type="button" role="radio" aria-checked={value === choice} data-testid={testId && `${testId}-${choice}`} onClick={() => onChange(choice)}
          className={`h-7 rounded-md px-3 text-xs font-medium whitespace-nowrap ${value === choice ? 'bg-surface text-ink shadow-lift' : 'text-ink-2 hover:text-ink'}`}
        >
          {word}
        </button>
      ))}
    </div>
  );
}
