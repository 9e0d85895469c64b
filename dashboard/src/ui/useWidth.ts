import { useSignal } from '@preact/signals';
import { type RefObject } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** How wide an element is, in pixels; 0 until it stands. */
export function useWidth<T extends Element>(): [RefObject<T | null>, number] {
  const element = useRef<T>(null);
  const width = useSignal(0);
  useLayoutEffect(() => {
    const box = element.current;
    if (!box) {
      return undefined;
    }
    width.value = box.clientWidth;
    const watching = new ResizeObserver(() => (width.value = box.clientWidth));
    watching.observe(box);
    return () => watching.disconnect();
  }, [width]);
  return [element, width.value];
}
