import type { PromptView } from "../protocol";

/** A prompt that was built, as the person has it: nothing is sent before they say Run. */
export interface Draft {
  readonly built: PromptView;
  readonly text: string;
  /** Somebody has had it open. */
  readonly seen: boolean;
  /** It was edited when another text was built than now. */
  readonly outdated: boolean;
}

/**
 * A draft of a prompt that was built just now.
 *
 * @param built the prompt.
 * @param before the draft of the same, if there is one: what was edited in it stays.
 */
export function draftOf(built: PromptView, before?: Draft): Draft {
  if (before === undefined || !isEdited(before)) {
    return { built, text: built.text, seen: false, outdated: false };
  }
  return { ...before, built, outdated: before.outdated || before.built.text !== built.text };
}

/** What a draft is for. */
export function subject(built: PromptView): string {
  return [...built.flows, ...built.schemas].join(", ");
}

/** The key of a draft: a flow may be implemented, and its tests mended. */
export function keyOf(built: PromptView): string {
  return `${built.kind} ${subject(built)}`;
}

export function isEdited(draft: Draft): boolean {
  return draft.text !== draft.built.text;
}

/** What is kept where drafts make room for others: those that were edited join the ones before. */
export function putAway(
  drafts: readonly Draft[],
  kept: ReadonlyMap<string, Draft>,
): Map<string, Draft> {
  const edited = drafts.filter(isEdited).map((draft) => [keyOf(draft.built), draft] as const);
  return new Map([...kept, ...edited]);
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
