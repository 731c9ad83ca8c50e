import type { StateStore } from '../../src/clouds/StateStore.js';

/** Objects in memory, to read only. */
export function storeOf(objects: Record<string, string>): StateStore {
  const refuse = () => Promise.reject(new Error('the store of this test is read only'));
  return {
    get: async (key) => (objects[key] === undefined ? undefined : { body: objects[key], etag: 'e' }),
    list: async (prefix) =>
      Object.keys(objects)
        .filter((key) => key.startsWith(prefix))
        .sort(),
    put: refuse,
    delete: refuse,
  };
}
