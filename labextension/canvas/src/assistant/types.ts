import type { ComponentType } from "react";
import type { InlineAction } from "../state/types";

/** What the canvas knows of the assistant's bundle. */
export interface AssistantModule {
  /** The conversation, with what is asked and what it costs. */
  readonly Panel: ComponentType;
  /** The bar below the board that says what a proposal would change. */
  readonly ProposalBar: ComponentType;
  /** What a model does for one node, line or board, beside it. */
  readonly Inline: ComponentType<{ inline: InlineAction }>;
}
