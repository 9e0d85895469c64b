import type { ButtonHTMLAttributes, ComponentChildren } from 'preact';
import { Icon, type IconName } from './Icon';

interface Props extends Omit<ButtonHTMLAttributes, 'icon' | 'class'> {
  /** `main` for what a dialog or page is for, `quiet` for what stands beside figures. */
  kind?: 'main' | 'plain' | 'quiet' | 'danger';
  icon?: IconName;
  children?: ComponentChildren;
  class?: string;
}

/** A button with words. */
export function Button({ kind = 'plain', icon, children, class: more = '', ...attributes }: Props) {
  return (
    <button type="button" {...attributes} class={`button ${kind} ${more}`}>
      {icon && <Icon name={icon} />}
      {children}
    </button>
  );
}

/** A button with a picture alone, and a name for those who do not see it. */
export function IconButton({
  icon,
  label,
  ...attributes
}: Props & { icon: IconName; label: string }) {
  return (
    <Button {...attributes} kind={attributes.kind ?? 'quiet'} aria-label={label} title={label}>
      <Icon name={icon} />
    </Button>
  );
}
