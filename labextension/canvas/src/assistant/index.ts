/** The assistant: a bundle of its own, loaded when it is first needed. */
export { Panel } from "./Panel";
export { ProposalBar } from "./ProposalBar";
