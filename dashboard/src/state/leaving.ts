import { useEffect } from 'preact/hooks';

/** What is asked before something that was not saved is left; by whoever has such a thing. */
const questions = new Map<object, string>();

/** Whether what is shown may be left: asks people if something of it is not saved. */
export function mayLeave(): boolean {
  const [question] = questions.values();
  return question === undefined || confirm(question);
}

addEventListener('beforeunload', (event) => {
  if (questions.size > 0) {
    event.preventDefault();
  }
});

/** Asks before the page is left as long as something is not saved. */
export function useUnsaved(unsaved: boolean, question: string): void {
  useEffect(() => {
    if (!unsaved) {
      return undefined;
    }
    const part = {};
    questions.set(part, question);
    return () => void questions.delete(part);
  }, [unsaved, question]);
}
