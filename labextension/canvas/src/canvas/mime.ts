/** What a palette entry carries while it is dragged onto the canvas. */
export const PALETTE_MIME = "application/x-ddd-lab-node";
