/** A text editor for YAML with colours and line numbers: a bundle of its own, loaded when first
 * needed. It knows nothing of the canvas.
 */
import { defaultKeymap, history, historyKeymap, indentMore } from "@codemirror/commands";
import { indentUnit, StreamLanguage, syntaxHighlighting } from "@codemirror/language";
import { yaml } from "@codemirror/legacy-modes/mode/yaml";
import { EditorState, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, keymap, lineNumbers } from "@codemirror/view";
import { classHighlighter } from "@lezer/highlight";
import type { EditorOptions, TextEditor } from "./types";

const INDENT = "  ";

const markLine = StateEffect.define<number>();
const marked = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(lines, transaction) {
    for (const effect of transaction.effects) {
      if (effect.is(markLine)) {
        const { doc } = transaction.state;
        const there = effect.value > 0 && effect.value <= doc.lines;
        return there
          ? Decoration.set(
              Decoration.line({ class: "ddd-bad-line" }).range(doc.line(effect.value).from),
            )
          : Decoration.none;
      }
    }
    return lines.map(transaction.changes);
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** An editor inside an element. */
export function createEditor(parent: HTMLElement, options: EditorOptions): TextEditor {
  let attributes = options.attributes;
  let silent = false;
  const keys = keymap.of([
    { key: "Mod-Enter", run: taken(options.onApply) },
    { key: "Escape", run: taken(options.onLeave) },
    { key: "Tab", run: indent },
    ...defaultKeymap,
    ...historyKeymap,
  ]);
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: options.text,
      extensions: [
        lineNumbers(),
        history(),
        keys,
        indentUnit.of(INDENT),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of(() => attributes),
        StreamLanguage.define(yaml),
        syntaxHighlighting(classHighlighter),
        marked,
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !silent) {
            options.onChange(update.state.doc.toString());
          }
        }),
      ],
    }),
  });
  return {
    setText(text) {
      if (text !== view.state.doc.toString()) {
        silent = true;
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
        silent = false;
      }
    },
    setAttributes(next) {
      attributes = next;
      view.dispatch({});
    },
    mark: (line) => view.dispatch({ effects: markLine.of(line) }),
    select(start, end) {
      const most = view.state.doc.length;
      const selection = { anchor: Math.min(start, most), head: Math.min(end, most) };
      view.dispatch({ selection, scrollIntoView: true });
      view.focus();
    },
    focus: () => view.focus(),
    close: () => view.destroy(),
  };
}

/** A command that is done whatever it does. */
function taken(act: () => void): () => boolean {
  return () => {
    act();
    return true;
  };
}

/** Indents at the caret, or the lines that are selected. */
function indent(view: EditorView): boolean {
  if (view.state.selection.ranges.some((range) => !range.empty)) {
    return indentMore(view);
  }
  view.dispatch(view.state.replaceSelection(INDENT));
  return true;
}
