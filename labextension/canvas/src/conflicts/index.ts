/** Resolving what a merge of Git has left: a bundle of its own, loaded when it is first needed. */
export { MergePlaces } from "./MergePlaces";
