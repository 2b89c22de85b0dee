import { defineChoice } from '../../model/fields';

export const sexes = defineChoice('Sex', 'The biological sex of a subject.', {
  FEMALE: 'Female.',
  MALE: 'Male.',
  OTHER: 'Neither female nor male, such as intersex or hermaphrodite.',
  UNKNOWN: 'Not known or not stated.',
});

export const subjectStatuses = defineChoice('SubjectStatus', 'Where a subject is in its life in the laboratory.', {
  PLANNED: 'Ordered or to be bred.',
  ACTIVE: 'Takes part in experiments.',
  INACTIVE: 'Alive, in no experiment.',
  TRANSFERRED: 'Given to another laboratory.',
  DECEASED: 'Dead.',
  UNKNOWN: 'Not known or not stated.',
});
