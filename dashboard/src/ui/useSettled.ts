import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** What is written, once nothing more has been written for a moment: not each letter is worth a question. */
export function useSettled(written: string, milliseconds = 150): string {
  const settled = useSignal(written);
  useEffect(() => {
    const timer = setTimeout(() => (settled.value = written), milliseconds);
    return () => clearTimeout(timer);
  }, [written, milliseconds, settled]);
  return settled.value;
}
