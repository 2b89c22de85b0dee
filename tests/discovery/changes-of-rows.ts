import type { Dice } from '../world/dice';
import { newId } from '../../src/model/ids';
import type { World } from '../world/world';

/** A statement that changes what the public sees, or not; with what it is about. */
export interface Change {
  text: string;
  values: unknown[];
}

const now = `, "version" = "version" + 1`;

/**
 * Any one change of what is stored, as writers, importers and owners make them; what it is about may be gone by now, or be there
 * already.
 */
export function anyChange(dice: Dice, { rows }: World): Change {
  const id = (type: keyof World['rows']): string => dice.pick(rows[type]).id;
  const some = (type: keyof World['rows']): string[] => dice.some(rows[type], 1, 4).map((row) => row.id);
  // As often as what takes back: there would soon be nothing left to be seen.
  const publish = () => ({
    text: `UPDATE "project" SET "is_public" = TRUE, "published_at" = now() - $2 * interval '40 days', "first_published_at" = now() - interval '1000 days' ${now}
        WHERE "id" = ANY($1) AND NOT "is_public"`,
    values: [some('Project'), dice.between(0, 3)],
  });
  const makers: (() => Change)[] = [
    ...[publish, publish, publish],
    () => ({
      text: `UPDATE "project" SET "is_public" = FALSE, "published_at" = NULL ${now} WHERE "id" = ANY($1)`,
      values: [some('Project')],
    }),
    ...(['subject', 'session'] as const).flatMap((shared) => {
      const type = shared === 'subject' ? 'Subject' : 'Session';
      return [
        () => ({
          text: `INSERT INTO "project_${shared}" ("project_id", "${shared}_id") SELECT p, s FROM unnest($1::uuid[]) p, unnest($2::uuid[]) s
            WHERE EXISTS (SELECT FROM "project" WHERE "id" = p) AND EXISTS (SELECT FROM "${shared}" WHERE "id" = s) ON CONFLICT DO NOTHING`,
          values: [some('Project'), some(type)],
        }),
        () => ({
          text: `DELETE FROM "project_${shared}" WHERE "project_id" = $1 AND "${shared}_id" = ANY($2)`,
          values: [id('Project'), some(type)],
        }),
        () => ({ text: `DELETE FROM "${shared}" WHERE "id" = $1`, values: [id(type)] }),
      ];
    }),
    () => ({
      text: `UPDATE "subject" SET "species_id" = $2, "strain_id" = NULL, "name" = 'Other' ${now} WHERE "id" = ANY($1)`,
      values: [some('Subject'), id('Species')],
    }),
    () => ({ text: `UPDATE "subject" SET "strain_id" = NULL ${now} WHERE "id" = ANY($1)`, values: [some('Subject')] }),
    () => ({ text: `UPDATE "session" SET "name" = 'Other' ${now} WHERE "id" = ANY($1)`, values: [some('Session')] }),
    ...(['Species', 'Strain', 'BrainRegion', 'Consumable', 'HardwareDevice'] as const).map((type) => () => ({
      text: `UPDATE "${tableOf(type)}" SET "is_approved" = NOT "is_approved", "name" = "name" || 'x' ${now} WHERE "id" = $1`,
      values: [id(type)],
    })),
    ...(['data_acquisition', 'manipulation'] as const).flatMap((table) => {
      const type = table === 'manipulation' ? 'Manipulation' : 'DataAcquisition';
      return [
        () => ({
          text: `INSERT INTO "${table}" ("id", "session_id", "type", "schema_version") SELECT $1, "id", $3, '1.0.0' FROM "session" WHERE "id" = $2`,
          values: [newId(type), id('Session'), dice.pick(['A', 'B', 'C'])],
        }),
        () => ({
          text: `UPDATE "${table}" SET "type" = $2 ${now} WHERE "id" = ANY($1)`,
          values: [some(type), dice.pick(['A', 'B'])],
        }),
        () => ({ text: `DELETE FROM "${table}" WHERE "id" = ANY($1)`, values: [some(type)] }),
      ];
    }),
    () => ({
      text: `INSERT INTO "behavior" ("id", "session_id") SELECT $1, "id" FROM "session" WHERE "id" = $2`,
      values: [newId('Behavior'), id('Session')],
    }),
    () => ({ text: `DELETE FROM "behavior" WHERE "id" = ANY($1)`, values: [some('Behavior')] }),
    () => ({
      text: `INSERT INTO "procedure" ("id", "subject_id", "type", "schema_version", "brain_region_id", "consumable_stock_id")
        SELECT $1, "id", 'A', '1.0.0', $3, (SELECT "id" FROM "consumable_stock" WHERE "id" = $4) FROM "subject" WHERE "id" = $2`,
      values: [newId('Procedure'), id('Subject'), id('BrainRegion'), id('ConsumableStock')],
    }),
    () => ({
      text: `UPDATE "procedure" SET "brain_region_id" = $2, "consumable_stock_id" = (SELECT "id" FROM "consumable_stock" WHERE "id" = $3) ${now} WHERE "id" = ANY($1)`,
      values: [some('Procedure'), id('BrainRegion'), id('ConsumableStock')],
    }),
    () => ({ text: `DELETE FROM "procedure" WHERE "id" = ANY($1)`, values: [some('Procedure')] }),
    () => ({ text: `DELETE FROM "consumable_stock" WHERE "id" = $1`, values: [id('ConsumableStock')] }),
    () => ({
      text: `UPDATE "consumable_stock" SET "consumable_id" = $2 ${now} WHERE "id" = ANY($1)`,
      values: [some('ConsumableStock'), id('Consumable')],
    }),
    ...(['setup', 'inventory'] as const).map((table) => () => ({
      text: `UPDATE "${table}" SET "is_public" = NOT "is_public" ${now} WHERE "id" = ANY($1)`,
      values: [some(table === 'setup' ? 'Setup' : 'Inventory')],
    })),
    () => ({
      text: `UPDATE "equipment" SET "hardware_device_id" = $2 ${now} WHERE "id" = ANY($1)`,
      values: [some('Equipment'), dice.chance(0.5) ? id('HardwareDevice') : null],
    }),
    () => ({ text: `DELETE FROM "equipment" WHERE "id" = $1`, values: [id('Equipment')] }),
    () => ({ text: `DELETE FROM "setup" WHERE "id" = $1`, values: [id('Setup')] }),
    ...(['collection', 'cohort'] as const).flatMap((table) => {
      const type = table === 'cohort' ? 'Cohort' : 'Collection';
      return [
        () => ({
          text: `INSERT INTO "${table}" ("id", "project_id", "name") SELECT $1, "id", $3 FROM "project" WHERE "id" = $2`,
          values: [newId(type), id('Project'), newId(type)],
        }),
        () => ({ text: `DELETE FROM "${table}" WHERE "id" = ANY($1)`, values: [some(type)] }),
      ];
    }),
    () => ({ text: `DELETE FROM "project" WHERE "id" = $1`, values: [id('Project')] }),
  ];
  const change = dice.pick(makers)();
  // Nobody deletes as often as they write: there would soon be nothing left.
  return change.text.startsWith('DELETE FROM "project"') || /DELETE FROM "(subject|session|setup)"/.test(change.text)
    ? dice.chance(0.25)
      ? change
      : anyChange(dice, { rows } as World)
    : change;
}

const tableOf = (type: string): string => type.replace(/(?<=[a-z])[A-Z]/g, (letter) => `_${letter}`).toLowerCase();
