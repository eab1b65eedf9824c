/** The shapes of the agent's settings, knowledge, tools and turns, as the server tells them. */

/** Which model answers. No address and no name: the built-in answerer, which knows nothing but the knowledge. */
export interface AgentModel {
  base_url: string;
  name: string;
  has_api_key: boolean;
  sees_images: boolean;
  /** Per million tokens; null when not told, and then nothing is reckoned. */
  input_price: number | null;
  output_price: number | null;
}

export interface HandoffRules {
  keywords: string[];
  when_unsure: boolean;
  max_turns_per_hour: number;
}

export interface AgentSettings {
  enabled: boolean;
  instructions: string;
  model: AgentModel;
  /** null: the model's own. */
  temperature: number | null;
  debounce_ms: number;
  max_age_s: number;
  handoff: HandoffRules;
  activated_at: string | null;
  version: number;
  /** Of an account: it has none of its own and follows the business. */
  inherited?: boolean;
}

/**
 * Settings on their way to the server. The key is written, never read: absent keeps it, "" takes it away. The version is the
 * one they were filled from: the server refuses them when somebody else has made another since.
 */
export type AgentDraft = Omit<AgentSettings, 'activated_at' | 'inherited' | 'model'> & { model: AgentModel & { api_key?: string } };

export interface AgentVersion {
  version: number;
  changed_at: string;
  changed_by: string;
  summary: string;
  /** null: an account's version that follows the business. */
  settings: AgentSettings | null;
}

export interface AgentTest {
  ok: boolean;
  detail: string;
  next_step: string | null;
  latency_ms: number;
}

export interface AgentTool {
  id: string;
  name: string;
  description: string;
  method: string;
  url: string;
  /** A value is a secret: written, never read. */
  headers: { name: string; value?: string | null }[];
  /** JSON Schema of what the model may pass. */
  parameters: unknown;
  timeout_ms: number;
  has_effects: boolean;
  enabled: boolean;
}

export interface KnowledgeItem {
  id: string;
  kind: 'article' | 'question';
  title: string | null;
  body: string | null;
  question: string | null;
  answer: string | null;
  language: string | null;
  updated_at: string;
  updated_by: string | null;
  chunks: number;
}

export interface KnowledgeHit {
  id: string;
  title: string;
  passage: string;
  score: number;
  confident?: boolean;
}

export interface TurnTool {
  name: string;
  arguments: unknown;
  result: unknown;
  ms: number;
}

export interface TurnTokens {
  input: number | null;
  output: number | null;
  total: number | null;
}

export interface StoryStep {
  at: string;
  kind: string;
  title: string;
  detail: unknown;
}

/** Everything one turn of the agent did and what it took. */
export interface TurnLog {
  correlation_id: string;
  reasoning: string | string[] | null;
  tools_used: TurnTool[] | null;
  prompt: unknown;
  model: string | null;
  tokens: TurnTokens | null;
  cost: number | null;
  latency_ms: number | null;
  agent_version: number | null;
  outcome: string | null;
  /** Why it failed or said nothing, as a stable word. */
  reason?: string | null;
  knowledge: KnowledgeHit[] | null;
  steps: StoryStep[] | null;
}

export interface PlaygroundAnswer {
  reply: string | null;
  outcome: 'answered' | 'handed_off' | 'nothing' | 'failed';
  log: TurnLog;
}

/** What the agent does with one conversation at this moment. */
export interface AgentState {
  state: 'off' | 'idle' | 'due' | 'thinking' | 'locked';
  due_at: string | null;
  turn_id: string | null;
  correlation_id: string | null;
  /** What it had written when it was stopped or its answer was taken back. */
  draft: string | null;
  last_outcome: string | null;
  /** Why that failed, as a stable word. */
  last_reason: string | null;
  held_by: string | null;
  requested_by: string | null;
}

export interface OverrideEvent {
  at: string;
  kind: 'taken' | 'released' | 'requested' | 'taken_over' | 'expired';
  by: string | null;
  why: string | null;
  until: string | null;
  note: string | null;
}
