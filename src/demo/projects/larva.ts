import { equipment } from '../attributes/equipment';
import { paradigms } from '../attributes/paradigms';
import { setups } from '../attributes/setups';
import type { Content } from '../content';
import { quantity } from '../define';
import { addCohort, addCollection, addSession, addSubject } from '../experiments';
import { chance, daysAfter } from '../source';
import { species, strains } from '../vocabulary/species';
import { projects } from './projects';

const project = projects.larva;
const larvae = 24;

/** One session a larva. Its files have addresses but lie in no storage that is registered here. */
export function addLarvae(content: Content): void {
  const sessions: string[] = [];
  const subjects = Array.from({ length: larvae }, (_, index) => {
    const name = `L${String(index + 1).padStart(2, '0')}`;
    const { between } = chance(`larva ${name}`);
    const day = daysAfter('2023-05-08', index);
    const subject = addSubject(content, {
      recordedAt: `${day}T00:30:00.000Z`,
      projects: [project],
      columns: {
        name,
        speciesId: species.zebrafish.id,
        strainId: strains.glowFish.id,
        sex: 'UNKNOWN',
        age: `P${between(5, 7)}D`,
        status: 'DECEASED',
      },
      logs: [
        {
          type: 'FoodConsumption',
          entries: [{ startedAt: `${daysAfter(day, -1)}T00:00:00.000Z`, details: { foodAmount: quantity(2, 'mg') } }],
        },
      ],
    });
    sessions.push(
      addSession(content, {
        projects: [project],
        subjects: [subject],
        columns: { name: `${name} optomotor`, startedAt: `${day}T02:${between(10, 59)}:00.000Z` },
        epochs: [
          ['dark', 0, 300],
          ['gratings', 300, 1500],
        ],
        behaviors: [{ epoch: 'gratings', paradigm: paradigms.optomotor, setup: setups.lightField }],
        acquisitions: [
          {
            type: 'LightFieldMicroscopy',
            details: {
              excitationWavelength: quantity(488, 'nm'),
              frameRate: quantity(5, 'Hz'),
              nFrames: 7500,
              xVoxelSize: quantity(3.4, 'µm'),
              yVoxelSize: quantity(3.4, 'µm'),
              zVoxelSize: quantity(6, 'µm'),
            },
            equipment: [equipment.lightFieldScope.id],
            file: { url: `ftp://larvae.kitahama.example/${name}.h5`, bytes: between(28, 34) * 1_000_000_000 },
          },
          {
            type: 'BehavioralTracking',
            details: { frameRate: quantity(200, 'Hz'), nFrames: 300_000 },
            equipment: [equipment.tailCamera.id],
          },
        ],
        manipulations: [
          {
            type: 'VisualStimulation',
            epoch: 'gratings',
            details: {
              presentationDevice: 'Projector',
              stimulusTypes: ['Moving grating'],
              duration: quantity(10, 's'),
              closedLoop: index % 2 === 1,
            },
            equipment: [equipment.projector.id],
          },
        ],
      }),
    );
    return subject;
  });
  addCollection(
    content,
    project,
    '2023-07-03T01:00:00.000Z',
    { name: 'Closed loop' },
    sessions.filter((_, index) => index % 2 === 1),
  );
  addCollection(
    content,
    project,
    '2023-07-03T01:10:00.000Z',
    { name: 'Open loop' },
    sessions.filter((_, index) => index % 2 === 0),
  );
  addCohort(content, project, '2023-07-03T01:20:00.000Z', { name: 'All larvae' }, subjects);
}

/** A project that has only been planned: two animals, no session. */
export function addExchange(content: Content): void {
  for (const name of ['Kiku', 'Hagi']) {
    addSubject(content, {
      recordedAt: name === 'Kiku' ? '2024-05-14T01:00:00.000Z' : '2024-05-14T01:05:00.000Z',
      projects: [projects.exchange],
      columns: { name, speciesId: species.marmoset.id, sex: 'FEMALE', status: 'PLANNED' },
    });
  }
}
