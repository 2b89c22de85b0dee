import type { WorldBuilder } from './builder';

/** Who was bred with whom, in each project: parents and offspring may be in any. */
export function addBreedings(builder: WorldBuilder): void {
  const { dice, rows } = builder;
  for (const { id: projectId } of rows.Project) {
    for (let made = 0; made < dice.between(builder.least, 2); made += 1) {
      const damId = builder.chooseId(rows.Subject);
      const { id: breedingId } = builder.add('Breeding', {
        projectId,
        damId,
        sireId: builder.chooseId(rows.Subject.filter(({ id }) => id !== damId)),
      });
      for (const subject of builder.chooseSome(rows.Subject, 3))
        builder.link('breeding_offspring', { breedingId, subjectId: subject.id });
      for (let entry = 0; entry < dice.between(builder.least, 2); entry += 1)
        builder.add('BreedingLogEntry', { breedingId });
    }
  }
}
