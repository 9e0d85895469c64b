import { chooseLook, look, looks } from '../../state/look';
import { chooseLanguage, language, t } from '../../text';
import { languages } from '../../text/language';
import { Menu, type MenuItem } from '../../ui/Menu';
import { words } from './sharedText';

/** How the page looks, and what it speaks. */
export function Appearance() {
  return (
    <Menu
      kind="quiet"
      icon="settings"
      align="end"
      name={words().look}
      label={null}
      items={[
        { heading: t().look.title },
        ...looks.map((one): MenuItem => ({
          label: t().look[one],
          chosen: look.value === one,
          choose: () => chooseLook(one),
        })),
        'line',
        { heading: t().language },
        ...languages.map((one): MenuItem => ({
          label: t().languages[one],
          chosen: language.value === one,
          choose: () => void chooseLanguage(one),
        })),
      ]}
    />
  );
}
