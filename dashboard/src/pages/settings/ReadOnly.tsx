import type { Role } from '../../api/me';
import { Notice } from '../../ui/Notice';
import { roleName } from './roles';
import { words } from './shellText';

/** Says that what is shown may be looked at, but not changed. */
export function ReadOnly({ needed }: { needed: Role }) {
  return (
    <Notice icon="lock">
      <p>{words().readOnly(roleName(needed))}</p>
    </Notice>
  );
}
