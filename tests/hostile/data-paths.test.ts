import '../../src/domain/models';
import { addPaths } from '../../src/graph/data-paths';

/** Names that repeat each other when they are put together. */
const names = (count: number): Set<string> =>
  new Set(Array.from({ length: count }, (_, index) => Array.from({ length: index + 1 }, () => 'x').join('/')));

function pathsOf(parts: readonly ReadonlySet<string>[]): Set<string> {
  const paths = new Set<string>();
  addPaths(paths, 'https://files.example', parts);
  return paths;
}

test.each([
  [2, 200],
  [25, 6],
  [100, 6],
])('%d names in each of %d parts, which repeat each other, make no combinations without end', (count, parts) => {
  const began = performance.now();
  const paths = pathsOf(Array.from({ length: parts }, () => names(count)));
  expect(performance.now() - began).toBeLessThan(1000);
  expect(paths.size).toBeGreaterThan(50);
  expect(paths.size).toBeLessThanOrEqual(100);
});

test('every combination comes, and a part without a value makes no path', () => {
  expect([...pathsOf([new Set(['a', 'b']), new Set(['c', 'd'])])]).toEqual(
    ['a/c', 'a/d', 'b/c', 'b/d'].map((path) => `https://files.example/${path}`),
  );
  expect([...pathsOf([names(100), new Set()])]).toEqual([]);
});
