import { batch, computed, signal } from '@preact/signals';
import { type Me, readMe, type Site } from '../api/me';
import { Failure, token } from '../api/request';
import { here } from './location';
import { route } from './route';

/** Who is signed in; null until that is known. */
export const me = signal<Me | null>(null);

/** Why it is not known. */
export const obstacle = signal<Failure | null>(null);

/** The site that is shown; null if it is not one that is open to who is signed in. */
export const site = computed<Site | null>(() => {
  const shown = route.value;
  return shown.page === 'site' || shown.page === 'settings'
    ? (me.value?.sites.find((one) => one.domain === shown.domain) ?? null)
    : null;
});

/**
 * Asks who is signed in; leads those who are not to where they sign in.
 *
 * @param then done at the moment from which it is known, as going to a site that was added
 */
export async function identify(then?: () => void): Promise<void> {
  obstacle.value = null;
  try {
    const known = await readMe();
    batch(() => {
      token.value = known.token;
      me.value = known;
      then?.();
    });
  } catch (failure) {
    if (failure instanceof Failure && failure.kind === 'signed-out') {
      signIn();
    } else {
      obstacle.value = failure instanceof Failure ? failure : new Failure('failed');
    }
  }
}

/** Goes to where people sign in, and from there back to what is shown. */
export function signIn(): void {
  const { path, search } = here.peek();
  location.assign(`/sign-in?next=${encodeURIComponent(path + search)}`);
}

/** Ends the session, and leads to where people sign in. */
export function signOut(): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/sign-out';
  const proof = document.createElement('input');
  proof.type = 'hidden';
  proof.name = 'token';
  proof.value = token.peek();
  form.append(proof);
  document.body.append(form);
  form.submit();
}
