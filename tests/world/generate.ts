import { addAttributes, type PublicFlags } from './attributes';
import { WorldBuilder } from './builder';
import { addCast, addCastRoles, addCastTokens, castNames, castProposals, castStage } from './cast';
import { addBreedings } from './breedings';
import { addModules, addProcedures } from './modules';
import {
  addHistories,
  addLaboratories,
  addRandomRoles,
  addUsersAndGroups,
  containerNames,
  type Holder,
} from './people';
import { addChoices, addProjects, addSessions, addSubjects } from './projects';
import type { Shape } from './shape';
import { addTerms } from './terms';
import type { World } from './world';

interface Counts {
  users: number;
  groups: number;
  terms: number;
  attributes: number;
  projects: number;
  subjects: number;
  sessions: number;
}

/** A small world in which anything may be: the same seed makes the same one. */
export function randomWorld(shape: Shape, seed: number, size = 1): World {
  const builder = new WorldBuilder(shape, seed, true);
  const counts: Counts = {
    users: 3 + size,
    groups: 1 + size,
    terms: 1 + size,
    attributes: 1 + size,
    projects: 1 + size,
    subjects: 2 + size,
    sessions: 1 + size,
  };
  addUsersAndGroups(builder, counts.users, counts.groups);
  addEverythingElse(builder, counts, [], 0);
  return builder;
}

/**
 * A larger world in which the cast plays (cast.ts) among some others. No column is null that could hold a text, so that
 * there is a canary in each.
 */
export function fullWorld(shape: Shape, seed: number, size = 1): World {
  const builder = new WorldBuilder(shape, seed, false);
  addCast(builder);
  const groups = builder.rows.Group.length;
  const counts: Counts = {
    users: 2 + size,
    groups: 1 + size,
    terms: 5 + size,
    attributes: 4 + size,
    projects: 4 + size,
    subjects: 8 + 2 * size,
    sessions: 6 + 2 * size,
  };
  addUsersAndGroups(builder, counts.users, counts.groups);
  addEverythingElse(builder, counts, castStage, groups);
  addCastRoles(builder);
  addCastTokens(builder);
  return builder;
}

function addEverythingElse(builder: WorldBuilder, counts: Counts, stage: PublicFlags, castGroups: number): void {
  const { rows } = builder;
  const hasCast = stage.length > 0;
  const others = rows.User.slice(hasCast ? castNames.length : 0);
  addLaboratories(builder, 1 + castGroups + counts.groups);
  addTerms(builder, counts.terms, others, hasCast ? castProposals(builder) : []);
  addAttributes(builder, counts.attributes, stage);
  addProjects(builder, counts.projects, stage);
  addSubjects(builder, counts.subjects, stage.length);
  addSessions(builder, counts.sessions, stage.length);
  addChoices(builder);
  addProcedures(builder);
  addModules(builder);
  const holders: Holder[] = [
    ...others.map((user) => ({ user })),
    ...rows.Group.slice(castGroups).map((group) => ({ group })),
  ];
  for (const kind of containerNames) addHistories(builder, kind);
  for (const kind of containerNames) addRandomRoles(builder, kind, rows[kind].slice(stage.length), holders);
  addBreedings(builder);
}
