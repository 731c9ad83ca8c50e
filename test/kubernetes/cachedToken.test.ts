import { expect, test } from 'vitest';
import { cachedToken } from '../../src/kubernetes/cachedToken.js';

function source(lifeMs: number) {
  let asked = 0;
  const token = async () => ({ token: `token-${++asked}`, expiresAt: new Date(Date.now() + lifeMs) });
  return { token, asked: () => asked };
}

test('a token is asked for once while it is good, also by many at once', async () => {
  const access = source(900_000);
  const cached = cachedToken(access);
  expect(await Promise.all([cached.get(), cached.get(), cached.get()])).toEqual(['token-1', 'token-1', 'token-1']);
  expect(await cached.get()).toBe('token-1');
  expect(access.asked()).toBe(1);
});

test('one in its last minute is replaced', async () => {
  const cached = cachedToken(source(59_000));
  expect(await cached.get()).toBe('token-1');
  expect(await cached.get()).toBe('token-2');
});

test('one that was refused is forgotten', async () => {
  const cached = cachedToken(source(900_000));
  await cached.get();
  cached.forget();
  expect(await cached.get()).toBe('token-2');
});

test('a failure is not kept', async () => {
  let broken = true;
  const cached = cachedToken({
    token: async () => {
      if (broken) throw new Error('no credentials');
      return { token: 'good', expiresAt: new Date(Date.now() + 900_000) };
    },
  });
  await expect(cached.get()).rejects.toThrow('no credentials');
  broken = false;
  expect(await cached.get()).toBe('good');
});
