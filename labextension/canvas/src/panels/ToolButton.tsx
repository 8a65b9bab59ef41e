import type { ReactNode } from "react";
import { Icon, type IconName } from "./Icon";

export function ToolButton({
  label,
  title,
  icon,
  text = false,
  primary = false,
  disabled = false,
  busy = false,
  pressed,
  onPress,
}: {
  label: string;
  title?: string;
  icon?: IconName;
  text?: boolean;
  primary?: boolean;
  disabled?: boolean;
  busy?: boolean;
  pressed?: boolean;
  onPress: () => void;
}): ReactNode {
  return (
    <button
      aria-busy={busy || undefined}
      // Not `disabled`: a button that loses the focus while it works would take the keys with it.
      aria-disabled={disabled || busy || undefined}
      aria-label={text ? undefined : label}
      aria-pressed={pressed}
      className={`ddd-button ${primary ? "ddd-primary" : "ddd-quiet-button"}`}
      onClick={() => {
        if (!disabled && !busy) {
          onPress();
        }
      }}
      title={title ?? label}
      type="button"
    >
      {icon ? <Icon name={icon} /> : null}
      {text ? label : null}
    </button>
  );
}
