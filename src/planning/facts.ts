import { hasColumn } from '../model/columns';
import { allEdges, type Edge } from '../model/edges';
import type { NodeName } from '../model/ids';
import { nameOf } from '../model/node';

interface Facts {
  edge: Edge | undefined;
  isColumn: boolean;
}

const facts = new Map<string, Facts>();

/** What the models say of a field. */
export function factsOf(type: NodeName, field: string): Facts {
  const known = facts.get(`${type}.${field}`);
  if (known) return known;
  const edge = allEdges().find((one) => nameOf(one.owner) === type && one.field === field);
  const found = { edge, isColumn: !edge && hasColumn(type, field) };
  facts.set(`${type}.${field}`, found);
  return found;
}
