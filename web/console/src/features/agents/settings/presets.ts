/** Where models live, and what their addresses look like. */
export interface Preset {
  key: 'embedded' | 'openai' | 'azure' | 'ollama' | 'vllm' | 'other';
  name: string;
  base_url: string;
  /** Names one may begin with; any other can be typed. */
  models: readonly string[];
  needsKey: boolean;
  fits: (url: string) => boolean;
}

export const presets: readonly Preset[] = [
  { key: 'embedded', name: '', base_url: '', models: [], needsKey: false, fits: (url) => url === '' },
  { key: 'openai', name: 'OpenAI', base_url: 'https://api.openai.com/v1', models: ['gpt-4.1-mini', 'gpt-4.1', 'gpt-4o-mini', 'gpt-4o'], needsKey: true, fits: (url) => /\/\/api\.openai\.com/.test(url) },
  { key: 'azure', name: 'Azure OpenAI', base_url: 'https://YOUR-RESOURCE.openai.azure.com/openai/v1', models: [], needsKey: true, fits: (url) => /\.azure\.com|\.azure-api\.net/.test(url) },
  { key: 'ollama', name: 'Ollama', base_url: 'http://127.0.0.1:11434/v1', models: ['llama3.1', 'qwen3', 'mistral-small', 'gemma3'], needsKey: false, fits: (url) => /:11434(\/|$)/.test(url) },
  { key: 'vllm', name: 'vLLM', base_url: 'http://127.0.0.1:8000/v1', models: [], needsKey: false, fits: (url) => /:8000(\/|$)/.test(url) },
  { key: 'other', name: '', base_url: 'https://', models: [], needsKey: false, fits: () => true },
];

/** The preset that an address belongs to. */
export const presetOf = (url: string): Preset => presets.find((preset) => preset.fits(url.trim()))!;
