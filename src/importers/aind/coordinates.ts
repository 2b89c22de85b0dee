import type { Facts } from './facts';
import type { ProcedureScope } from './procedure-scope';
import { coordinateLengths, signOfField } from './units';

/** A place, as procedures hold it. */
export interface Placed {
  coordinateSystem?: string;
  coordinates?: Record<string, { value: number; unit: string }>;
}

/** The names that a kind of procedure has for its coordinates in versions 0 and 1. */
export interface CoordinateNames {
  ap: string;
  ml: string;
  reference: string;
  unit: string;
}

/**
 * The place of a procedure of version 0 or 1. With `depth` the third number counts from the brain's surface, with `dv`
 * from the reference as the others do. Without a reference (Bregma or Lambda), a unit or both numbers there is no place, and
 * all of it stays unread.
 */
export function placeOf(
  facts: Facts,
  names: CoordinateNames,
  third: { depth?: number | null | undefined; dv?: number | null },
): Placed {
  const reference = facts.word(names.reference);
  if (!facts.has(names.ap) || !facts.has(names.ml)) return {};
  if (reference !== 'Bregma' && reference !== 'Lambda') {
    facts.report.add('NOT_UNDERSTOOD', 'coordinates without their reference stay in the notes', facts.place, reference);
    return {};
  }
  const unit = signOfField(facts, names.unit, coordinateLengths);
  if (unit === null) return {};
  const [ap, ml] = [facts.number(names.ap), facts.number(names.ml)];
  if (ap === null || ml === null) return {};
  facts.skip(names.reference, names.unit);
  const coordinates: Placed['coordinates'] = { apCoordinate: { value: ap, unit }, mlCoordinate: { value: ml, unit } };
  if (typeof third.depth === 'number') coordinates.depth = { value: third.depth, unit };
  if (typeof third.dv === 'number') coordinates.dvCoordinate = { value: third.dv, unit };
  const fromSurface = typeof third.depth === 'number';
  if (fromSurface)
    facts.report.add('DECIDED', 'a depth without a reference of its own counts from the brain’s surface', facts.place);
  return { coordinateSystem: `Stereotaxic_${reference}${fromSurface ? 'BrainSurface' : 'Absolute'}`, coordinates };
}

/**
 * The place of a procedure of version 2: a translation along the axes of the coordinate system that the procedure names.
 * Axes are known by their names; angles are rotations about axes, which no field here means, and stay unread.
 */
export function placeInSystem(
  facts: Facts,
  system: Facts | undefined,
  translation: Facts | undefined,
  scope: ProcedureScope,
): Placed {
  const numbers = translation?.peek('translation');
  const origin = system?.peek('origin');
  const axes = system?.children('axes').map((axis) => axis.word('name')) ?? [];
  const unit = system ? signOfField(system, 'axis_unit', coordinateLengths) : null;
  const isStereotaxic = origin === 'Bregma' || origin === 'Lambda';
  if (!Array.isArray(numbers) || unit === null || !isStereotaxic || numbers.length !== axes.length) {
    if (translation)
      scope.context.report.add(
        'NOT_UNDERSTOOD',
        'coordinates of an unknown system stay in the notes',
        facts.place,
        facts.word('coordinate_system_name'),
      );
    return {};
  }
  const values = new Map(axes.map((axis, at) => [axis, Number(numbers[at])]));
  const hasDepth = values.has('Depth');
  const coordinates: NonNullable<Placed['coordinates']> = {};
  const names: [string, string][] = [
    ['AP', 'apCoordinate'],
    ['ML', 'mlCoordinate'],
    hasDepth ? ['Depth', 'depth'] : ['SI', 'dvCoordinate'],
  ];
  for (const [axis, field] of names) {
    const value = values.get(axis);
    if (value !== undefined && Number.isFinite(value)) coordinates[field] = { value, unit };
  }
  const allTold = axes.every((axis) => names.some(([name]) => name === axis) || values.get(axis) === 0);
  if (allTold) translation?.skip('translation');
  return { coordinateSystem: `Stereotaxic_${origin}${hasDepth ? 'BrainSurface' : 'Absolute'}`, coordinates };
}
