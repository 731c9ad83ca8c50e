/** `controlPlaneVersion` → `control_plane_version`. */
type SnakeCase<S extends string> = S extends `${infer Head}${infer Tail}`
  ? `${Head extends Lowercase<Head> ? '' : '_'}${Lowercase<Head>}${SnakeCase<Tail>}`
  : '';

/** A few fields have a capital first and keep their names. */
type FieldName<S extends string> = S extends Capitalize<S> ? S : SnakeCase<S>;

/**
 * What FlyteAdmin's gateway answers for a message of flyteidl: fields in snake_case, enums by name, 64-bit numbers,
 * durations and times as strings. https://protobuf.dev/programming-guides/json/
 */
export type ProtoJson<T> = T extends string | boolean | null | undefined
  ? T
  : T extends number
    ? number | string
    : T extends readonly (infer Item)[]
      ? ProtoJson<Item>[]
      : T extends object
        ? { [K in keyof T & string as string extends K ? K : FieldName<K>]?: ProtoJson<T[K]> }
        : unknown;
