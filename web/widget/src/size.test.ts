import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { expect, test } from 'vitest';

/** What a page pays for the widget, in bytes over the line. */
const BUDGET = 15 * 1024;

test('the script stays within its budget, in one file that needs no other', { timeout: 60_000 }, async () => {
  const result = await build({ logLevel: 'silent', build: { write: false } });
  const { output } = (Array.isArray(result) ? result[0] : result) as { output: { fileName: string; code?: string }[] };
  expect(output.map((file) => file.fileName)).toEqual(['widget.js']);
  const bytes = gzipSync(output[0]!.code!, { level: 9 }).length;
  console.log(`widget.gzip ${bytes} bytes`);
  expect(bytes).toBeLessThanOrEqual(BUDGET);
  // Nothing of the network, or of the page, is ever read as markup or as code.
  expect(output[0]!.code).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|document\.cookie/);
});
