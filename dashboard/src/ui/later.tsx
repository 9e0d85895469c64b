import { useSignal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { Failure } from '../api/request';
import { FailureNotice } from './Notice';
import { Skeleton } from './Skeleton';

/** A component that is loaded when it is first shown. */
export function later<P extends object>(
  load: () => Promise<ComponentType<P>>,
  rows = 8,
): ComponentType<P> {
  let loaded: ComponentType<P> | null = null;
  return function Later(props: P) {
    const state = useSignal<'loading' | 'there' | 'failed'>(loaded ? 'there' : 'loading');
    const fetch = () => {
      state.value = 'loading';
      load().then(
        (component) => {
          loaded = component;
          state.value = 'there';
        },
        () => (state.value = 'failed'),
      );
    };
    useEffect(() => {
      if (!loaded) {
        fetch();
      }
      // eslint-disable-next-line react-hooks/exhaustive-deps -- once, when it is first shown
    }, []);
    const Loaded = loaded;
    if (state.value === 'there' && Loaded) {
      return <Loaded {...props} />;
    }
    return state.value === 'failed' ? (
      <FailureNotice failure={new Failure('offline')} retry={fetch} />
    ) : (
      <Skeleton rows={rows} />
    );
  };
}
