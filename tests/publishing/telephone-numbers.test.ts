import { findPersonal } from '../../src/publishing/personal-information';

const finds = (text: string): boolean =>
  findPersonal([])
    .find(({ code }) => code === 'PHONE_NUMBER')!
    .test(text);

test.each([
  '(216) 555-0100',
  '216-555-0100',
  'call 216.555.0100.',
  '1 216 555 0100',
  '+41 44 632 11 11',
  '0041 44 632 11 11',
  '020 7946 0958',
  '01 23 45 67 89',
  '0221 4703000',
  '(030) 1234 5678',
  '03-3581-0111',
])('%s is a telephone number', (text) => expect(finds(`Ask Jo,\n${text}`)).toBe(true));

test.each([
  '0000-0002-1825-0097',
  'https://orcid.org/0000-0002-1825-0097',
  '05-01-2024 10:30',
  '2024-01-05 09:30:00.000',
  'ISSN 0028-0836',
  'doi:10.1016/j.clinph.2023.03.008',
  'JAX:000664',
  'U01 MH 130907',
  '0.25 0.50 0.75 100',
  '555-0100',
])('%s is none', (text) => expect(finds(text)).toBe(false));
