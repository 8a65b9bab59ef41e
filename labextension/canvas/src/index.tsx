import type { Render } from "@anywidget/types";
import { ReactFlow } from "@xyflow/react";
import { createRoot } from "react-dom/client";
import "@xyflow/react/dist/style.css";

const render: Render = ({ el }) => {
  const root = createRoot(el);
  root.render(<ReactFlow nodes={[]} edges={[]} aria-label="Design canvas" />);
  return () => root.unmount();
};

export default { render };
