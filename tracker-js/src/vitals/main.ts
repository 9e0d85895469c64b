import { script } from '../script';
import { watchVitals } from './watchVitals';

if (script as HTMLScriptElement | null) {
  watchVitals();
}
