/** What a browser keeps for a widget. Pages may forbid storage altogether; then the visitor is somebody new at each page view. */
export const keep = {
  read(name: string): string | null {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  },
  write(name: string, value: string | null) {
    try {
      if (value === null) localStorage.removeItem(name);
      else localStorage.setItem(name, value);
    } catch {
      // Full or forbidden: the conversation goes on without it.
    }
  },
};
