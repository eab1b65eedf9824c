import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Tip } from './Tip';

const tones = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-strong',
  plain: 'border border-line-strong bg-surface text-ink hover:bg-surface-3',
  quiet: 'text-ink-2 hover:bg-surface-3 hover:text-ink',
  danger: 'border border-bad/40 bg-surface text-bad hover:bg-bad-soft',
};

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  tone?: keyof typeof tones;
  busy?: boolean;
  small?: boolean;
}

export function Button({ tone = 'plain', busy, small, className = '', disabled, children, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      className={`inline-flex shrink-0 items-center justify-center gap-2 rounded-lg font-medium whitespace-nowrap transition-colors disabled:opacity-55
        [&_svg]:size-4 [&_svg]:shrink-0 ${small ? 'h-7 px-2.5 text-xs' : 'h-9 px-3.5 text-sm'} ${tones[tone]} ${className}`}
    >
      {busy && <span aria-hidden className="size-3.5 animate-[turn_0.8s_linear_infinite] rounded-full border-2 border-current border-r-transparent" />}
      {children}
    </button>
  );
}

interface IconButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** Said by screen readers and shown on hover. */
  label: string;
  /** The key that does the same. */
  hint?: string;
  children: ReactNode;
  active?: boolean;
}

export function IconButton({ label, hint, active, className = '', children, ...rest }: IconButtonProps) {
  return (
    <Tip text={label} hint={hint}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        className={`inline-flex size-9 shrink-0 items-center justify-center rounded-lg transition-colors disabled:opacity-45 [&_svg]:size-[1.15rem]
          ${active ? 'bg-accent-soft text-accent' : 'text-ink-2 hover:bg-surface-3 hover:text-ink'} ${className}`}
      >
        {children}
      </button>
    </Tip>
  );
}
