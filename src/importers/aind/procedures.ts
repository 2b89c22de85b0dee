import type { Context } from './context';
import { chemical } from './consumables';
import type { Facts } from './facts';
import { keepLeft } from './leftovers';
import { type ProcedureScope, putProcedure } from './procedure-scope';
import { mapSpecimenProcedure } from './specimen-procedures';
import { subjectByIdentifier } from './subjects';
import { mapSurgeryProcedure } from './surgery-procedures';
import { DocumentKeys } from './keys';
import { durations, quantity } from './units';
import { mapWaterRestriction } from './water-restriction';

/** Lists of procedures by kind, as the first versions of the schema had them. */
const listsOfVersion0: [string, string][] = [
  ['headframes', 'Headframe'],
  ['craniotomies', 'Craniotomy'],
  ['injections', 'Injection'],
  ['fiber_implants', 'Fiber implant'],
];

/** Maps a document about what was done to a subject and to its tissue. Gives the subject's key. */
export function mapProcedures(facts: Facts, context: Context, recordSubject: string | null): string {
  const identifier = facts.text('subject_id') ?? recordSubject;
  if (identifier === null) facts.refuse('subject_id', 'not stated', 'the identifier of the subject');
  const subject = subjectByIdentifier(identifier, facts.place, context);
  const extraFields = context.fieldsOf('subject', subject);
  const base = {
    context,
    subject,
    extraFields,
    keys: new DocumentKeys(context.report),
    coordinateSystems: new Map<string, Facts>(),
  };
  rememberSystem(facts, base.coordinateSystems);
  for (const visit of facts.children('subject_procedures')) mapVisit(visit, base);
  for (const [list, kind] of listsOfVersion0) {
    for (const visit of facts.children(list)) mapSingle(kind, visit, base);
  }
  for (const step of facts.children('specimen_procedures')) mapSpecimenProcedure(step, scopeOf(step, base), chemical);
  keepLeft(facts, extraFields, 'procedures');
  return subject;
}

type Base = Omit<ProcedureScope, 'day' | 'performedBy'>;

function scopeOf(facts: Facts, base: Base): ProcedureScope {
  const systems = new Map(base.coordinateSystems);
  rememberSystem(facts, systems);
  const performedBy = [...facts.texts('experimenter_full_name'), ...facts.texts('experimenters')];
  return { ...base, coordinateSystems: systems, day: facts.day('start_date'), performedBy };
}

function rememberSystem(facts: Facts, systems: Map<string, Facts>): void {
  const system = facts.holdsObjects('coordinate_system') ? facts.child('coordinate_system') : null;
  if (system) systems.set(system.word('name'), system);
}

/** One visit: a surgery with procedures inside, or a procedure of its own. */
function mapVisit(visit: Facts, base: Base): void {
  const kind = visit.textOf('procedure_type') ?? (visit.word('object_type') || 'unknown');
  const scope = scopeOf(visit, base);
  if (!visit.has('procedures') && !/^surgery$/i.test(kind)) {
    mapKind(kind, visit, scope);
    return;
  }
  mapAnaesthesia(visit, scope);
  for (const inner of visit.children('procedures')) {
    mapKind(inner.textOf('procedure_type') ?? (inner.word('object_type') || 'unknown'), inner, scope);
  }
  keepVisit('surgery', visit, scope);
}

/** A procedure of the first versions, with a date, people and an anaesthesia of its own. */
function mapSingle(kind: string, facts: Facts, base: Base): void {
  const scope = scopeOf(facts, base);
  mapAnaesthesia(facts, scope);
  mapKind(facts.peek('injection_type') ? `${facts.word('injection_type')} injection` : kind, facts, scope);
}

function mapKind(kind: string, facts: Facts, scope: ProcedureScope): void {
  if (/^water restriction/i.test(kind)) mapWaterRestriction(facts, scope);
  else if (!mapSurgeryProcedure(kind, facts, scope)) {
    scope.context.report.add(
      'NOT_UNDERSTOOD',
      'a kind of procedure has no type here: it stays in the subject’s extra fields',
      facts.place,
      kind,
    );
    keepVisit(kind, facts, scope);
  }
}

/** What a visit says beyond its procedures, with its kind and day, as one JSON object. */
export function keepVisit(kind: string, facts: Facts, { extraFields, day, performedBy }: ProcedureScope): void {
  const left = facts.left();
  facts.skipAll();
  if (Object.keys(left).length === 0) return;
  const head = {
    kind,
    ...(day === null ? {} : { start_date: day }),
    ...(performedBy.length === 0 ? {} : { performed_by: performedBy }),
  };
  extraFields.keep(
    /^surgery$/i.test(kind) ? 'surgery' : 'otherProcedure',
    JSON.stringify({ ...head, ...left }),
    facts.place,
  );
}

const agents = ['Isoflurane', 'Sevoflurane', 'Ketamine', 'Pentobarbital', 'Propofol'];
const inhaled = ['Isoflurane', 'Sevoflurane'];

/** The agent by its name; the way it is given is known for gases only. */
function mapAnaesthesia(visit: Facts, scope: ProcedureScope): void {
  const facts = visit.child('anaesthesia');
  if (facts === null) return;
  const stated = facts.textOf('type', 'anaesthetic_type');
  const agent = agents.find((name) => name.toLowerCase() === stated?.toLowerCase()) ?? 'Other';
  const route = inhaled.includes(agent) ? 'Inhalation' : 'Other';
  const duration = quantity(facts, 'duration', durations);
  const level = facts.text('level');
  const details = {
    ...(agent === 'Other' ? {} : { anestheticAgent: agent }),
    ...(duration ? { duration } : {}),
  };
  const said = [
    agent === 'Other' ? `Agent as stated: ${stated ?? 'none'}.` : null,
    level === null ? null : `Level ${level}, without a unit.`,
  ];
  scope.context.report.add('DECIDED', `the route of an anaesthetic is not stated: ${route}`, facts.place, stated);
  putProcedure('Anesthesia', facts, { details, assumedDetails: { anestheticAgent: agent, route }, said }, scope);
}
