import { expect, it } from 'vitest';
import type { AgentSettings } from '@api/agent';
import { fieldsBetween, linesBetween } from './difference';
import { differs, draftOf } from './draft';
import { presetOf } from './presets';

const settings: AgentSettings = {
  enabled: true, instructions: 'a\nb\nc', model: { base_url: '', name: '', has_api_key: false, sees_images: false, input_price: null, output_price: null },
  temperature: null, debounce_ms: 3000, max_wait_ms: 20_000, max_age_s: 3600, handoff: { keywords: ['humano'], when_unsure: true, max_turns_per_hour: 30 },
  time_zone: '', activated_at: null, version: 2, inherited: false,
};

it('lays two texts over each other', () => {
  expect(linesBetween('a\nb\nc', 'a\nx\nc\nd').map(({ kind, text }) => `${kind[0]}${text}`)).toEqual(['sa', 'rb', 'ax', 'sc', 'ad']);
  expect(linesBetween('', 'a').map(({ kind }) => kind)).toEqual(['added']);
});

it('names the fields that changed, the nested ones too', () => {
  const after = { ...settings, temperature: 0.2, handoff: { ...settings.handoff, keywords: ['humano', 'queja'] } };
  expect(fieldsBetween(settings, after).map(({ field }) => field)).toEqual(['temperature', 'handoff.keywords']);
});

it('knows unsaved changes, a typed key among them', () => {
  const draft = draftOf(settings);
  expect(differs(draft, settings)).toBe(false);
  expect(differs({ ...draft, enabled: false }, settings)).toBe(true);
  expect(differs({ ...draft, model: { ...draft.model, api_key: 'sk' } }, settings)).toBe(true);
});

it('recognises a provider by its address', () => {
  expect(['', 'https://api.openai.com/v1', 'https://x.openai.azure.com/openai/v1', 'http://gpu:11434/v1', 'http://127.0.0.1:8000/v1', 'https://llm.example.com'].map((url) => presetOf(url).key))
    .toEqual(['embedded', 'openai', 'azure', 'ollama', 'vllm', 'other']);
});
