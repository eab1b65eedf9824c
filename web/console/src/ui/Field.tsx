import { useId, type InputHTMLAttributes, type ReactNode } from 'react';

interface FieldProps {
  label: string;
  /** For screen readers only, where a heading says it already. */
  hideLabel?: boolean;
  help?: string;
  error?: string | null;
  children: (wiring: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: boolean }) => ReactNode;
}

/** A label, its control, and the words that explain or correct it, wired for screen readers. */
export function Field({ label, hideLabel, help, error, children }: FieldProps) {
  const id = useId();
  const note = error ?? help;
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-1.5">
      <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-sm font-medium'}>{label}</label>
      {children({ id, 'aria-describedby': note ? `${id}-note` : undefined, 'aria-invalid': error ? true : undefined })}
      {note && <p id={`${id}-note`} className={`text-xs ${error ? 'text-bad' : 'text-ink-2'}`}>{note}</p>}
    </div>
  );
}

type TextFieldProps = Omit<FieldProps, 'children'> & Omit<InputHTMLAttributes<HTMLInputElement>, 'children'>;

export function TextField({ label, help, error, className = '', ...input }: TextFieldProps) {
  return (
    <Field label={label} help={help} error={error}>
      {(wiring) => <input {...input} {...wiring} className={`input ${className}`} />}
    </Field>
  );
}

export function Switch({ label, checked, onChange }: { label: string; checked: boolean; onChange: (checked: boolean) => void }) {
  return (
    <button
      type="button" role="switch" aria-checked={checked} onClick={() => onChange(!checked)}
      className="flex w-full items-center justify-between gap-4 py-1.5 text-left text-sm"
    >
      {label}
      <span aria-hidden className={`relative h-5 w-9 shrink-0 rounded-full transition-colors ${checked ? 'bg-accent' : 'bg-line-strong'}`}>
        <span className={`absolute top-0.5 size-4 rounded-full bg-surface shadow-lift transition-[left] ${checked ? 'left-[1.125rem]' : 'left-0.5'}`} />
      </span>
    </button>
  );
}
