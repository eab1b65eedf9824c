/** Names for what the server tells of the agent: its settings, knowledge, tools and turns. As in schema.ts, each finer part says why. */
import type { Finer, Schemas } from './schema';

export type AgentModel = Schemas['ModelView'];
export type AgentSettings = Schemas['AgentView'];
export type AgentOfAccount = Schemas['AgentOfAccount'];
export type AgentVersion = Schemas['VersionRow'];
export type AgentTest = Schemas['ModelReport'];

/**
 * Settings on their way to the server, whole. The key is written, never read: absent keeps it, "" takes it away. The version is the
 * one they were filled from: the server refuses them when somebody else has made another since.
 */
export type AgentDraft = Omit<AgentSettings, 'activated_at' | 'inherited' | 'model'> & { model: AgentModel & { api_key?: string } };

/** By hand: a JSON Schema is any JSON, which the document leaves open. */
export type AgentTool = Finer<Schemas['ToolView'], { parameters: unknown }>;

export type KnowledgeItem = Schemas['KnowledgeView'];

/** By hand: a turn's record of a hit leaves out whether it was sure. */
export type KnowledgeHit = Schemas['KnowledgeUse'] & { confident?: boolean };

/** By hand: arguments are any JSON, which the document leaves open. */
export type TurnTool = Finer<Schemas['ToolUse'], { arguments: unknown }>;

/** By hand: values are texts and numbers, details any JSON; steps inside turns of older versions have no code. */
export type StoryStep = Omit<Schemas['TraceStep'], 'detail' | 'code' | 'values'> & { code?: string | null; values?: Record<string, string | number> | null; detail?: unknown };

/** By hand: the document says that an outcome may be missing, as it may elsewhere. */
export type TurnOutcome = NonNullable<Schemas['TurnOutcome']>;

export type TurnLog = Finer<Schemas['AiLog'], { tools_used: TurnTool[]; steps: StoryStep[]; outcome: TurnOutcome }>;

export type PlaygroundAnswer = Finer<Schemas['PlaygroundAnswer'], { outcome: TurnOutcome; log: TurnLog }>;

/** By hand: the words of a state are a text on the server. */
export type AgentState = Finer<Schemas['AgentState'], { state: 'off' | 'idle' | 'due' | 'thinking' | 'locked' }>;

export type UsageOfDay = Schemas['UsageOfDay'];

export type StoppedAgent = Schemas['StoppedAgent'];
export type OverrideEvent = Schemas['OverrideStep'];
