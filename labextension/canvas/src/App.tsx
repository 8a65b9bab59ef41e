import {
  type KeyboardEvent,
  type RefObject,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
} from "react";
import { Canvas } from "./canvas/Canvas";
import type { WidgetModel } from "./connection";
import { Dialogs } from "./dialogs/Dialogs";
import { focusDialog } from "./dialogs/Frame";
import { SpecPanel } from "./form/SpecPanel";
import { useLandmark } from "./ids";
import { press } from "./keys";
import { Assistant, Inline, ProposalBar } from "./panels/Assistant";
import { Banners } from "./panels/Banners";
import { ContextMenu } from "./panels/ContextMenu";
import { Dock } from "./panels/Dock";
import { type Height, HeightHandle, SMALLEST } from "./panels/HeightHandle";
import { showDesign, toggleAssistant, useLayout } from "./panels/layout";
import { Notes } from "./panels/Notes";
import { Outline } from "./panels/Outline";
import { Palette } from "./panels/Palette";
import { Problems } from "./panels/Problems";
import { StaleBanner } from "./panels/StaleBanner";
import { Start } from "./panels/Start";
import { NoBoard } from "./panels/States";
import { Tabs } from "./panels/Tabs";
import { Toolbar } from "./panels/Toolbar";
import { TypeSearch } from "./panels/TypeSearch";
import { type Asked, showAsked, tellUnsaved } from "./state/asked";
import { watchClipboard } from "./state/clipboard";
import { narrow } from "./state/filter";
import { isTextField } from "./state/focus";
import { useSession, useView } from "./state/session";
import type { Memory } from "./state/state";
import { type Theme, themeOf, watchTheme } from "./theme";

/** The whole widget. */
export function App({ host }: { host: WidgetModel }) {
  const session = useSession();
  const root = useRef<HTMLDivElement>(null);
  const theme = useTheme(root);
  const height = useHeight(host);
  const full = useFullScreen(root);
  useWidth(root);
  useFocusKept(root);
  useLayoutEffect(() => {
    session.root = root.current;
  }, [session]);
  useEffect(() => watchClipboard(session), [session]);
  useEffect(() => tellUnsaved(session), [session]);
  useEffect(() => {
    const element = root.current;
    const onToggle = () => toggleAssistant(session);
    const onDesign = () => showDesign(session);
    const onShow = (event: Event) => showAsked(session, (event as CustomEvent<Asked>).detail);
    element?.addEventListener("ddd-lab:show", onShow);
    element?.addEventListener("ddd-lab:assistant", onToggle);
    element?.addEventListener("ddd-lab:design", onDesign);
    return () => {
      element?.removeEventListener("ddd-lab:show", onShow);
      element?.removeEventListener("ddd-lab:assistant", onToggle);
      element?.removeEventListener("ddd-lab:design", onDesign);
    };
  }, [session]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: the region gives its parts their keys
    <section
      aria-label={useLandmark("DDD Lab canvas")}
      className="ddd-root"
      data-lm-suppress-shortcuts="true"
      data-theme={theme}
      onKeyDown={(event) => onKeyDown(event, session)}
      ref={root}
      style={{ height: full || host.get("fills") ? "100%" : height.pixels }}
      tabIndex={-1}
    >
      <Content />
      <Dialogs />
      <ContextMenu />
      <TypeSearch />
      <Inline />
      <Live />
      {full || host.get("fills") ? null : <HeightHandle {...height} />}
    </section>
  );
}

function Content() {
  const sheet = useView((state) => state.sheet);
  const layout = useLayout();
  if (!sheet) {
    return <NoBoard />;
  }
  return (
    <>
      <Toolbar />
      <Tabs />
      <Banners />
      <StaleBanner />
      <div className="ddd-middle">
        {layout.left ? (
          <Dock side="left" tabs={layout.left}>
            {layout.leftTab === "palette" ? <Palette /> : <Outline />}
          </Dock>
        ) : null}
        <div className="ddd-center">
          <Canvas sheet={sheet} />
          {layout.outline ? null : <Outline aside />}
          <FilterChip />
          <Notes />
          {sheet.cards.size === 0 ? <Start /> : null}
        </div>
        {layout.right ? (
          <Dock side="right" tabs={layout.right}>
            {layout.rightTab === "spec" ? <SpecPanel /> : null}
            {layout.rightTab === "palette" ? <Palette /> : null}
            {layout.rightTab === "outline" ? <Outline /> : null}
            {layout.rightTab === "assistant" ? <Assistant /> : null}
          </Dock>
        ) : null}
      </div>
      <ProposalBar />
      <Problems />
    </>
  );
}

/** What the board is narrowed down to; a press shows everything again. */
function FilterChip() {
  const session = useSession();
  const filter = useView((state) => state.filter);
  return filter ? (
    <button
      aria-label={`${filter.label}: show everything`}
      className="ddd-chip ddd-filter-chip"
      onClick={() => {
        narrow(session, null);
        session.root?.focus({ preventScroll: true });
      }}
      type="button"
    >
      {filter.label} <span aria-hidden="true">×</span>
    </button>
  ) : null;
}

/** What happened, for those who cannot see it happen. */
function Live() {
  const announcement = useView((state) => state.announcement);
  return (
    <div aria-live="polite" className="ddd-sr">
      {announcement}
    </div>
  );
}

function onKeyDown(
  event: KeyboardEvent<HTMLElement>,
  session: ReturnType<typeof useSession>,
): void {
  // JupyterLab's notebook takes the focus to the cell when a key reaches it while it does not find
  // the focus there, and the letters that follow would be commands that change the cell.
  event.stopPropagation();
  const target = event.target as HTMLElement;
  if (event.defaultPrevented || event.nativeEvent.isComposing || event.altKey) {
    return;
  }
  const ours = press(session, {
    key: event.key,
    mod: event.ctrlKey || event.metaKey,
    shift: event.shiftKey,
    typing: isTextField(target),
    inPanel: target.closest(".ddd-spec, .ddd-drawer, .ddd-assistant") !== null,
    card: target.matches(".react-flow__node") ? (target.dataset.cardId ?? "") : "",
    onCanvas: target === session.root || target.matches(".react-flow__node, .react-flow__pane"),
  });
  if (ours) {
    event.preventDefault();
  }
}

/** Where this stands, JupyterLab leaves keys alone. */
const SUPPRESS = "data-lm-suppress-shortcuts";

/** Keeps the focus inside when the focused element goes away, else no key would work any more. */
function useFocusKept(root: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = root.current;
    if (!element) {
      return;
    }
    let last: HTMLElement | null = null;
    let panel: HTMLElement | null = null;
    const onFocusIn = (event: FocusEvent) => {
      last = event.target as HTMLElement;
      // JupyterLab looks at the focused element before it looks at what is around: without the mark,
      // keys on our buttons, lists and cards would work on the notebook's cells as well.
      last.setAttribute(SUPPRESS, "true");
      panel = last.closest(".ddd-spec");
    };
    const onFocusOut = () => {
      const left = last;
      // Only now is it known whether the element lost the focus or went away with it.
      setTimeout(() => {
        if (left?.isConnected && !element.contains(document.activeElement)) {
          last = null;
        }
      });
    };
    const observer = new MutationObserver(() => {
      if (last && !last.isConnected && !element.contains(document.activeElement)) {
        last = null;
        const dialog = element.querySelector<HTMLElement>("[role=dialog]");
        if (dialog) {
          focusDialog(dialog);
        } else {
          (panel?.isConnected ? panel : element).focus({ preventScroll: true });
        }
      }
    });
    element.addEventListener("focusin", onFocusIn);
    element.addEventListener("focusout", onFocusOut);
    observer.observe(element, { childList: true, subtree: true });
    return () => {
      element.removeEventListener("focusin", onFocusIn);
      element.removeEventListener("focusout", onFocusOut);
      observer.disconnect();
    };
  }, [root]);
}

function useTheme(root: RefObject<HTMLElement | null>): Theme {
  const [theme, setTheme] = useState<Theme>("light");
  useLayoutEffect(() => {
    const element = root.current;
    if (!element) {
      return;
    }
    setTheme(themeOf(element));
    return watchTheme(element, setTheme);
  }, [root]);
  return theme;
}

/** The height that the notebook asked for, else one that fits the window; people can change it. */
function useHeight(host: WidgetModel): Height {
  const session = useSession();
  const { memory } = session;
  const [asked, setAsked] = useState(() => pixels(host.get("height")));
  const [chosen, setChosen] = useState(memory.height);
  const fitting = useWindowHeight();
  useEffect(() => {
    const read = () => setAsked(pixels(host.get("height")));
    host.on("change:height", read);
    return () => host.off("change:height", read);
  }, [host]);
  const choose = (height: number) => {
    memory.height = Math.max(SMALLEST, Math.round(height));
    setChosen(memory.height);
  };
  return { pixels: chosen || asked || fitting, choose };
}

/** What of the window a canvas takes, so that the cell above and below can still be seen. */
const SHARE = 0.75;

const fitting = () => Math.max(SMALLEST, Math.round(window.innerHeight * SHARE));

/** How high a canvas is outside of the full screen. */
export function heightOf(host: WidgetModel, { height }: Memory): number {
  return height || pixels(host.get("height")) || fitting();
}

function useWindowHeight(): number {
  const [height, setHeight] = useState(fitting);
  useEffect(() => {
    const onResize = () => setHeight(fitting());
    window.addEventListener("resize", onResize);
    return () => window.removeEventListener("resize", onResize);
  });
  return height;
}

/** Zero where no height was asked for. */
function pixels(value: unknown): number {
  return typeof value === "number" && value > 0 ? value : 0;
}

/** Whether the widget fills the screen. */
function useFullScreen(root: RefObject<HTMLElement | null>): boolean {
  const [full, setFull] = useState(false);
  useEffect(() => {
    const read = () =>
      setFull(root.current !== null && document.fullscreenElement === root.current);
    document.addEventListener("fullscreenchange", read);
    return () => document.removeEventListener("fullscreenchange", read);
  }, [root]);
  return full;
}

function useWidth(root: RefObject<HTMLElement | null>): void {
  const session = useSession();
  useLayoutEffect(() => {
    const element = root.current;
    if (!element) {
      return;
    }
    const measure = () => {
      const width = Math.round(element.getBoundingClientRect().width);
      if (width > 0 && width !== session.store.get().width) {
        session.store.set({ width });
      }
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [root, session]);
}
