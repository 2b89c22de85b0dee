import type { Row } from './columns';
import { users } from './people';
import { projects } from './projects/projects';

/** Somebody or something in the demo that documentation and tests speak of by name. */
export interface Named {
  id: string;
  name: string;
}

const named = ({ id, name }: Row<'User'> | Row<'Project'>): Named => ({ id, name: name! });

/**
 * Who is who in the demo, seen from its flagship project. The ids are the same in every database that has the demo.
 */
export const cast = {
  /** Leads the laboratory and owns the flagship project. */
  owner: named(users.mara),
  /** May edit what is inside the flagship project. */
  contributor: named(users.tomasz),
  /** Reads the flagship project and what it uses. */
  member: named(users.priya),
  /** Has an account, and no role anywhere. */
  stranger: named(users.noor),
  /** Approves proposals; has no role in any project. */
  administrator: named(users.ingrid),
  /** Has roles through a group alone. */
  throughGroup: named(users.jonas),
  /** Was invited to the flagship project and has not accepted. */
  invited: named(users.luca),
};

export const flagship: Named = named(projects.vista);

/** Projects and sessions that show one case of visibility each. */
export const examples = {
  /** Public; shares rats and sessions with `privateProject`. */
  sharingProject: named(projects.track),
  privateProject: named(projects.ripple),
  /** Was public and is not any more. */
  revokedProject: named(projects.reversal),
  /** Public, revoked, and public again. */
  republishedProject: named(projects.arousal),
  /** A public session in a public setup. */
  openSession: { id: '017812b6-9960-8034-aedd-1bfc02b58a69', name: 'VS01 2021-03-08' },
  /** A public session in a private setup; its files lie in a private storage. */
  sessionInPrivateSetup: { id: '017d907b-eb20-8032-8b71-95280bf2f52e', name: 'VS07 2021-12-06' },
  /** In a public and in a private project, with a collection in each. */
  sharedSession: { id: '01786028-5800-803a-915c-6229e3c01419', name: 'RT05_20210323' },
  /** Public, with a second subject that only the private project has. */
  observedSession: { id: '017a9bbb-9600-803e-9259-ee0d8a1c4b8b', name: 'RT06_observed_20210712' },
  /** Public, with files in a public and in a private storage. */
  humanSession: { id: '017f756a-ae00-8038-916f-2baa2ff767e2', name: 'sub-01_task-naming_run-1' },
} satisfies Record<string, Named>;
