/** A price as the language writes it. Networks also send an empty or invented currency, which Intl answers with an exception. */
export function money(value: number, currency: string | null | undefined, language: string): string {
  if (!Number.isFinite(value)) return '—';
  if (currency && /^[A-Za-z]{3}$/.test(currency)) return new Intl.NumberFormat(language, { style: 'currency', currency }).format(value);
  const amount = new Intl.NumberFormat(language, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
  return currency ? `${amount} ${currency}` : amount;
}
