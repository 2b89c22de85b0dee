import { addBreeding } from '../breedings';
import type { Content } from '../content';
import type { DemoSubject } from '../experiments';
import { projects } from './projects';

/** Litters that the public project records; of the second, father and pup are in the private project alone. */
export function addTrackBreedings(
  content: Content,
  open: readonly DemoSubject[],
  hidden: readonly DemoSubject[],
): void {
  addBreeding(content, projects.track, '2020-11-16T09:00:00.000Z', {
    name: 'Castlegate litter, October 2020',
    description: 'Came with its mother, who stayed with the supplier.',
    birthDate: '2020-10-19',
    weanedOn: '2020-11-13',
    litterSize: 11,
    offspring: [open[4]!],
  });
  addBreeding(content, projects.track, '2021-06-14T09:00:00.000Z', {
    name: 'House PV-Cre, May 2021',
    dam: open[5]!,
    sire: hidden[0]!,
    startedOn: '2021-04-30',
    endedOn: '2021-05-05',
    birthDate: '2021-05-24',
    weanedOn: '2021-06-14',
    litterSize: 9,
    expectedGenotype: 'Half of them LE-Pvalb-iCre/wt',
    tags: ['colony'],
    offspring: [hidden[2]!],
    log: [
      { startedAt: '2021-05-03T07:30:00.000Z', performedBy: 'Hana Kovářová', notes: 'Plug seen.' },
      {
        startedAt: '2021-05-24T06:50:00.000Z',
        endedAt: '2021-05-24T07:10:00.000Z',
        performedBy: 'Hana Kovářová',
        notes: 'Nine pups, all with milk.',
      },
    ],
  });
}
