import { offerChoice } from './offerChoice';
import { startTracker } from './startTracker';

// A page that was opened to make a choice is not counted.
const open = () => offerChoice() || startTracker();

// A page that is prerendered is neither viewed nor chosen on before the visitor opens it.
if ((document as { prerendering?: boolean }).prerendering) {
  document.addEventListener('prerenderingchange', open);
} else {
  open();
}

// A link on the page itself, as its privacy policy has it.
addEventListener('hashchange', offerChoice);
