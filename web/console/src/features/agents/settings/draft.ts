import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { get, put, remove } from '@api/client';
import type { AgentDraft, AgentSettings } from '@api/agent';

/** Whose agent: an account's by its id, or the business's own (null). */
export type Whose = string | null;

export const agentPath = (whose: Whose) => (whose ? `/admin/channel-accounts/${whose}/agent` : '/admin/agent');

// Unsaved changes outlive the page they were typed on, so that the playground can try them. Keys are typed secrets: memory only.
const drafts = new Map<Whose, AgentDraft>();
const listeners = new Set<() => void>();
const keepDraft = (whose: Whose, draft: AgentDraft | null) => {
  if (draft) drafts.set(whose, draft);
  else drafts.delete(whose);
  for (const listener of listeners) listener();
};

/** What the server has, in the form in which it is sent back. */
export const draftOf = ({ activated_at: _, inherited: __, ...settings }: AgentSettings): AgentDraft => structuredClone(settings);

/** Whether a draft says anything else than the server does. */
export function differs(draft: AgentDraft, settings: AgentSettings): boolean {
  const { api_key: key, ...model } = draft.model;
  return key !== undefined || JSON.stringify(inOrder({ ...draft, model })) !== JSON.stringify(inOrder(draftOf(settings)));
}

const inOrder = ({ enabled, instructions, model: m, temperature, debounce_ms, max_wait_ms, max_age_s, handoff: h }: AgentDraft) =>
  [enabled, instructions, m.base_url, m.name, m.sees_images, m.input_price, m.output_price, temperature, debounce_ms, max_wait_ms, max_age_s, h.keywords, h.when_unsure, h.max_turns_per_hour];

export interface AgentEditor {
  settings: AgentSettings | undefined;
  error: unknown;
  /** What is on the form: the unsaved changes, or what the server has. */
  draft: AgentDraft | undefined;
  dirty: boolean;
  change: (change: Partial<AgentDraft>) => void;
  changeModel: (change: Partial<AgentDraft['model']>) => void;
  discard: () => void;
  /** Makes the draft the version that answers. */
  publish: () => Promise<void>;
  /** The main switch: acts at once, and leaves unsaved changes unsaved. */
  turn: (on: boolean) => Promise<void>;
  /** Lets an account follow the business again. */
  inherit: () => Promise<void>;
  retry: () => void;
}

/** The agent's settings and the unsaved changes to them. */
export function useAgentEditor(whose: Whose): AgentEditor {
  const queries = useQueryClient();
  const { data: settings, error, refetch } = useQuery({ queryKey: ['agent', whose], queryFn: () => get<AgentSettings>(agentPath(whose)) });
  const unsaved = useSyncExternalStore((listener) => (listeners.add(listener), () => void listeners.delete(listener)), () => drafts.get(whose));
  const draft = unsaved ?? (settings && draftOf(settings));
  const renew = () => Promise.all([queries.invalidateQueries({ queryKey: ['agent'] }), queries.invalidateQueries({ queryKey: ['agent-versions'] }), queries.invalidateQueries({ queryKey: ['agent-state'] })]);
  const change = (part: Partial<AgentDraft>) => {
    if (!draft || !settings) return;
    const next = { ...draft, ...part };
    keepDraft(whose, differs(next, settings) ? next : null);
  };
  return {
    settings, error, draft, dirty: unsaved !== undefined, change,
    changeModel: (part) => draft && change({ model: { ...draft.model, ...part } }),
    discard: () => keepDraft(whose, null),
    publish: async () => {
      await put<{ version: number }>(agentPath(whose), draft);
      await renew();
      keepDraft(whose, null);
    },
    turn: async (on) => {
      const { version } = await put<{ version: number }>(agentPath(whose), { ...draftOf(settings!), enabled: on });
      const unsavedNow = drafts.get(whose);
      if (unsavedNow) keepDraft(whose, { ...unsavedNow, enabled: on, version });
      await renew();
    },
    inherit: async () => {
      await remove(agentPath(whose));
      keepDraft(whose, null);
      await renew();
    },
    retry: () => void refetch(),
  };
}
