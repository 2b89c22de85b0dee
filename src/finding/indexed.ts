import type { NodeName } from '../model/ids';
import { nameOf } from '../model/node';
import type { Operator } from './operators';
import type { Condition } from './where';

/**
 * What indexes serve that hold nothing but what everybody sees, type by type: values by these operators, and what is led to. The
 * index of a foreign key holds what is hidden as well, but apart.
 */
const texts: readonly Operator[] = ['equals', 'in', 'contains', 'startsWith', 'endsWith'];
const times: readonly Operator[] = ['equals', 'in', 'gt', 'gte', 'lt', 'lte', 'between'];
const words: readonly Operator[] = ['has', 'hasAny', 'hasAll'];

interface Served {
  values: Readonly<Record<string, readonly Operator[]>>;
  edges?: readonly string[];
}

const servedOf: Partial<Record<NodeName, Served>> = {
  Project: { values: { name: texts, tags: words, createdAt: times, publishedAt: times } },
  Session: { values: { name: texts, tags: words, createdAt: times, startedAt: times }, edges: ['subjects'] },
  Subject: {
    values: { name: texts, tags: words, createdAt: times, birthDate: times },
    edges: ['species', 'strain'],
  },
  Species: { values: { name: texts } },
  Strain: { values: { name: texts } },
};

/** A condition in two: what indexes serve of it, and the rest. */
export function byIndex(type: NodeName, condition: Condition): { served: Condition[]; rest: Condition[] } {
  const parts = conjuncts(condition);
  const isServed = (part: Condition): boolean => isServedByIndex(type, part);
  return { served: parts.filter(isServed), rest: parts.filter((part) => !isServed(part)) };
}

/** What has to hold together. */
export function conjuncts(condition: Condition): Condition[] {
  return condition.kind === 'all' ? condition.of.flatMap(conjuncts) : [condition];
}

function isServedByIndex(type: NodeName, condition: Condition): boolean {
  const known = servedOf[type];
  switch (condition.kind) {
    case 'value':
      return known?.values[condition.field]?.includes(condition.test.operator) ?? false;
    case 'one':
      return condition.of !== undefined && (known?.edges?.includes(condition.edge.field) ?? false);
    case 'some':
      // Of what is led to, too, something has to be served: else all of it would be looked through first.
      return (
        (known?.edges?.includes(condition.edge.field) ?? false) &&
        byIndex(nameOf(condition.edge.target()), condition.of).served.length > 0
      );
    default:
      return false;
  }
}
