import { post } from '@api/client';

/** How long a sign of typing is worth something, and how often one is given. */
const WORTH = 6_000;
const EVERY = 3_000;

/** The contact, or an operator as the server writes it: `operator:` and the id. */
type Who = 'contact' | `operator:${string}`;

/** Who is typing right now, and telling others that we are. Signs, not facts: nothing is lost when one is. */
class Typing {
  private readonly until = new Map<string, Map<string, number>>();
  private readonly listeners = new Set<() => void>();
  private told = { conversation: '', at: 0 };

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  is(conversation: string, who: Who): boolean {
    return (this.until.get(conversation)?.get(who) ?? 0) > Date.now();
  }

  /** The id of an operator other than this one who is typing; null: none. */
  colleague(conversation: string, me: string): string | null {
    const now = Date.now();
    for (const [who, until] of this.until.get(conversation) ?? []) if (until > now && who.startsWith('operator:') && who !== `operator:${me}`) return who.slice('operator:'.length);
    return null;
  }

  /** @param who As the live event says it. */
  saw(conversation: string, who: string) {
    this.until.set(conversation, (this.until.get(conversation) ?? new Map()).set(who, Date.now() + WORTH));
    setTimeout(() => this.change(), WORTH + 50);
    this.change();
  }

  /** What they typed has come. */
  ended(conversation: string) {
    if (this.until.delete(conversation)) this.change();
  }

  /** This operator is typing. */
  tell(conversation: string) {
    const now = Date.now();
    if (this.told.conversation === conversation && now - this.told.at < EVERY) return;
    this.told = { conversation, at: now };
    void post(`/admin/conversations/${conversation}/typing`).catch(() => {});
  }

  private change() {
    for (const listener of this.listeners) listener();
  }
}

export const typing = new Typing();
