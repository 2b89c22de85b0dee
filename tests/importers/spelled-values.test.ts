import {
  ageIn,
  choiceIn,
  dayIn,
  measureIn,
  momentIn,
  numberIn,
  type Reading,
  truthIn,
  unitIn,
  wholeIn,
} from '../../src/importers/spelled-values';

const value = <T>(reading: Reading<T>): T | null => ('value' in reading ? reading.value : null);

test.each([
  ['2024-05-31', '2024-05-31'],
  ['2024-5-1', '2024-05-01'],
  ['2024/05/31', '2024-05-31'],
  ['20240531', '2024-05-31'],
  ['31.05.2024', '2024-05-31'],
  ['1.2.2024', '2024-02-01'],
  ['31/05/2024', '2024-05-31'],
  ['05/31/2024', '2024-05-31'],
  ['04/04/2024', '2024-04-04'],
  ['31-May-2024', '2024-05-31'],
  ['May 31, 2024', '2024-05-31'],
  ['2024-05-31 00:00:00', '2024-05-31'],
  ['04/03/2024', null],
  ['2024-02-30', null],
  ['31.05.24', null],
  ['45443', null],
  ['last May', null],
])('the day %s is %s', (text, day) => expect(value(dayIn(text))).toBe(day));

test.each([
  ['2024-05-31T09:30:00Z', null, '2024-05-31T09:30:00.000Z'],
  ['2024-05-31 9:30+02:00', null, '2024-05-31T07:30:00.000Z'],
  ['31.5.2024 9:30 pm', 'Europe/Zurich', '2024-05-31T19:30:00.000Z'],
  ['2024-05-31 21:30:15.5', 'UTC', '2024-05-31T21:30:15.500Z'],
  ['31 May 2024 12:00 am', 'UTC', '2024-05-31T00:00:00.000Z'],
  ['2024-05-31 09:30 UTC', null, '2024-05-31T09:30:00.000Z'],
  ['2024-05-31 09:30', null, null],
  ['2024-05-31 25:00', 'UTC', null],
  ['2024-05-31 13:00 pm', 'UTC', null],
  ['04/03/2024 09:30', 'UTC', null],
])('the moment %s in %s is %s', (text, zone, moment) => expect(value(momentIn(text, zone))).toBe(moment));

test('a day alone is known for one', () => expect(momentIn('2024-05-31', null)).toMatchObject({ isDay: true }));

test.each([
  ['1.5', 1.5],
  ['-2', -2],
  ['−2,5', -2.5],
  ['1e-3', 0.001],
  ['1,5', 1.5],
  ['1,2345', 1.2345],
  ['1,234', null],
  ['1.234.567', null],
  ['five', null],
  ['Infinity', null],
])('the number %s is %s', (text, number) => expect(value(numberIn(text))).toBe(number));

test('whole numbers have no fraction', () => {
  expect([value(wholeIn('12.0')), value(wholeIn('12.5')), value(wholeIn('1e20'))]).toEqual([12, null, null]);
});

test('yes and no', () =>
  expect(['Yes', 'FALSE', '1', 'perhaps'].map((text) => value(truthIn(text)))).toEqual([true, false, true, null]));

test.each([
  ['5 mW', null, { value: 5, unit: 'mW' }],
  ['5', 'mW', { value: 5, unit: 'mW' }],
  ['5mW', 'mW', { value: 5, unit: 'mW' }],
  ['5 W', 'mW', null],
  ['5', null, null],
  ['5 mw', null, null],
  ['5 horses', null, null],
])('the measure %s in a column of %s is %j', (text, unit, measure) => {
  expect(value(measureIn(text, ['W', 'mW', 'MW', 'µW'], unit))).toEqual(measure);
});

test('where a type knows one unit, it is that; micro is written in several ways', () => {
  expect(value(measureIn('90', ['°'], null))).toEqual({ value: 90, unit: '°' });
  expect(['uL', 'μL', 'µl', 'nL'].map((text) => unitIn(text, ['µL', 'mL']))).toEqual(['µL', 'µL', 'µL', null]);
  expect(['minutes', 'Sec', 'hr'].map((text) => unitIn(text, ['s', 'min', 'h']))).toEqual(['min', 's', 'h']);
});

test.each([
  ['P90D', null, 'P90D'],
  ['12 weeks', null, 'P12W'],
  ['12', 'weeks', 'P12W'],
  ['3 months old', null, 'P3M'],
  ['12', null, null],
  ['adult', null, null],
])('the age %s in a column of %s is %s', (text, unit, age) => expect(value(ageIn(text, unit))).toBe(age));

test('a value of a list is known in any spelling, unless two are spelled so', () => {
  expect(value(choiceIn('data collector', ['DATA_COLLECTOR', 'AUTHOR']))).toBe('DATA_COLLECTOR');
  expect(value(choiceIn('a', ['A', 'a']))).toBe('a');
  expect(value(choiceIn('Á', ['A', 'a']))).toBeNull();
});
