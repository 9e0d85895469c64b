import { said } from './said';

/**
 * Counts forms that are sent: by what `data-sporlos-event` on the form says, else by the name or id
 * that the form has. Nothing is read of what is filled in.
 */
export const watchForms = () => {
  addEventListener(
    'submit',
    (event) => {
      const element = event.composedPath()[0] as HTMLFormElement;
      if (!said(element)) {
        // Not its properties name and id, which may be fields of these names.
        const form = element.getAttribute('name') || element.getAttribute('id') || '';
        window.sporlos?.('Form: Submission', { props: { form } });
      }
    },
    true,
  );
};
