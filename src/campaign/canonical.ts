/**
 * A value as text that is the same whatever order the keys of its objects stand in: Postgres gives a stored document
 * back in an order of its own. `omit` names keys that don't count.
 */
export function canonical(value: unknown, omit: readonly string[] = []): string {
  return (
    JSON.stringify(value, (name, inner: unknown) => {
      if (omit.includes(name)) return undefined;
      if (typeof inner !== 'object' || inner === null || Array.isArray(inner)) return inner;
      return Object.fromEntries(Object.entries(inner).sort(([one], [other]) => (one < other ? -1 : 1)));
    }) ?? ''
  );
}
