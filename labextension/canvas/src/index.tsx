import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App, heightOf } from "./App";
import type { WidgetModel } from "./connection";
import { Boundary } from "./panels/Boundary";
import { canvasSize } from "./panels/layout";
import { Session, SessionProvider } from "./state/session";
import "@xyflow/react/dist/base.css";
import "./style/theme.css";
import "./style/controls.css";
import "./style/frame.css";
import "./style/canvas.css";
import "./style/links.css";
import "./style/boundaries.css";
import "./style/panels.css";
import "./style/form.css";
import "./style/menu.css";
import "./style/dialogs.css";
import "./style/spec.css";
import "./style/implementing.css";

/** Shows the canvas of a widget in an element; anywidget calls this once per view. */
function render({ model, el }: { model: WidgetModel; el: HTMLElement }): () => void {
  const session = new Session(model);
  const root = createRoot(el);
  root.render(
    <StrictMode>
      <Boundary>
        <SessionProvider value={session}>
          <App host={model} />
        </SessionProvider>
      </Boundary>
    </StrictMode>,
  );
  session.room = (at) => {
    const { width, height } = el.getBoundingClientRect();
    const high = model.get("fills") ? height : heightOf(model, session.memory);
    const size = { width: Math.round(width), height: Math.round(high) };
    return width > 0 ? canvasSize(session.store.get().panels, size, at) : null;
  };
  void session.hello();
  return () => {
    session.close();
    // React must not be unmounted while it is rendering.
    setTimeout(() => root.unmount());
  };
}

export default { render };
