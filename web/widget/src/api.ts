/** What the server says; field names are the wire's. */
export interface Session {
  token: string;
  visitor: string;
  identified: boolean;
  conversation: boolean;
  widget: Look;
}

export interface Look {
  title: string;
  greeting: string;
  color: string;
  theme: 'auto' | 'light' | 'dark';
  language: string;
  position: 'right' | 'left';
  max_text: number;
  files: { kind: string; mime_types: string[]; max_bytes: number }[];
}

export interface Attached {
  type: string;
  /** Of one that is at the server; only what is `stored` can be shown. */
  state?: string;
  url?: string | null;
  filename?: string | null;
  mime_type?: string | null;
  size?: number | null;
  width?: number;
  height?: number;
  thumbnail_url?: string | null;
  caption?: string | null;
}

export interface Message {
  id: number;
  from: 'visitor' | 'operator' | 'agent';
  name?: string | null;
  type: string;
  text: string;
  at: string;
  client_id?: string;
  read?: boolean;
  files: Attached[];
}

export interface Page {
  messages: Message[];
  cursor: string;
  more: boolean;
  seen_up_to?: number | null;
}

export interface Identity {
  id: string;
  hash: string;
  name?: string;
}

/** The server refused, or (status 0) could not be reached. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly retryAfter: number,
  ) {
    super(code);
  }

  /** Whether the same request may succeed later without anybody's doing. */
  get passing() {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500;
  }
}

/** The server's addresses for one widget. The token travels in a header, never in an address and never as a cookie. */
export class Api {
  token: string | null = null;

  constructor(
    readonly server: string,
    private readonly key: string,
  ) {}

  get<T>(path: string) {
    return this.send<T>('GET', path);
  }

  post<T>(path: string, body: unknown) {
    return this.send<T>('POST', path, JSON.stringify(body), 'application/json');
  }

  /** An answer whose body is read as it comes. */
  async open(path: string, signal: AbortSignal): Promise<Response> {
    return this.fetch('GET', path, undefined, undefined, signal);
  }

  /** With progress, which fetch does not tell. */
  upload<T>(path: string, form: FormData, progress: (share: number) => void, signal: AbortSignal): Promise<T> {
    return new Promise((done, fail) => {
      const request = new XMLHttpRequest();
      request.open('POST', this.address(path));
      if (this.token) request.setRequestHeader('authorization', `Bearer ${this.token}`);
      request.upload.onprogress = (event) => event.lengthComputable && progress(event.loaded / event.total);
      request.onload = () => {
        let body: { code?: string } = {};
        try {
          body = JSON.parse(request.responseText) as { code?: string };
        } catch {
          // Not ours, e.g. a proxy's page.
        }
        if (request.status >= 200 && request.status < 300) done(body as T);
        else fail(new Refusal(request.status, body.code ?? '', Number(request.getResponseHeader('retry-after')) || 0));
      };
      request.onerror = () => fail(new Refusal(0, 'offline', 0));
      signal.addEventListener('abort', () => {
        request.abort();
        fail(new Refusal(-1, 'cancelled', 0));
      });
      request.send(form);
    });
  }

  private async send<T>(method: string, path: string, body?: string, type?: string): Promise<T> {
    const answer = await this.fetch(method, path, body, type);
    return (answer.status === 204 ? undefined : await answer.json()) as T;
  }

  private async fetch(method: string, path: string, body?: string, type?: string, signal?: AbortSignal): Promise<Response> {
    const headers: Record<string, string> = {};
    if (type) headers['content-type'] = type;
    if (this.token) headers.authorization = `Bearer ${this.token}`;
    let answer: Response;
    try {
      answer = await fetch(this.address(path), { method, headers, body, signal, credentials: 'omit', cache: 'no-store', referrerPolicy: 'no-referrer' });
    } catch {
      throw new Refusal(0, 'offline', 0);
    }
    if (answer.ok) return answer;
    const problem = (await answer.json().catch(() => ({}))) as { code?: string };
    throw new Refusal(answer.status, problem.code ?? '', Number(answer.headers.get('retry-after')) || 0);
  }

  private address(path: string) {
    return `${this.server}/widget/${encodeURIComponent(this.key)}/${path}`;
  }
}
