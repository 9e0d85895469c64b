import { missingPage } from './missingPage';
import { watchClicks } from './watchClicks';
import { watchForms } from './watchForms';

watchClicks();
watchForms();
missingPage();
