import type { KeyboardEvent } from "react";

/** The input of a search whose matches are in a list below: the focus stays here. */
export function Combobox({
  label,
  list,
  current,
  words,
  placeholder,
  onWords,
  onKeyDown,
}: {
  label: string;
  list: string;
  /** The index of the chosen match; negative where there is none. */
  current: number;
  words: string;
  placeholder: string;
  onWords: (words: string) => void;
  onKeyDown?: (event: KeyboardEvent) => void;
}) {
  return (
    <input
      aria-activedescendant={current >= 0 ? `${list}${current}` : undefined}
      aria-autocomplete="list"
      aria-controls={list}
      aria-expanded={true}
      aria-label={label}
      autoComplete="off"
      className="ddd-input"
      onChange={(event) => onWords(event.target.value)}
      onKeyDown={onKeyDown}
      placeholder={placeholder}
      role="combobox"
      value={words}
    />
  );
}
