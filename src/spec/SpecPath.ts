/** Where in the deployment file: keys and list indices. */
export type SpecPath = readonly (string | number)[];

/** `flyte.projects.0.id` in parts. */
export function parsePath(text: string): SpecPath {
  return text === '' ? [] : text.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part));
}

/** As people read it: `flyte.projects[0].id`; a key that holds a dot is quoted. */
export function formatPath(path: SpecPath): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      const key = /[.\s]/.test(part) ? JSON.stringify(part) : part;
      return index === 0 ? key : `.${key}`;
    })
    .join('');
}

/** What stands at a path of plain data; undefined where nothing does. */
export function valueAt(value: unknown, path: SpecPath): unknown {
  return path.reduce<unknown>(
    (at, part) =>
      at !== null && typeof at === 'object' && Object.hasOwn(at, part)
        ? (at as Record<string, unknown>)[part]
        : undefined,
    value,
  );
}

/** A copy of plain data without what stands at a path. */
export function withoutPath(value: unknown, path: SpecPath): unknown {
  const [part, ...rest] = path;
  if (part === undefined || value === null || typeof value !== 'object') return value;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string, unknown>;
  if (rest.length === 0) delete copy[part];
  else copy[part] = withoutPath(copy[part], rest);
  return copy;
}
