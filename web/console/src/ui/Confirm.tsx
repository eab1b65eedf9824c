import type { ReactNode } from 'react';
import { Button } from './Button';
import { Dialog } from './Dialog';
import { dictionary, useWords } from './words';

const words = dictionary({
  cancel: ['Cancel', 'Cancelar'],
});

interface ConfirmProps {
  title: string;
  /** The button that does it, in the words of what happens. */
  action: string;
  danger?: boolean;
  busy?: boolean;
  onConfirm: () => void;
  onClose: () => void;
  children: ReactNode;
}

/** Asks once before what cannot be taken back, or what others will notice. */
export function Confirm({ title, action, danger, busy, onConfirm, onClose, children }: ConfirmProps) {
  const w = useWords(words);
  return (
    <Dialog title={title} onClose={onClose}>
      <div className="text-sm text-ink-2">{children}</div>
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={onClose}>{w.cancel}</Button>
        <Button tone={danger ? 'danger' : 'primary'} busy={busy} onClick={onConfirm} data-testid="confirm">{action}</Button>
      </div>
    </Dialog>
  );
}
