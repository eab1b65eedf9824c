const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** Whether each typed word begins a word of the label, whatever the accents. */
export const found = (label: string, typed: string): boolean => {
  const starts = plain(label).split(/[^\p{L}\p{N}]+/u);
  return plain(typed).split(/\s+/).filter(Boolean).every((word) => starts.some((start) => start.startsWith(word)));
};
