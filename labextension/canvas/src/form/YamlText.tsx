import { type KeyboardEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef } from "react";
import type { TextEditor } from "../editor/types";
import { useEditorModule } from "./editorModule";

const MOST_ROWS = 40;
const INDENT = "  ";

/** What others may do with the text. */
export interface TextHandle {
  focus(): void;
  /** Selects a line, counted from 1. */
  selectLine(line: number): void;
}

interface Props {
  readonly text: string;
  readonly label: string;
  /** Id of what describes it. */
  readonly describedBy: string;
  readonly invalid: boolean;
  /** A line that is wrong, counted from 1; 0 if none is. */
  readonly wrong: number;
  readonly onChange: (text: string) => void;
  readonly onApply: () => void;
  readonly ref: Ref<TextHandle>;
}

/** Lines of YAML to edit: with colours and numbers, or plainly where the editor is not there. */
export function YamlText(props: Props) {
  const { text, label, describedBy, invalid, wrong, onChange, onApply, ref } = props;
  const module = useEditorModule();
  const area = useRef<HTMLTextAreaElement>(null);
  const place = useRef<HTMLDivElement>(null);
  const editor = useRef<TextEditor | null>(null);
  // What was selected in the plain text, if it had the focus, when the editor took its place.
  const selected = useRef<[number, number] | null>(null);
  const latest = useRef(props);
  latest.current = props;
  const attributes = {
    "aria-describedby": describedBy,
    "aria-label": label,
    ...(invalid ? { "aria-invalid": "true" } : {}),
    autocapitalize: "off",
    spellcheck: "false",
  };
  const firstAttributes = useRef(attributes);
  useLayoutEffect(() => {
    if (!module || !place.current) {
      return;
    }
    const parent = place.current;
    const made = module.createEditor(parent, {
      attributes: firstAttributes.current,
      onApply: () => latest.current.onApply(),
      onChange: (next) => latest.current.onChange(next),
      onLeave: () => leave(parent),
      text: latest.current.text,
    });
    editor.current = made;
    if (selected.current) {
      made.select(...selected.current);
    }
    return () => {
      made.close();
      editor.current = null;
    };
  }, [module]);
  useLayoutEffect(() => {
    editor.current?.setText(text);
    editor.current?.setAttributes(attributes);
    editor.current?.mark(wrong);
  });
  const select = (start: number, end: number) => {
    editor.current?.select(start, end);
    area.current?.focus();
    area.current?.setSelectionRange(start, end);
  };
  useImperativeHandle(ref, () => ({
    focus: () => (editor.current ?? area.current)?.focus(),
    selectLine: (line) => select(...extentOf(text, line)),
  }));
  if (module) {
    return <div className="ddd-input ddd-editor" ref={place} />;
  }
  return (
    <textarea
      aria-describedby={describedBy}
      aria-invalid={invalid || undefined}
      aria-label={label}
      autoCapitalize="off"
      autoComplete="off"
      className="ddd-input ddd-code"
      onChange={(event) => onChange(event.target.value)}
      onKeyDown={(event) => onKey(event, onApply)}
      ref={(element) => {
        area.current = element;
        return () => {
          area.current = null;
          selected.current = element?.matches(":focus")
            ? [element.selectionStart, element.selectionEnd]
            : null;
        };
      }}
      rows={Math.min(MOST_ROWS, text.split("\n").length + 1)}
      spellCheck={false}
      value={text}
      wrap="off"
    />
  );
}

/** Keys of the plain text: it must be left by the keyboard as easily as it is indented. */
function onKey(event: KeyboardEvent<HTMLTextAreaElement>, apply: () => void): void {
  const area = event.currentTarget;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    apply();
  } else if (event.key === "Escape") {
    event.preventDefault();
    leave(area);
  } else if (event.key === "Tab" && !event.shiftKey && !area.readOnly) {
    event.preventDefault();
    indent(area);
  }
}

function leave(text: HTMLElement): void {
  text.closest(".ddd-spec")?.querySelector<HTMLElement>("[role=tab][aria-selected=true]")?.focus();
}

/** Indents at the caret, or the lines that are selected; as typing does it, so that the browser can
 * undo it.
 */
function indent(area: HTMLTextAreaElement): void {
  const { selectionStart, selectionEnd, value } = area;
  if (selectionStart === selectionEnd) {
    document.execCommand("insertText", false, INDENT);
    return;
  }
  const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const end = value[selectionEnd - 1] === "\n" ? selectionEnd - 1 : selectionEnd;
  const indented = value.slice(start, end).replace(/^(?=.)/gm, INDENT);
  area.setSelectionRange(start, end);
  document.execCommand("insertText", false, indented);
  area.setSelectionRange(start, start + indented.length);
}

/** Where a line begins and ends. */
function extentOf(text: string, line: number): [number, number] {
  const lines = text.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  return [start, start + (lines[line - 1]?.length ?? 0)];
}
