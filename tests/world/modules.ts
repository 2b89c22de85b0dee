import type { WorldBuilder } from './builder';
import type { Row } from './world';

/** What was done to subjects, and the logs kept of it. */
export function addProcedures(builder: WorldBuilder): void {
  const { dice, rows } = builder;
  for (const { id: subjectId } of rows.Subject) {
    for (let made = 0; made < dice.between(builder.least, 2); made += 1) {
      const { id: procedureId } = builder.add('Procedure', {
        subjectId,
        consumableStockId: builder.chooseId(rows.ConsumableStock),
        brainRegionId: builder.chooseId(rows.BrainRegion),
      });
      for (const equipment of builder.chooseSome(rows.Equipment, 2))
        builder.link('procedure_equipment', { procedureId, equipmentId: equipment.id });
      if (dice.chance(0.6) || builder.least > 0) addLog(builder, 'ProcedureLog', { procedureId });
    }
    if (dice.chance(0.6) || builder.least > 0) addLog(builder, 'SubjectLog', { subjectId });
  }
}

function addLog(
  builder: WorldBuilder,
  type: 'ProcedureLog' | 'SubjectLog',
  parent: Readonly<Record<string, string>>,
): void {
  const { id: logId } = builder.add(type, parent);
  for (let made = 0; made < builder.dice.between(builder.least, 2); made += 1) builder.add(`${type}Entry`, { logId });
}

/** What happened in sessions: epochs, and modules that stand in at most one of them. */
export function addModules(builder: WorldBuilder): void {
  const { dice, rows } = builder;
  for (const { id: sessionId } of rows.Session) {
    for (let made = 0; made < dice.between(builder.least, 2); made += 1) builder.add('Epoch', { sessionId });
    const epochs = rows.Epoch.filter((epoch) => epoch['sessionId'] === sessionId);
    const place = (order: number): { sessionId: string; epochId: string | null; order: number } => ({
      sessionId,
      epochId: builder.chooseId(epochs, 0.6),
      order,
    });
    for (let order = 0; order < dice.between(builder.least, 2); order += 1) addBehavior(builder, place(order));
    for (let order = 0; order < dice.between(builder.least, 2); order += 1) addDataAcquisition(builder, place(order));
    for (let order = 0; order < dice.between(builder.least, 2); order += 1) addManipulation(builder, place(order));
  }
}

type Place = Record<string, string | number | null>;

function addBehavior(builder: WorldBuilder, place: Place): void {
  const { rows } = builder;
  const behavior = builder.add('Behavior', {
    ...place,
    setupId: builder.chooseId(rows.Setup),
    behavioralParadigmId: builder.chooseId(rows.BehavioralParadigm),
  });
  for (const subject of builder.chooseSome(rows.Subject, 2))
    builder.link('behavior_subject', { behaviorId: behavior.id, subjectId: subject.id });
}

function addDataAcquisition(builder: WorldBuilder, place: Place): void {
  const acquisition = builder.add('DataAcquisition', {
    ...place,
    dataStorageId: builder.chooseId(builder.rows.DataStorage),
    // Now and then the file has lain in another storage.
    fileUrlOfId: builder.chooseId(builder.rows.DataStorage, 0.3),
    fileNameOfId: builder.chooseId(builder.rows.DataStorage, 0.3),
  });
  linkMeans(builder, acquisition, 'data_acquisition', 'dataAcquisitionId');
}

function addManipulation(builder: WorldBuilder, place: Place): void {
  linkMeans(builder, builder.add('Manipulation', place), 'manipulation', 'manipulationId');
}

/** Procedures of any subject and equipment of any setup may have been the means. */
function linkMeans(
  builder: WorldBuilder,
  module: Row,
  table: 'data_acquisition' | 'manipulation',
  column: 'dataAcquisitionId' | 'manipulationId',
): void {
  const { rows } = builder;
  for (const procedure of builder.chooseSome(rows.Procedure, 2))
    builder.link(`${table}_procedure`, { [column]: module.id, procedureId: procedure.id });
  for (const equipment of builder.chooseSome(rows.Equipment, 2))
    builder.link(`${table}_equipment`, { [column]: module.id, equipmentId: equipment.id });
}
