import type { ComponentChildren } from 'preact';
import type { Failure } from '../api/request';
import { signIn } from '../state/session';
import { t } from '../text';
import { Button } from './Button';
import { Icon, type IconName } from './Icon';

interface Props {
  kind?: 'info' | 'warning';
  icon?: IconName;
  children: ComponentChildren;
}

/** Something said in place of figures, or beside them. */
export function Notice({ kind = 'info', icon = kind, children }: Props) {
  return (
    <div class={`notice ${kind}`} role={kind === 'warning' ? 'alert' : 'status'}>
      <Icon name={icon} />
      <div>{children}</div>
    </div>
  );
}

/** Why there is no answer, and what can be done about it. */
export function FailureNotice({ failure, retry }: { failure: Failure; retry: () => void }) {
  return (
    <Notice kind="warning">
      <p>{t().failures[failure.kind]}</p>
      {failure.message && <p class="detail">{failure.message}</p>}
      {failure.kind === 'signed-out' ? (
        <Button onClick={signIn}>{t().signIn}</Button>
      ) : (
        failure.kind !== 'invalid' &&
        failure.kind !== 'forbidden' && <Button onClick={retry}>{t().retry}</Button>
      )}
    </Notice>
  );
}

/** Nothing to show, and why. */
export function Empty({ children }: { children: ComponentChildren }) {
  return <div class="empty">{children}</div>;
}
