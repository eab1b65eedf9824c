import { useEffect, useState } from 'react';
import type { Language } from './preferences';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const formats = new Map<string, Intl.DateTimeFormat>();
function format(language: Language, name: string, options: Intl.DateTimeFormatOptions) {
  const key = language + name;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(language, options);
  formats.set(key, known);
  return known;
}

export const startOfDay = (time: number) => new Date(time).setHours(0, 0, 0, 0);

export const clock = (time: string, language: Language) =>
  format(language, 'clock', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(time));

export const full = (time: string, language: Language) =>
  format(language, 'full', { dateStyle: 'medium', timeStyle: 'medium' }).format(new Date(time));

/** A moment near now: the time when it is today, else with its day. */
export const when = (time: string, language: Language) =>
  startOfDay(Date.parse(time)) === startOfDay(Date.now()) ? clock(time, language)
    : format(language, 'when', { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(new Date(time));

/** For a list: the time today, the weekday this week, else the date. */
export function short(time: string, language: Language, now: number): string {
  const at = Date.parse(time);
  if (at >= startOfDay(now)) return clock(time, language);
  if (at >= startOfDay(now) - 6 * day) return format(language, 'weekday', { weekday: 'short' }).format(at);
  const sameYear = new Date(at).getFullYear() === new Date(now).getFullYear();
  return sameYear
    ? format(language, 'date', { day: 'numeric', month: 'short' }).format(at)
    : format(language, 'year', { day: 'numeric', month: 'numeric', year: '2-digit' }).format(at);
}

/** For the pill between two days. */
export function dayName(time: number, language: Language, now: number): string {
  const days = Math.round((startOfDay(now) - startOfDay(time)) / day);
  if (days < 2) {
    const word = new Intl.RelativeTimeFormat(language, { numeric: 'auto' }).format(-days, 'day');
    return word.charAt(0).toUpperCase() + word.slice(1);
  }
  const sameYear = new Date(time).getFullYear() === new Date(now).getFullYear();
  return format(language, sameYear ? 'day' : 'dayYear', {
    weekday: 'long', day: 'numeric', month: 'long', ...(sameYear ? {} : { year: 'numeric' }),
  }).format(time);
}

/** A stretch of time at a glance: "42 s", "12 min", "5 h", "3 d". */
export function span(ms: number): string {
  if (ms < minute) return `${Math.max(0, Math.ceil(ms / 1000))} s`;
  if (ms < hour) return `${Math.floor(ms / minute)} min`;
  if (ms < 2 * day) return `${Math.floor(ms / hour)} h`;
  return `${Math.floor(ms / day)} d`;
}

export const ago = (time: string, language: Language, now: number): string => {
  const passed = Math.max(0, now - Date.parse(time));
  const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
  if (passed < hour) return relative.format(-Math.floor(passed / minute), 'minute');
  if (passed < day) return relative.format(-Math.floor(passed / hour), 'hour');
  return relative.format(-Math.floor(passed / day), 'day');
};

/** The present, renewed every `every` milliseconds; 0 stands still. */
export function useNow(every: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (every <= 0) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}
