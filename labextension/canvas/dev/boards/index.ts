/** Made-up boards for looking at the canvas without Python. */
export { upright } from "./agents";
export { large } from "./large";
export { lending, system } from "./maps";
export { borrow, empty, remind } from "./sheets";
