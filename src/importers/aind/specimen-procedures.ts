import type { Facts } from './facts';
import { type ProcedureScope, putProcedure } from './procedure-scope';
import { lengths, quantity } from './units';

const orientations = ['coronal', 'sagittal', 'horizontal'];

/**
 * Maps a step of working on tissue: clearing (delipidation, index matching) and sectioning into slices of one thickness
 * have types. Any other step has none and stays, whole, in the subject's extra fields.
 */
export function mapSpecimenProcedure(
  facts: Facts,
  scope: ProcedureScope,
  reagentStock: (name: string, facts: Facts, scope: ProcedureScope) => string,
): void {
  const kind = facts.text('procedure_type') ?? 'unknown';
  if (facts.word('subject_id') === scope.subject.replace(/^subject:/, '')) facts.skip('subject_id');
  else if (facts.has('subject_id')) {
    const message = 'work on tissue names another subject than its document, which counts; the notes have the other';
    facts.report.add('DECIDED', message, facts.place, facts.word('subject_id'));
  }
  if (/delipidation|refractive index matching|clearing/i.test(kind)) mapClearing(kind, facts, scope, reagentStock);
  else if (!(/^sectioning/i.test(kind) && mapSectioning(facts, scope))) keepStep(kind, facts, scope);
}

function mapClearing(
  kind: string,
  facts: Facts,
  scope: ProcedureScope,
  reagentStock: (name: string, facts: Facts, scope: ProcedureScope) => string,
): void {
  const name = facts.text('procedure_name');
  const detailed = facts.holdsObjects('procedure_details') ? facts.children('procedure_details') : [];
  const reagents = [
    ...(facts.holdsObjects('reagents') ? facts.children('reagents') : []),
    ...detailed.filter((inner) => inner.peek('object_type') === 'Reagent'),
  ];
  const named = reagents.filter((reagent) => reagent.has('name'));
  const message = 'of several reagents the first is the stock; the notes tell of the others';
  if (named.length > 1) facts.report.add('DECIDED', message, facts.place, named[0]!.word('name'));
  const first = named[0]?.text('name') ?? null;
  const stock = first === null ? null : reagentStock(first, named[0]!, scope);
  const said = [`${kind}${name === null ? '' : `: ${name}`}.`];
  const discriminator = [kind, name, facts.peek('specimen_id')].filter((part) => typeof part === 'string').join(' ');
  putProcedure(
    'TissueClearing',
    facts,
    { assumedDetails: { clearingMethod: 'Other' }, consumableStock: stock, said, discriminator },
    scope,
  );
}

/** Slices of one thickness and a stated orientation; anything else is no BrainSlice. */
function mapSectioning(facts: Facts, scope: ProcedureScope): boolean {
  const all = facts.holdsObjects('procedure_details') ? facts.children('procedure_details') : [];
  const sectioning = all.length === 1 ? all[0]! : null;
  const orientation = (sectioning?.word('section_orientation') ?? '').toLowerCase();
  const sections = sectioning?.holdsObjects('sections') ? sectioning.children('sections') : [];
  const thicknesses = new Set(
    sections.map((section) => `${section.word('thickness')} ${section.word('thickness_unit')}`),
  );
  if (sectioning === null || !orientations.includes(orientation) || sections.length === 0 || thicknesses.size !== 1)
    return false;
  const found = sections.map((section) => quantity(section, 'thickness', lengths));
  if (found[0] == null) return false;
  sectioning.skip('section_orientation');
  const details = { orientation, thickness: found[0], nSlices: sections.length };
  const discriminator = facts.word('specimen_id');
  putProcedure('BrainSlice', facts, { details, said: [facts.text('procedure_name')], discriminator }, scope);
  return true;
}

function keepStep(kind: string, facts: Facts, scope: ProcedureScope): void {
  scope.context.report.add(
    'NOT_UNDERSTOOD',
    'a step of working on tissue has no type here: it stays in the subject’s extra fields',
    facts.place,
    kind,
  );
  const { day, performedBy } = scope;
  const left = facts.left();
  facts.skipAll();
  const step = {
    kind,
    ...(day === null ? {} : { start_date: day }),
    ...(performedBy.length === 0 ? {} : { performed_by: performedBy }),
    ...left,
  };
  scope.extraFields.keep('specimenProcedure', JSON.stringify(step), facts.place);
}
