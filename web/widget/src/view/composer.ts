import type { Look } from '../api';
import { size } from '../text';
import type { Words } from '../words';
import { h, icon } from './dom';

interface ComposerOptions {
  w: Words;
  look: Look;
  onSend: (text: string) => void;
  onFile: (file: File, kind: string, progress: (share: number) => void, signal: AbortSignal) => Promise<void>;
  onTyping: () => void;
}

/** Kinds of file that the server rewrites as one that every browser shows. */
const rewritten = ['image', 'audio'];

/** Where the visitor writes and chooses files. */
export class Composer {
  readonly element: HTMLElement;
  readonly input: HTMLTextAreaElement;
  private readonly go: HTMLButtonElement;
  private readonly uploads = h('div');
  private readonly problem = h('p', { class: 'problem', role: 'alert', hidden: true });
  private typedAt = 0;

  constructor(private readonly o: ComposerOptions) {
    const { w, look } = o;
    this.input = h('textarea', {
      rows: 1, placeholder: w.write, 'aria-label': w.write, maxlength: look.max_text, dir: 'auto', enterkeyhint: 'send', 'data-testid': 'widget-input',
      oninput: () => this.typed(),
      onkeydown: (event: KeyboardEvent) => {
        // Enter that chooses a word in an input method must not send.
        if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
        event.preventDefault();
        this.submit();
      },
      onpaste: (event: ClipboardEvent) => this.take(event.clipboardData?.files, event),
    });
    this.go = h('button', { type: 'submit', class: 'go', 'aria-label': w.send, disabled: true, 'data-testid': 'widget-send' }, icon('send'));
    const picker = h('input', {
      type: 'file', multiple: true, hidden: true, tabindex: '-1', 'aria-label': w.attach, accept: look.files.flatMap((f) => (rewritten.includes(f.kind) ? [`${f.kind}/*`] : f.mime_types)).join(','), 'data-testid': 'widget-file',
      onchange: () => {
        this.take(picker.files);
        picker.value = '';
      },
    });
    const attach = h('button', { type: 'button', 'aria-label': w.attach, onclick: () => picker.click(), 'data-testid': 'widget-attach' }, icon('clip'));
    this.element = h(
      'div',
      { class: 'foot', ondragover: (event: DragEvent) => event.preventDefault(), ondrop: (event: DragEvent) => this.take(event.dataTransfer?.files, event) },
      this.uploads,
      this.problem,
      h(
        'form',
        { class: 'box', onsubmit: (event: Event) => { event.preventDefault(); this.submit(); } },
        look.files.length > 0 && attach,
        look.files.length > 0 && picker,
        this.input,
        this.go,
      ),
    );
  }

  private typed() {
    this.go.disabled = !this.input.value.trim();
    this.input.style.height = '36px';
    this.input.style.height = `${Math.min(132, this.input.scrollHeight)}px`;
    if (this.go.disabled || Date.now() - this.typedAt < 3_000) return;
    this.typedAt = Date.now();
    this.o.onTyping();
  }

  private submit() {
    const text = this.input.value.trim();
    if (!text) return;
    this.input.value = '';
    this.typed();
    this.problem.hidden = true;
    this.input.focus();
    this.o.onSend(text);
  }

  private take(files: FileList | null | undefined, event?: Event) {
    if (!files?.length || !this.o.look.files.length) return;
    event?.preventDefault();
    this.problem.hidden = true;
    for (const file of files) void this.upload(file);
  }

  private async upload(file: File) {
    const { w, look } = this.o;
    const type = file.type.split(';')[0]!.toLowerCase();
    const limit = look.files.find((f) => f.mime_types.includes(type)) ?? look.files.find((f) => rewritten.includes(f.kind) && type.startsWith(`${f.kind}/`));
    if (!limit) return this.complain(w.wrongKind(file.name));
    if (file.size > limit.max_bytes) return this.complain(w.tooLarge(file.name, size(limit.max_bytes)));
    const cancel = new AbortController();
    const bar = h('progress', { max: 1, value: 0, 'aria-label': file.name });
    const row = h('div', { class: 'upload' }, h('span', {}, file.name), bar, h('button', { type: 'button', onclick: () => cancel.abort() }, w.cancel));
    this.uploads.append(row);
    try {
      await this.o.onFile(file, limit.kind, (share) => (bar.value = share), cancel.signal);
    } catch {
      if (!cancel.signal.aborted) this.complain(w.uploadFailed(file.name));
    } finally {
      row.remove();
    }
  }

  private complain(what: string) {
    this.problem.textContent = what;
    this.problem.hidden = false;
  }
}
