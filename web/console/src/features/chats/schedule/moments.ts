/** A moment that is often meant, by the name of its word. */
export interface Moment {
  name: 'inAnHour' | 'tonight' | 'tomorrow' | 'monday';
  at: Date;
}

const hour = 3_600_000;

/** The moments worth offering now, soonest first, in the time of this browser. */
export function momentsFrom(now: Date): Moment[] {
  const on = (days: number, hours: number) => {
    const day = new Date(now);
    day.setDate(day.getDate() + days);
    day.setHours(hours, 0, 0, 0);
    return day;
  };
  const toMonday = ((8 - now.getDay()) % 7) || 7;
  const offered: Moment[] = [{ name: 'inAnHour', at: new Date(Math.ceil((now.getTime() + hour) / 60_000) * 60_000) }];
  if (now.getHours() < 18) offered.push({ name: 'tonight', at: on(0, 20) });
  offered.push({ name: 'tomorrow', at: on(1, 9) });
  // On a Sunday tomorrow is Monday.
  if (toMonday > 1) offered.push({ name: 'monday', at: on(toMonday, 9) });
  return offered;
}

/** As a field of type datetime-local wants it: this browser's time, to the minute. */
export function localText(at: Date): string {
  const two = (n: number) => String(n).padStart(2, '0');
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}T${two(at.getHours())}:${two(at.getMinutes())}`;
}
