import { render } from 'preact';
import { App } from './App';
import { followLinks } from './state/location';
import { route } from './state/route';
import { identify, me } from './state/session';
import './state/look';
import './style/index.css';
import { chosenLanguage, firstLanguage, speak } from './text';
import { languageOf } from './text/language';

// A new version of the server has other files; the page that was open asks for those of the old one.
addEventListener('vite:preloadError', () => location.reload());

async function start(): Promise<void> {
  followLinks();
  // Outsiders are nobody, and are not led to where people sign in.
  const outside = route.peek().page === 'shared';
  await Promise.all([speak(firstLanguage()), outside ? undefined : identify()]);
  const asked = me.value && !chosenLanguage() ? languageOf([me.value.account.language]) : null;
  if (asked) {
    await speak(asked);
  }
  const root = document.querySelector('#app');
  if (root) {
    render(<App />, root);
  }
}

void start();
