import { useState } from 'react';

// Quiet hues, told apart by people with red-green colour blindness too; chosen by name so that they never change.
const hues = ['#2f7f8c', '#7a5bb5', '#b0642a', '#3f7d4a', '#ad4a78', '#4a6fb3', '#756718', '#9a4b46'];

interface AvatarProps {
  name: string;
  /** Address of the person's picture; without one, and until it is here, their initials stand in. */
  picture?: string | null | undefined;
  size?: string;
  children?: React.ReactNode;
}

export function Avatar({ name, picture, size = 'size-10', children }: AvatarProps) {
  const [broken, setBroken] = useState<string | null>(null);
  const sum = [...name].reduce((total, letter) => (total * 31 + letter.codePointAt(0)!) % 9973, 7);
  const letters = initials(name);
  return (
    <span aria-hidden data-letters={letters} className={`relative inline-grid shrink-0 place-items-center rounded-full text-sm font-semibold text-[#fff] before:content-[attr(data-letters)] ${size}`} style={{ background: hues[sum % hues.length] }}>
      {picture && picture !== broken && (
        <img src={picture} alt="" data-testid="portrait" loading="lazy" decoding="async" onError={() => setBroken(picture)} className="absolute inset-0 size-full rounded-full object-cover" />
      )}
      {children}
    </span>
  );
}

function initials(name: string): string {
  const parts = name.trim().split(/\s+/).filter((part) => /\p{L}/u.test(part));
  if (parts.length === 0) return '#';
  return (firstLetter(parts[0]!) + (parts.length > 1 ? firstLetter(parts.at(-1)!) : '')).toUpperCase();
}

const firstLetter = (part: string) => part.match(/\p{L}/u)?.[0] ?? '';
