/** The assistant: a bundle of its own, loaded when it is first needed. */
export { Inline } from "./Inline";
export { Panel } from "./Panel";
export { ProposalBar } from "./ProposalBar";
