import { useSignal } from '@preact/signals';
import { type RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** Whether an element has been near what is seen of the page. */
export function useSeen<T extends Element>(): [RefObject<T | null>, boolean] {
  const element = useRef<T>(null);
  const seen = useSignal(false);
  useEffect(() => {
    if (!element.current) {
      return undefined;
    }
    const watching = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) {
          seen.value = true;
          watching.disconnect();
        }
      },
      { rootMargin: '200px' },
    );
    watching.observe(element.current);
    return () => watching.disconnect();
  }, [seen]);
  return [element, seen.value];
}
