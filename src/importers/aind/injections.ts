import { injectedStock, isVirus } from './consumables';
import { placeInSystem, placeOf, type Placed } from './coordinates';
import type { Facts } from './facts';
import { type ProcedureContent, type ProcedureScope, putProcedure } from './procedure-scope';
import { durations, quantity, signOfField } from './units';
import { brainRegionIn } from './vocabulary-entries';

/** How a kind of injection enters the body, where its name says so. */
const routes: [RegExp, string][] = [
  [/^icv/i, 'Intracerebroventricular (ICV)'],
  [/retro-?orbital/i, 'Retro-orbital (RO)'],
  [/intraperitoneal/i, 'Intraperitoneal (IP)'],
];
const names = {
  ap: 'injection_coordinate_ap',
  ml: 'injection_coordinate_ml',
  reference: 'injection_coordinate_reference',
  unit: 'injection_coordinate_unit',
};
const sides = ['Left', 'Right'];

/** One place and amount of an injection; an injection at several depths has several. */
interface Shot {
  placed: Placed;
  volume: { value: number; unit: string } | null;
  profile: string | null;
  at: string;
}

/** Maps an injection of any version: one procedure for each depth, from the stock of its first material. */
export function mapInjection(kind: string, facts: Facts, scope: ProcedureScope): void {
  const materials = facts.children('injection_materials');
  const isViral = materials.some(isVirus);
  const stock = firstStock(materials, scope);
  const type = isViral ? 'VirusInjection' : 'Injection';
  const allowed = isViral ? ['nL', 'µL', 'mL', 'L'] : ['L', 'mL', 'µL', 'nL', 'pL'];
  const shots =
    facts.has('coordinates') || facts.has('dynamics')
      ? shotsOfVersion2(facts, allowed, scope)
      : shotsOfVersion1(facts, allowed);
  const region = brainRegionIn(facts, 'targeted_structure', scope.context);
  const route = routes.find(([spelling]) => spelling.test(kind))?.[1];
  const side = isViral ? undefined : sideOf(facts);
  const details = !isViral
    ? { ...(route ? { injectionMethod: route } : {}), ...(side ? { injectionSide: side } : {}) }
    : {};
  facts.skip('procedure_type');
  const said = [`${kind}.`];
  shots.forEach((shot, index) => {
    const amount = {
      ...(shot.volume ? { injectionVolume: shot.volume } : {}),
      ...(shot.profile === null ? {} : { injectionProfile: shot.profile }),
    };
    const content: ProcedureContent = {
      details: { ...details, ...amount },
      consumableStock: stock,
      brainRegion: region,
      ...shot.placed,
    };
    const discriminator = [shot.at, stock?.replace(/^stock:/, '')]
      .filter((part) => part !== undefined && part !== '')
      .join(' ');
    putProcedure(
      type,
      facts,
      {
        ...content,
        discriminator: discriminator || kind,
        said: index === 0 ? said : [...said, 'Further facts stand with its first depth.'],
      },
      scope,
    );
  });
}

/** Of several materials the first that is named is the stock: a procedure refers to one. The others stay in the notes. */
function firstStock(materials: readonly Facts[], scope: ProcedureScope): string | null {
  for (const [index, material] of materials.entries()) {
    const stock = injectedStock(material, scope);
    if (stock === null) continue;
    const message = 'of several injected materials the first is the stock; the notes tell of the others';
    if (index < materials.length - 1) scope.context.report.add('DECIDED', message, material.place, stock);
    return stock;
  }
  return null;
}

function sideOf(facts: Facts): string | undefined {
  const relative = facts.peek('relative_position');
  const stated =
    facts.peek('injection_hemisphere') ?? (Array.isArray(relative) && relative.length === 1 ? relative[0] : null);
  if (typeof stated !== 'string' || !sides.includes(stated)) return undefined;
  facts.skip('injection_hemisphere', 'relative_position');
  return stated;
}

/** A list of depths with a list of as many volumes is as many shots; any other lists stay unread. */
function shotsOfVersion1(facts: Facts, allowed: string[]): Shot[] {
  const depths =
    Array.isArray(facts.peek('injection_coordinate_depth')) || facts.has('injection_coordinate_depth')
      ? (facts.numbers('injection_coordinate_depth') ?? [])
      : [];
  const volumes = volumesOf(facts, depths.length, allowed);
  const sameMany = depths.length > 1 && volumes.length === depths.length;
  if (depths.length > 1)
    facts.report.add(
      'DECIDED',
      'an injection at several depths is one procedure for each',
      facts.place,
      depths.join(', '),
    );
  const shown = depths.length > 0 ? depths : [null];
  const placed = placeOf(facts, names, { depth: shown[0] });
  return shown.map((depth, index) => {
    const coordinates =
      placed.coordinates && depth !== null
        ? { ...placed.coordinates, depth: { value: depth, unit: placed.coordinates.apCoordinate!.unit } }
        : placed.coordinates;
    const volume = sameMany ? volumes[index]! : depths.length <= 1 ? (volumes[0] ?? null) : null;
    return {
      placed: coordinates ? { ...placed, coordinates } : {},
      volume,
      profile: null,
      at: placeName(coordinates, depth),
    };
  });
}

function volumesOf(facts: Facts, depths: number, allowed: string[]): { value: number; unit: string }[] {
  if (!facts.has('injection_volume')) return [];
  const stated = facts.peek('injection_volume');
  const many = Array.isArray(stated) ? stated.length : 1;
  if (many !== Math.max(depths, 1)) {
    facts.report.add(
      'NOT_UNDERSTOOD',
      'an injection has other numbers of volumes and depths: the volumes stay in the notes',
      facts.place,
      JSON.stringify(stated),
    );
    return [];
  }
  const unit = signOfField(facts, 'injection_volume_unit', allowed);
  const values = unit === null ? null : facts.numbers('injection_volume');
  if (unit === null || values === null) return [];
  facts.skip('injection_volume_unit');
  return values.map((value) => ({ value, unit }));
}

function placeName(coordinates: Placed['coordinates'], depth: number | null): string {
  const numbers = coordinates ? Object.values(coordinates).map(({ value }) => value) : depth === null ? [] : [depth];
  return numbers.join(',');
}

/** Version 2 has a list of places and a list of dynamics, one for each depth. */
function shotsOfVersion2(facts: Facts, allowed: string[], scope: ProcedureScope): Shot[] {
  const places = Array.isArray(facts.peek('coordinates')) ? (facts.peek('coordinates') as unknown[]).length : 0;
  const dynamics = facts.children('dynamics');
  const system = scope.coordinateSystems.get(facts.word('coordinate_system_name'));
  return Array.from({ length: Math.max(places, dynamics.length, 1) }, (_, index) => {
    const placed =
      index < places ? placeInSystem(facts, system, facts.nested('coordinates', index, 'translation'), scope) : {};
    const dynamic = dynamics[index];
    const volume = dynamic ? quantity(dynamic, 'volume', allowed) : null;
    const profile = dynamic?.peek('profile') === 'Bolus' ? 'Bolus Injection' : null;
    if (profile !== null) dynamic?.skip('profile');
    return { placed, volume, profile, at: placeName(placed.coordinates, null) };
  });
}

/** How long an anaesthesia lasted. */
export function durationOf(facts: Facts): { value: number; unit: string } | null {
  return quantity(facts, 'duration', durations);
}
