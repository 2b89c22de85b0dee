import type { GraphQLSchema } from 'graphql';

const ofSchema = `The metadata of neuroscience experiments: who was recorded, what was done to them, in which session, with which
equipment, and where the files lie. A project holds subjects, their breedings, sessions, collections and cohorts; a session
holds epochs and the modules of what happened (behaviors, data acquisitions, manipulations). Setups, paradigms, storages and inventories are
personal attributes: projects refer to them, and each is shared on its own. Species, strains, suppliers and publications are
terms that everybody shares, once an administrator has approved them.

What you see depends on who you are and on the object, never on the path by which you reached it. What you may not see reads
as null, or is absent from a list and its count, exactly as if it did not exist. A token says who asks; without one you are
anonymous. Every list of objects is a connection; \`node\` finds anything by its id. Nothing is published by writing: only
\`publish…\` does that, once you confirm what would become visible. Errors carry a stable code in \`extensions.code\`.`;

const ofQuery = `Where reading begins. Each type has a field for one object by its id and a connection of all that the viewer may see.
All of them are read from one state of the database. A field that fails is null, and leaves the others as they are.`;

const ofMutation = `What changes something. Each is a transaction of its own, and several in one request run one after the other: one that is
refused is null and has its error, and what was done before stays done. All answer with a \`MutationPayload\`.`;

/** Says what the whole is about, before anything of it is read. */
export function describe(schema: GraphQLSchema): void {
  schema.description = ofSchema;
  schema.getQueryType()!.description = ofQuery;
  schema.getMutationType()!.description = ofMutation;
}
