/** What the canvas and the editor's bundle know of each other. */

export interface EditorOptions {
  readonly text: string;
  /** Of the element that takes the text: its name, its description, whether it is invalid. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly onChange: (text: string) => void;
  readonly onApply: () => void;
  readonly onLeave: () => void;
}

export interface TextEditor {
  setText(text: string): void;
  setAttributes(attributes: Readonly<Record<string, string>>): void;
  /** Marks a line, counted from 1, as wrong; 0 marks none. */
  mark(line: number): void;
  select(start: number, end: number): void;
  focus(): void;
  close(): void;
}

export interface EditorModule {
  createEditor(parent: HTMLElement, options: EditorOptions): TextEditor;
}
