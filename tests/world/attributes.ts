import type { WorldBuilder } from './builder';
import type { TypeName, Value } from './world';

/** Which of several containers are public; the dice say where it is left open. */
export type PublicFlags = readonly boolean[];

/** Paradigms, setups, storages and inventories, and what is in them. */
export function addAttributes(builder: WorldBuilder, count: number, flags: PublicFlags): void {
  const { dice, rows } = builder;
  const add = (type: TypeName, columns: () => Record<string, Value> = () => ({})): void => {
    for (let made = 0; made < count; made += 1)
      builder.add(type, { isPublic: flags[made] ?? dice.chance(0.4), ...columns() });
  };
  add('BehavioralParadigm', () => ({
    categoryId: builder.chooseId(rows.BehavioralCategory),
    setupTypeId: builder.choose(rows.SetupType).id,
  }));
  add('Setup', () => ({ setupTypeId: builder.choose(rows.SetupType).id }));
  add('DataStorage');
  add('Inventory');
  for (const { id: setupId } of rows.Setup) {
    for (let made = 0; made < dice.between(1, 2); made += 1) {
      builder.add('Equipment', {
        setupId,
        hardwareDeviceId: builder.chooseId(rows.HardwareDevice),
        consumableId: builder.chooseId(rows.Consumable),
      });
    }
  }
  for (const { id: dataStorageId } of rows.DataStorage) {
    for (let order = 0; order < dice.between(1 + builder.least, 3); order += 1)
      builder.add('DataStorageProtocol', {
        dataStorageId,
        order,
        isPublic: builder.least > 0 ? order > 0 : dice.chance(0.5),
      });
  }
  for (const { id: inventoryId } of rows.Inventory) {
    for (let made = 0; made < dice.between(1, 2); made += 1)
      builder.add('ConsumableStock', { inventoryId, consumableId: builder.choose(rows.Consumable).id });
  }
}
