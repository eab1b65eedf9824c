import { Check, Copy } from 'lucide-react';
import { useState } from 'react';
import { Button } from './Button';
import { dictionary, useWords } from './words';

const words = dictionary({
  copy: ['Copy', 'Copiar'],
  copied: ['Copied', 'Copiado'],
});

/** A value to carry elsewhere, with a button that copies it. */
export function Copyable({ value }: { value: string }) {
  const w = useWords(words);
  const [copied, setCopied] = useState(false);
  return (
    <div className="flex items-center gap-2">
      <code className="min-w-0 flex-1 rounded-lg bg-surface-3 px-3 py-2 font-mono text-xs break-all select-all">{value}</code>
      <Button small onClick={() => void navigator.clipboard?.writeText(value).then(() => setCopied(true))}>
        {copied ? <Check aria-hidden /> : <Copy aria-hidden />}{copied ? w.copied : w.copy}
      </Button>
    </div>
  );
}
