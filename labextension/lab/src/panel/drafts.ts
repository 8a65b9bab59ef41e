import type { PromptView } from "../wire";

/** A prompt that was built, as the person has it: nothing is sent before they say Run. */
export interface Draft {
  readonly built: PromptView;
  readonly text: string;
  /** Somebody has had it open. */
  readonly seen: boolean;
}

export function draftOf(built: PromptView): Draft {
  return { built, text: built.text, seen: false };
}

/** What a draft is for, and its key among the others. */
export function subject(built: PromptView): string {
  return [...built.flows, ...built.schemas].join(", ");
}

export function isEdited(draft: Draft): boolean {
  return draft.text !== draft.built.text;
}

/** About how many tokens, going by what the server counted for the text that it built. */
export function tokens(draft: Draft): number {
  const { text, tokens } = draft.built;
  return text === "" ? 0 : Math.round((tokens * draft.text.length) / text.length);
}

/** The prompt as the person has left it. */
export function promptOf(draft: Draft): PromptView {
  return { ...draft.built, text: draft.text };
}
