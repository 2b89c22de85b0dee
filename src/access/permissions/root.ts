import { fieldName } from '../../model/names';
import { rootFields } from '../../model/root-fields';
import type { Permissions } from '../permission';
import { filtered, ifRoleOnArgument, ifTargetVisible, open } from './kinds';

/** Where every query begins. */
export const rootPermissions: Permissions = {
  Query: {
    ...ifTargetVisible(['node', ...rootFields.map(({ one }) => one)].join(' ')),
    ...filtered(['nodes', ...rootFields.flatMap(({ many, counts }) => [many, counts])].join(' ')),
    // An export decides field by field, as the fields below do: see exporting/.
    // So does a search: it reads nothing but what its viewer sees, and what it finds is read as by the fields above.
    ...open('viewer moduleTypes exportProject search'),
    // Made for anonymous viewers, whoever asks.
    ...open('publicDashboard'),
    ...ifRoleOnArgument('OWNER', 'Project', 'projectId', 'publishReadiness'),
  },
  // Given to nobody but the owner of the project.
  ReadinessFinding: open('severity code message path count object'),
  SearchConnection: open('edges nodes pageInfo totalCount typeCounts facets suggestion'),
  SearchEdge: open('cursor node'),
  SearchTypeCount: open('type count precision'),
  SearchFacet: open('type facet'),
  // Marked are texts of fields alone that everybody reads who sees the object; its place is read as by its own fields.
  SearchHit: open('node score snippet place'),
  SearchSnippet: open('field parts'),
  SnippetPart: open('text isMatch'),
  PublicDashboard: open(
    'projects subjects sessions modules collections cohorts recentlyPublished mostUsedSpecies mostUsedStrains ' +
      'mostUsedTechniques mostUsedBrainRegions mostUsedConsumables mostUsedHardware growth',
  ),
  PublicModuleCounts: open('total behaviors dataAcquisitions manipulations procedures'),
  ...Object.fromEntries(
    ['Species', 'Strain', 'BrainRegion', 'Consumable', 'HardwareDevice'].map((term) => [
      `${term}Use`,
      open(`${fieldName(term)} count`),
    ]),
  ),
  TechniqueUse: open('kind type title count'),
  PublicGrowth: open('month projects subjects sessions'),
  PageInfo: open('hasNextPage hasPreviousPage startCursor endCursor'),
};
