import type { Reworded } from '../ledger';

const anywhere = /./;

/** What BrainSTEM states and the project tells in other words, as `mapping.md` says. */
export const reworded: Reworded = [
  // Our lists have other words: FEMALE for `F`.
  [anywhere, /^(?!licenses?\.).*\.(?:sex|status|category|atlas|type|elements|repository)$/i],
  // Moments in UTC. Of the time at which a device was installed, the project has the day alone.
  [anywhere, /^(?!equipment\.).*date_time$/],
  // Units and choices of modules' types in their own spelling.
  [anywhere, /\.(?:details|coordinates_details)(?:\.|$)/],
  [anywhere, /\.coordinates_system$/],
  // Keys of extra fields.
  [anywhere, /\.extra_fields\.name$/],
  // Licences by their names.
  [anywhere, /\.licenses$/],
];
