import type { Place, ReportWriter } from '../report';

/** Gives keys within one document: two things that it names alike get `… (2)`, the same in every document. */
export class DocumentKeys {
  private readonly used = new Set<string>();
  /** How many were named alike, by what they were named. */
  private readonly alike = new Map<string, number>();

  constructor(private readonly report: ReportWriter) {}

  of(base: string, place: Place): string {
    let key = base;
    for (let number = (this.alike.get(base) ?? 1) + 1; this.used.has(key); number += 1) {
      key = `${base} (${number})`;
      this.alike.set(base, number);
    }
    this.used.add(key);
    if (key !== base)
      this.report.add('DECIDED', 'two things of one document have one name: their keys are numbered', place, base);
    return key;
  }
}

/** A part of a key: as stated, in lower case. */
export function keyPart(text: string): string {
  return text.trim().toLowerCase().replace(/\s+/g, ' ');
}
