import type { Session } from "./session";

/** Gives the widget the whole screen, or takes it back to its place. */
export function toggleFullScreen(session: Session): void {
  if (document.fullscreenElement) {
    void document.exitFullscreen();
  } else {
    session.root?.requestFullscreen().catch(() => {
      session.note({ tone: "info", text: "This browser does not allow full screen here." });
    });
  }
}
