/** A thin, typed door to the server: JSON in and out, problems as exceptions, nothing cached or retried here. */

/** An RFC 9457 problem, or a network failure (`status` 0: nobody answered). */
export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly nextStep: string | null;
  /** The field the problem is about, when the server names one. */
  readonly parameter: string | null;
  /** Seconds to wait, from Retry-After; null when not said. */
  readonly retryAfter: number | null;
  /** What is wrong with each field of a form. */
  readonly fields: readonly { field: string; detail: string }[];

  constructor(
    status: number, code: string, detail: string, nextStep: string | null = null, parameter: string | null = null,
    retryAfter: number | null = null, fields: Problem['fields'] = [],
  ) {
    super(detail);
    this.name = 'Problem';
    this.status = status;
    this.code = code;
    this.nextStep = nextStep;
    this.parameter = parameter;
    this.retryAfter = retryAfter;
    this.fields = fields;
  }

  /** What is wrong with one field, by its name or its last part; null when it is not to blame. */
  of(name: string): string | null {
    const blamed = this.fields.find(({ field }) => field === name || field.endsWith(`.${name}`));
    return blamed?.detail ?? (this.parameter === name ? this.message : null);
  }

  /** True when trying the same again later can help: nobody answered, too many requests, or the server is unwell. */
  get passing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

export interface Call {
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: unknown;
  /** Sent as If-None-Match; a 304 comes back as `unchanged`. */
  etag?: string | null;
  /** Sent as Idempotency-Key: the same key never does the thing twice. */
  key?: string;
  signal?: AbortSignal;
}

export interface Answer<T> {
  /** Undefined when the server answered 304 or 204. */
  data: T;
  unchanged: boolean;
  headers: Headers;
}

let language: string | null = null;

/** From now on the server is asked to answer in this language: its words for problems and failures are shown to people. */
export function speak(tag: string) {
  language = tag;
}

type Listener = (problem: Problem | null) => void;
const listeners = new Set<Listener>();

/** Hears the outcome of every call: null for an answer, the problem otherwise. Returns how to stop. */
export function onOutcome(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls the server and hands back the whole answer. Throws {@link Problem}. */
export async function call<T>(method: string, path: string, options: Call = {}): Promise<Answer<T>> {
  try {
    const answer = await send<T>(method, path, options);
    for (const listener of listeners) listener(null);
    return answer;
  } catch (error) {
    if (error instanceof Problem) for (const listener of listeners) listener(error);
    throw error;
  }
}

export const get = async <T>(path: string, options?: Call) => (await call<T>('GET', path, options)).data;
export const post = async <T>(path: string, body?: unknown, options?: Call) => (await call<T>('POST', path, { ...options, body })).data;
export const put = async <T>(path: string, body: unknown) => (await call<T>('PUT', path, { body })).data;
export const patch = async <T>(path: string, body?: unknown) => (await call<T>('PATCH', path, { body })).data;
export const remove = async (path: string) => (await call<unknown>('DELETE', path)).data;

/**
 * Brings a file to the server, telling how much of it is there (0 to 1). A request of the older kind: fetch tells nothing on the way up.
 * Throws {@link Problem}, or the signal's reason when it was called off.
 */
export function upload<T>(path: string, file: File, told: (share: number) => void, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const form = new FormData();
    form.append('file', file);
    request.open('POST', path);
    if (language) request.setRequestHeader('Accept-Language', language);
    request.responseType = 'text';
    request.upload.onprogress = (event) => event.lengthComputable && told(event.loaded / event.total);
    request.onerror = () => reject(new Problem(0, 'unreachable', 'No answer.'));
    request.onabort = () => reject(signal.reason);
    request.onload = () => {
      const said = jsonOf(request.responseText);
      if (request.status >= 200 && request.status < 300) resolve(said as T);
      else reject(problemFrom(request.status, request.statusText, said as Record<string, unknown>, Number(request.getResponseHeader('Retry-After'))));
    };
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

async function send<T>(method: string, path: string, options: Call): Promise<Answer<T>> {
  const headers = new Headers({ Accept: 'application/json' });
  if (language) headers.set('Accept-Language', language);
  if (options.body !== undefined) headers.set('Content-Type', 'application/json');
  if (options.etag) headers.set('If-None-Match', options.etag);
  if (options.key) headers.set('Idempotency-Key', options.key);

  let response: Response;
  try {
    response = await fetch(path + queryOf(options.query), {
      method,
      headers,
      // The browser's own cache would turn a 304 into a 200; comparing is our business.
      cache: 'no-store',
      body: options.body === undefined ? undefined : JSON.stringify(options.body),
      signal: options.signal,
    });
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Problem(0, 'unreachable', error instanceof Error ? error.message : 'No answer.');
  }
  if (response.status === 304) return { data: undefined as T, unchanged: true, headers: response.headers };
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  return { data: (text ? JSON.parse(text) : undefined) as T, unchanged: false, headers: response.headers };
}

function queryOf(query: Call['query']): string {
  const pairs = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs.map(([name, value]) => [name, String(value)]))}`;
}

async function problemOf(response: Response): Promise<Problem> {
  const said = await response.json().catch(() => ({})) as Record<string, unknown>;
  return problemFrom(response.status, response.statusText, said, Number(response.headers.get('Retry-After')));
}

function problemFrom(status: number, statusText: string, said: Record<string, unknown>, wait: number): Problem {
  const word = (name: string) => (typeof said[name] === 'string' ? (said[name] as string) : null);
  return new Problem(
    status,
    word('code') ?? `http_${status}`,
    word('detail') ?? word('title') ?? `${status} ${statusText}`,
    word('next_step'),
    word('parameter'),
    Number.isFinite(wait) && wait > 0 ? wait : null,
    Array.isArray(said.errors) ? (said.errors as Problem['fields']) : [],
  );
}
