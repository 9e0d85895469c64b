import type { Move } from './watchNavigation';

/**
 * Tells of moves within the document where the browser has no Navigation API: Safari before 26.2,
 * Firefox before 147.
 */
export const watchHistory = (move: (event: Move) => unknown) => {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- applied to its history below
  const pushState = history.pushState;
  history.pushState = (...entry) => {
    move({ navigationType: 'replace' }); // the address may have been corrected
    pushState.apply(history, entry);
    move({});
  };
  // Fragments that are followed are heard of here, too.
  addEventListener('popstate', () => move({}));
  // What the page did while this was loaded.
  move({});
};
