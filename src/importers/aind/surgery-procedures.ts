import { placeInSystem, placeOf } from './coordinates';
import type { Facts } from './facts';
import { mapInjection } from './injections';
import { type ProcedureScope, putProcedure } from './procedure-scope';
import { brainRegionIn } from './vocabulary-entries';

const fiberNames = {
  ap: 'stereotactic_coordinate_ap',
  ml: 'stereotactic_coordinate_ml',
  reference: 'stereotactic_coordinate_reference',
  unit: 'stereotactic_coordinate_unit',
};
const craniotomyNames = {
  ap: 'craniotomy_coordinates_ap',
  ml: 'craniotomy_coordinates_ml',
  reference: 'craniotomy_coordinates_reference',
  unit: 'craniotomy_coordinates_unit',
};

/** Maps one procedure by the kind that the source names. False for a kind that has no type here; it stays unread. */
export function mapSurgeryProcedure(kind: string, facts: Facts, scope: ProcedureScope): boolean {
  if (/injection/i.test(kind)) mapInjection(kind, facts, scope);
  else if (/^(headframe|head frame)/i.test(kind)) mapHeadframe(facts, scope);
  else if (/^craniotomy/i.test(kind)) mapCraniotomy(facts, scope);
  else if (/^perfusion/i.test(kind)) putProcedure('PerfusionFixation', facts, {}, scope);
  else if (/^fiber implant/i.test(kind)) mapFibers(facts, scope);
  else if (/^(probe|device) implant/i.test(kind)) mapProbe(facts, scope);
  else if (/^(ground ?wire|catheter|myomatrix|other implant)/i.test(kind)) mapOtherImplant(kind, facts, scope);
  else return false;
  return true;
}

/** A headframe is what the head is held by: a head post. Its type is the maker's word, not a shape: it is a note. */
function mapHeadframe(facts: Facts, scope: ProcedureScope): void {
  const [part, material] = [facts.text('headframe_part_number'), facts.text('headframe_material')];
  const details = { ...(part === null ? {} : { headpostId: part }), ...(material === null ? {} : { material }) };
  const type = facts.text('headframe_type');
  putProcedure(
    'Headpost',
    facts,
    { details, said: [type === null ? null : `Headframe type: ${type}.`], discriminator: type ?? undefined },
    scope,
  );
}

/** Shapes by their words; any other word for a craniotomy is a note. */
function mapCraniotomy(facts: Facts, scope: ProcedureScope): void {
  const type = facts.textOf('craniotomy_type', 'type');
  const shape = type !== null && /^(circle|square|rectangle|ellipse)$/i.test(type) ? type : null;
  const size = facts.textOf('craniotomy_size', 'size');
  const unit = size === null ? null : facts.textOf('craniotomy_size_unit', 'size_unit');
  const details = {
    ...(size === null ? {} : { dimensions: unit === null ? size : `${size} ${unit}` }),
    ...(shape === null ? {} : { shape }),
  };
  const system = scope.coordinateSystems.get(facts.word('coordinate_system_name'));
  const translation = facts.holdsObjects('position')
    ? facts.children('position').find((inner) => inner.has('translation'))
    : undefined;
  const placed = translation ? placeInSystem(facts, system, translation, scope) : placeOf(facts, craniotomyNames, {});
  const said = [type === null || shape !== null ? null : `Craniotomy type: ${type}.`];
  putProcedure('Craniotomy', facts, { details, ...placed, said, discriminator: type ?? undefined }, scope);
}

/** One procedure for each fiber. */
function mapFibers(facts: Facts, scope: ProcedureScope): void {
  const fibers = facts.children('probes');
  const shared = facts.textOf('protocol_id');
  for (const fiber of fibers) {
    const device = fiber.child('ophys_probe');
    const name = device?.text('name') ?? fiber.text('name');
    const dv = fiber.number('stereotactic_coordinate_dv');
    const content = {
      details: name === null ? {} : { fiberId: name },
      brainRegion: brainRegionIn(fiber, 'targeted_structure', scope.context),
      ...placeOf(fiber, fiberNames, { dv }),
      said: [shared === null ? null : `Protocol: ${shared}.`],
      discriminator: name ?? undefined,
    };
    putThird(fiber, dv, content.coordinates !== undefined);
    putProcedure('OpticFiberImplant', fiber, content, scope);
  }
  if (fibers.length === 0) putProcedure('OpticFiberImplant', facts, {}, scope);
}

/** A depth that found no coordinate system is not lost with its siblings. */
function putThird(fiber: Facts, dv: number | null, isPlaced: boolean): void {
  if (dv !== null && !isPlaced) fiber.unread('stereotactic_coordinate_dv');
}

/** Version 2: what was implanted says whether it is a fiber or a probe. */
function mapProbe(facts: Facts, scope: ProcedureScope): void {
  const device = facts.child('implanted_device');
  const config = facts.child('device_config');
  const name = device?.text('name') ?? null;
  if (name !== null && config?.peek('device_name') === name) config.skip('device_name');
  const kind = device?.word('object_type') ?? '';
  const isFiber = /fiber/i.test(kind);
  const region = config ? brainRegionIn(config, 'primary_targeted_structure', scope.context) : null;
  const transform = config?.holdsObjects('transform')
    ? config.children('transform').find((inner) => inner.has('translation'))
    : undefined;
  const system = scope.coordinateSystems.get(
    config?.word('coordinate_system_name') || facts.word('coordinate_system_name'),
  );
  const placed = transform && system ? placeInSystem(facts, system, transform, scope) : {};
  const id = name === null ? {} : isFiber ? { fiberId: name } : { probeId: name };
  const type = isFiber ? 'OpticFiberImplant' : 'SiliconProbeImplant';
  if (isFiber || /ephys|probe/i.test(kind)) {
    putProcedure(type, facts, { details: id, brainRegion: region, ...placed, discriminator: name ?? undefined }, scope);
  } else mapOtherImplant(kind === '' ? 'Probe implant' : kind, facts, scope, name);
}

function mapOtherImplant(kind: string, facts: Facts, scope: ProcedureScope, name: string | null = null): void {
  const implantType = /wire|myomatrix/i.test(kind) ? 'electrode' : /catheter/i.test(kind) ? 'fluidic device' : 'other';
  const details = { implantType, implantName: name ?? kind };
  putProcedure('GenericImplant', facts, { details, discriminator: kind }, scope);
}
