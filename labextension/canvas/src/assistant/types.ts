import type { ComponentType } from "react";

/** What the canvas knows of the assistant's bundle. */
export interface AssistantModule {
  /** The conversation, with what is asked and what it costs. */
  readonly Panel: ComponentType;
  /** The bar below the board that says what a proposal would change. */
  readonly ProposalBar: ComponentType;
}
