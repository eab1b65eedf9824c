import { Bot, BookOpen, Braces, Brain, CheckCheck, CircleAlert, Flag, Hand, Lock, MessageSquareText, Send, ShieldCheck, UserRound, Webhook, Wrench, type LucideIcon } from 'lucide-react';
import type { StoryStep } from '@api/agent';

export type Stage = 'in' | 'agent' | 'lock' | 'said' | 'out';

/** How a kind of step looks, and where in the story it belongs. */
const kinds: Record<string, { icon: LucideIcon; stage: Stage }> = {
  receipt: { icon: Webhook, stage: 'in' },
  item: { icon: Braces, stage: 'in' },
  identity: { icon: UserRound, stage: 'in' },
  contact: { icon: UserRound, stage: 'in' },
  message: { icon: MessageSquareText, stage: 'said' },
  turn: { icon: Bot, stage: 'agent' },
  prompt: { icon: MessageSquareText, stage: 'agent' },
  model: { icon: Bot, stage: 'agent' },
  knowledge: { icon: BookOpen, stage: 'agent' },
  tool: { icon: Wrench, stage: 'agent' },
  reasoning: { icon: Brain, stage: 'agent' },
  hand_off: { icon: Hand, stage: 'agent' },
  guard: { icon: ShieldCheck, stage: 'agent' },
  outcome: { icon: Flag, stage: 'agent' },
  trouble: { icon: CircleAlert, stage: 'agent' },
  lock: { icon: Lock, stage: 'lock' },
  override: { icon: Lock, stage: 'lock' },
  delivery: { icon: Send, stage: 'out' },
  attempt: { icon: Send, stage: 'out' },
  status: { icon: CheckCheck, stage: 'out' },
  error: { icon: CircleAlert, stage: 'out' },
};

/** A step inside the AI's turn carries its name before its kind, and belongs to the turn whatever it is. */
export function lookOf(kind: string): { icon: LucideIcon; stage: Stage } {
  const inTurn = kind.startsWith('agent_');
  const { icon, stage } = kinds[inTurn ? kind.slice(6) : kind] ?? { icon: Braces, stage: 'agent' };
  return { icon, stage: inTurn ? 'agent' : stage };
}

/** Steps that follow each other in one stage. */
export interface Chapter {
  stage: Stage;
  steps: StoryStep[];
}

/** Cuts a story into its chapters. What is stored right after it came in belongs to coming in. */
export function chaptersOf(steps: readonly StoryStep[]): Chapter[] {
  const chapters: Chapter[] = [];
  for (const step of steps) {
    const last = chapters.at(-1);
    let { stage } = lookOf(step.kind);
    if (stage === 'said' && last && (last.stage === 'in' || last.stage === 'agent')) stage = last.stage;
    if (last?.stage === stage) last.steps.push(step);
    else chapters.push({ stage, steps: [step] });
  }
  return chapters;
}
