/**
 * Our own files are read from where this page came from: the server prints its public address, which may be another name for the same
 * place, and the page's policy lets in nothing from elsewhere.
 */
export function address(url: string): string {
  const at = URL.canParse(url) ? new URL(url) : null;
  return at?.pathname.startsWith('/media/') ? at.pathname + at.search : url;
}
