import { Fragment } from "react";
import { ToolButton } from "../panels/ToolButton";
import { MOD } from "../state/clipboard";
import { useSession } from "../state/session";
import { Frame } from "./Frame";
import { Legend } from "./Legend";

const KEYS: readonly (readonly [string, readonly (readonly [string, string])[]])[] = [
  [
    "Navigation",
    [
      ["Enter", "Open the card, or its spec if it cannot be opened"],
      ["Backspace", "One level up, or back from a sub-flow, where nothing is selected"],
      ["Esc", "Stop, close, deselect, and then go one level up"],
      ["Tab", "The next card in reading order"],
      ["F", "Show the whole board"],
      ["Shift+F", "Full screen, and back"],
      [`${MOD}K`, "Search the whole design"],
    ],
  ],
  [
    "Selecting",
    [
      ["Space", "Add the focused card to the selection, or remove it"],
      [`Shift or ${MOD}click`, "The same with the mouse"],
      ["Shift+drag", "Select all cards in a rectangle"],
      [`${MOD}A`, "Select everything"],
    ],
  ],
  [
    "Editing",
    [
      ["Arrow keys", "Move the selection by 10 pixels, with Shift by 50"],
      ["A", "Add a card after the selected one, in the selected line, or in view"],
      ["C", "Connect the card"],
      ["N", "Write a note on the sheet"],
      ["Delete, Backspace", "Delete what is selected"],
      [`${MOD}C, ${MOD}X, ${MOD}V`, "Copy, cut and paste cards as YAML text"],
      [`${MOD}D`, "Duplicate cards"],
      ["Alt+drag", "Move cards without snapping to others"],
      ["C on a map", "Wire an event to another card"],
      ["F2", "Rename the card, or write in the note"],
      ["Shift+F10", "Show all actions for the selection"],
      [`${MOD}H`, "Find and replace in the specs"],
      [`${MOD}Z`, "Undo"],
      [`${MOD}Shift+Z`, "Redo"],
      [`${MOD}S`, "Save"],
    ],
  ],
  [
    "Assistant",
    [
      ["L", "Show or hide the assistant"],
      ["M", "Show or hide what the project remembers"],
      [`${MOD}Alt+L`, "The same from anywhere in JupyterLab"],
      [`${MOD}.`, "Have a model do the first thing that fits the selection: ✦ in its menu"],
      ["Enter, Esc", "Apply what is proposed on the board, or discard it"],
      ["Enter in a question", "Ask; Shift+Enter begins a new line"],
      ["@, /", "Name a flow, node, schema or event; a command"],
    ],
  ],
  [
    "Elsewhere",
    [
      [`${MOD}I`, "Show or hide the implementation panel of JupyterLab"],
      [`${MOD}Alt+I`, "The same from anywhere in JupyterLab"],
      ["Delete on a tab", "Close the sheet"],
      ["?", "Show these keys"],
    ],
  ],
];

/** What every key does. */
export function Keys() {
  const session = useSession();
  return (
    <Frame title="Keys and legend" wide>
      <p className="ddd-quiet">They work while the canvas has the focus, outside text fields.</p>
      <div className="ddd-keysheet">
        {KEYS.map(([title, keys]) => (
          <div key={title}>
            <h3 className="ddd-caption">{title}</h3>
            <dl>
              {keys.map(([key, does]) => (
                <Fragment key={key}>
                  <dt>{key}</dt>
                  <dd>{does}</dd>
                </Fragment>
              ))}
            </dl>
          </div>
        ))}
      </div>
      <Legend />
      <div className="ddd-buttons">
        <ToolButton label="Close" onPress={() => session.dialog(null)} text />
      </div>
    </Frame>
  );
}
