import { fieldName } from '../../model/names';
import { rootFields } from '../../model/root-fields';
import type { Permissions } from '../permission';
import { filtered, ifRoleOnArgument, ifTargetVisible, open } from './kinds';

/** Where every query begins. */
export const rootPermissions: Permissions = {
  Query: {
    ...ifTargetVisible(['node', ...rootFields.map(({ one }) => one)].join(' ')),
    ...filtered(['nodes', ...rootFields.map(({ many }) => many)].join(' ')),
    // An export decides field by field, as the fields below do: see exporting/.
    ...open('viewer moduleTypes exportProject'),
    // Made for anonymous viewers, whoever asks.
    ...open('publicDashboard'),
    ...ifRoleOnArgument('OWNER', 'Project', 'projectId', 'publishReadiness'),
  },
  // Given to nobody but the owner of the project.
  ReadinessFinding: open('severity code message path count object'),
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
