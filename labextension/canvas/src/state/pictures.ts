import { messageOf } from "../connection";
import { write } from "./clipboard";
import type { Session } from "./session";
import { type Action, action } from "./types";

/** Pixels of a PNG for each pixel of the board, where browsers can paint it that large. */
const SCALE = 2;
/** What every browser can paint: pixels of one side, and of the whole. */
const LONGEST = 16_000;
const LARGEST = 120_000_000;

/** Taking the board away as a picture or as text. */
export function exporting(session: Session): readonly Action[] {
  return [
    action("view", "svg", "Download SVG", () => void save(session, "SVG", svgFile)),
    action("view", "png", "Download PNG", () => void save(session, "PNG", pngFile)),
    action("view", "mermaid", "Copy as Mermaid text", () => void copyMermaid(session)),
  ];
}

/** Downloads a picture of the board, and says what went wrong if it did. */
async function save(
  session: Session,
  kind: "SVG" | "PNG",
  made: (svg: string) => Blob | Promise<Blob>,
): Promise<void> {
  try {
    const name = `${fileName(session)}.${kind.toLowerCase()}`;
    download(await made(await pictureOf(session)), name);
    session.note({ tone: "good", text: `Downloading ${name}.` });
  } catch (error) {
    session.note({ tone: "bad", text: `The ${kind} could not be created. ${messageOf(error)}` });
  }
}

async function pictureOf(session: Session): Promise<string> {
  const theme = session.root?.dataset.theme === "dark" ? "dark" : "light";
  const { text } = await session.call("export_picture", { format: "svg", theme });
  return text;
}

/** The place as a name for a file: `orders-place-order`; the system's own name for its map. */
function fileName(session: Session): string {
  const head = session.sheet()?.head;
  const name = head?.at.replace("/", "-") || head?.title || "system";
  return name.replace(/[^\p{L}\p{N}._-]+/gu, "-").replace(/^[-.]+|[-.]+$/g, "") || "system";
}

function svgFile(svg: string): Blob {
  return new Blob([svg], { type: "image/svg+xml" });
}

/** Paints the picture larger than life, or as large as the browser can. */
async function pngFile(svg: string): Promise<Blob> {
  const address = URL.createObjectURL(svgFile(svg));
  try {
    const image = await loaded(address);
    const scale = scaleFor(image.naturalWidth, image.naturalHeight);
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
    canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
    canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await painted(canvas);
  } finally {
    URL.revokeObjectURL(address);
  }
}

/** Pixels of the picture for each of the board. */
export function scaleFor(width: number, height: number): number {
  return Math.min(
    SCALE,
    LONGEST / Math.max(width, height, 1),
    Math.sqrt(LARGEST / Math.max(width * height, 1)),
  );
}

function loaded(address: string): Promise<HTMLImageElement> {
  return new Promise((resolve, reject) => {
    const image = new Image();
    image.onload = () => resolve(image);
    image.onerror = () =>
      reject(new Error("The browser cannot read the SVG. Download the SVG instead."));
    image.src = address;
  });
}

function painted(canvas: HTMLCanvasElement): Promise<Blob> {
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) =>
        blob
          ? resolve(blob)
          : reject(new Error("The board is too large for a PNG. Download the SVG instead.")),
      "image/png",
    );
  });
}

function download(file: Blob, name: string): void {
  const address = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // The browser reads the file after this returns.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

async function copyMermaid(session: Session): Promise<void> {
  const result = await session.gesture("export_picture", { format: "mermaid" });
  if (!result) {
    return;
  }
  if (await write(session, result.text)) {
    session.note({ tone: "good", text: "The Mermaid text is on the clipboard." });
  } else {
    session.note({
      tone: "bad",
      text: "The browser did not allow copying. Use project.mermaid() in the notebook instead.",
    });
  }
}
