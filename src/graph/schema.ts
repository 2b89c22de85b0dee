import 'reflect-metadata';
import '../domain/models';
import type { GraphQLSchema } from 'graphql';
import { buildSchemaSync, type BuildSchemaOptions } from 'type-graphql';
import { connectionOf } from '../model/connection';
import { allEdges } from '../model/edges';
import { classOf, nodeClasses } from '../model/node';
import { rootFields } from '../model/root-fields';
import { GroupResolver } from '../people/group.resolver';
import { InvestigatorResolver } from '../people/investigator.resolver';
import { InvitationResolver } from '../people/invitation.resolver';
import { MemberResolver } from '../people/member.resolver';
import { ExportResolver } from '../exporting/export.resolver';
import { ImportResolver } from '../importing/import.resolver';
import { SearchResolver } from '../discovery/search/search.resolver';
import { TokenResolver } from '../people/tokens/token.resolver';
import { VisibilityChange } from '../domain/people/visibility-change.entity';
import { PublishResolver } from '../publishing/publish.resolver';
import { ReadinessResolver } from '../publishing/readiness.resolver';
import { WriteResolver } from '../writing/write.resolver';
import { LinkResolver } from '../writing/link.resolver';
import { ProposalResolver } from '../writing/proposal.resolver';
import { countTypes } from '../discovery/counts/types';
import { SearchFacet } from '../discovery/search/search.types';
import { DashboardResolver } from '../discovery/dashboard/dashboard.resolver';
import { noteChanges } from './changes-made';
import { describe } from './descriptions';
import { letCount } from './counting';
import { letFind } from './finding';
import { withInterfaces } from './interfaces';
import { orderFields } from './order';
import { letReadOn } from './read-on';
import { attachResolvers } from './resolvers';
import { RootResolver } from './root.resolver';

/** The schema as the models declare it, before access is put in front of it. */
export function buildGraph(): GraphQLSchema {
  // The Connection types have to be known before type-graphql looks for them.
  for (const edge of allEdges()) if (edge.kind === 'connection') connectionOf(edge.target());
  for (const { type } of rootFields) connectionOf(classOf(type));
  connectionOf(VisibilityChange);
  const schema = withInterfaces(
    declared({
      resolvers: [
        RootResolver,
        SearchResolver,
        PublishResolver,
        ReadinessResolver,
        TokenResolver,
        MemberResolver,
        GroupResolver,
        InvitationResolver,
        InvestigatorResolver,
        WriteResolver,
        LinkResolver,
        ProposalResolver,
        ImportResolver,
        ExportResolver,
        DashboardResolver,
      ],
      orphanedTypes: [...nodeClasses(), ...countTypes, SearchFacet],
      // Inputs will be validated by their services, which report all faults at once.
      validate: false,
    }),
  );
  attachResolvers(schema);
  letReadOn(schema);
  noteChanges(schema);
  orderFields(schema);
  describe(schema);
  return schema;
}

/** What models and resolvers declare, with what is drawn from the models beside it. */
function declared(options: BuildSchemaOptions): GraphQLSchema {
  const schema = buildSchemaSync(options);
  letFind(schema);
  letCount(schema);
  return schema;
}
