/** Relative luminance of #rrggbb (WCAG 2). */
function luminance(color: string): number {
  const channel = (at: number) => {
    const c = parseInt(color.slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** White where it can be read on this colour, else black; one of them always can. */
export function wordsOn(color: string): string {
  return 1.05 / (luminance(color) + 0.05) >= 4.5 ? '#ffffff' : '#000000';
}
