import type { Template, TemplateSlot } from '@api/schema';
import { Field } from '@/ui/Field';
import { useWords } from '@/ui/words';
import { headerFields, isWords, shownSlots, type Values } from './template';
import { words, wordOf } from './words';

interface TemplateFormProps {
  template: Template;
  values: Values;
  /** What the server said is wrong, and with which slot. */
  wrong: { parameter: string; message: string } | null;
  onChange: (values: Values) => void;
}

/** A field for each thing a template takes. */
export function TemplateForm({ template, values, wrong, onChange }: TemplateFormProps) {
  const w = useWords(words);
  const set = (name: string) => (event: React.ChangeEvent<HTMLInputElement>) => onChange({ ...values, [name]: event.target.value });
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-3">
      {shownSlots(template).flatMap((slot) => (isWords(slot) ? [slot.name] : headerFields(slot)).map((name) => (
        <Field key={name} label={labelOf(slot, name, w)} error={wrong && (wrong.parameter === name || wrong.parameter === slot.name) ? wrong.message : null}>
          {(wiring) => (
            <input
              {...wiring} className="input" dir="auto" data-testid={`slot-${name}`} value={values[name] ?? ''} maxLength={slot.max_length ?? undefined} onChange={set(name)} autoComplete="off"
              inputMode={name.endsWith('itude') ? 'decimal' : undefined} placeholder={slot.example && isWords(slot) ? w.example(slot.example) : undefined}
            />
          )}
        </Field>
      )))}
    </div>
  );
}

function labelOf(slot: TemplateSlot, name: string, w: (typeof words)['en']): string {
  if (!isWords(slot)) return wordOf(w, name);
  if (slot.kind === 'url') return w.ofUrl(slot.label ?? '');
  if (slot.name.startsWith('buttons.')) return w.ofCode(slot.label || w.copyCode);
  if (slot.kind === 'code') return w.code;
  const variable = slot.name.split('.')[1]!;
  const label = /^\d+$/.test(variable) ? w.variable(variable) : variable.charAt(0).toUpperCase() + variable.slice(1).replaceAll('_', ' ');
  return slot.name.startsWith('header.') ? w.ofHeader(label) : label;
}
