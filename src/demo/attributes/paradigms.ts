import { categories, setupTypes } from '../vocabulary/behavior';
import { groups, users } from '../people';
import type { Content } from '../content';
import { define } from '../define';
import { share } from '../sharing';

export const paradigms = define('BehavioralParadigm', '2019-03-18T09:00:00.000Z', {
  viewing: {
    name: 'Passive viewing of gratings and natural scenes',
    categoryId: categories.sensory.id,
    setupTypeId: setupTypes.headFixed.id,
    description:
      'Drifting gratings (8 directions, 5 temporal frequencies, 15 repeats), then 118 natural scenes for 250 ms each, ' +
      '50 repeats in random order. **No reward.**',
    isPublic: true,
  },
  habituation: {
    name: 'Habituation to head fixation',
    setupTypeId: setupTypes.headFixed.id,
    description: 'From 10 minutes on the first day to one hour on the last, with a grey screen.',
  },
  whisker: {
    name: 'Whisker detection',
    categoryId: categories.decision.id,
    setupTypeId: setupTypes.headFixed.id,
    description: 'Lick when a whisker is deflected.',
  },
  reversal: {
    name: 'Probabilistic reversal',
    categoryId: categories.learning.id,
    setupTypeId: setupTypes.operantBox.id,
    description: 'Two ports pay with 80 % and 20 %; they swap after 8 of 10 best choices.',
  },
  shuttle: {
    name: 'Shuttling on a linear track',
    categoryId: categories.navigation.id,
    setupTypeId: setupTypes.linearTrack.id,
    description:
      'Run to the other end for chocolate milk, at least 40 laps. In the second half the track is shortened.',
    isPublic: true,
  },
  rest: {
    name: 'Rest before and after running',
    categoryId: categories.rest.id,
    setupTypeId: setupTypes.restBox.id,
    isPublic: true,
  },
  foraging: {
    name: 'Foraging for scattered crumbs',
    categoryId: categories.navigation.id,
    setupTypeId: setupTypes.openField.id,
  },
  naming: {
    name: 'Naming and reading of words and pictures',
    categoryId: categories.language.id,
    setupTypeId: setupTypes.bedside.id,
    description: '120 items; name pictures aloud, then read the words, two seconds each.',
    isPublic: true,
  },
  pairs: {
    name: 'Verbal paired associates',
    categoryId: categories.memory.id,
    setupTypeId: setupTypes.bedside.id,
    description: 'Study 24 pairs of words; recall the second at the first.',
  },
  exchange: {
    name: 'Vocal exchange',
    categoryId: categories.vocal.id,
    setupTypeId: setupTypes.vocalBooth.id,
    description: 'Two animals call through a curtain.',
  },
  optomotor: {
    name: 'Optomotor response',
    categoryId: categories.sensory.id,
    setupTypeId: setupTypes.embedded.id,
    description: 'Gratings move below the larva, 10 s each way.',
    isPublic: true,
  },
});

/** Tasks and protocols. */
export function addParadigms(content: Content): void {
  content.addAll('BehavioralParadigm', paradigms);
  const { mara, tomasz, priya, chidi, elena, ana, henrik, lucia, kenji } = users;
  const column = 'behavioralParadigmId';
  share(content, column, paradigms.viewing, {
    owner: mara,
    grants: [{ to: groups.cortex, role: 'CONTRIBUTOR' }],
    history: ['2021-01-11T10:15:00.000Z'],
  });
  share(content, column, paradigms.habituation, { owner: priya });
  share(content, column, paradigms.whisker, { owner: priya, grants: [{ to: groups.cortex, role: 'MEMBER' }] });
  share(content, column, paradigms.reversal, { owner: tomasz });
  share(content, column, paradigms.shuttle, {
    owner: chidi,
    grants: [{ to: elena, role: 'MANAGER' }],
    history: ['2021-09-20T10:15:00.000Z'],
  });
  share(content, column, paradigms.rest, { owner: chidi, history: ['2022-10-24T11:15:00.000Z'] });
  share(content, column, paradigms.foraging, { owner: elena });
  share(content, column, paradigms.naming, {
    owner: ana,
    grants: [{ to: lucia, role: 'CONTRIBUTOR' }],
    history: ['2023-05-15T10:15:00.000Z'],
  });
  // Published by mistake, and revoked on the same day.
  share(content, column, paradigms.pairs, {
    owner: henrik,
    history: ['2023-05-15T10:20:00.000Z', '2023-05-15T16:40:00.000Z'],
  });
  share(content, column, paradigms.exchange, { owner: kenji });
  share(content, column, paradigms.optomotor, { owner: kenji, history: ['2024-01-15T02:00:00.000Z'] });
}
