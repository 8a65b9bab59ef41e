import { Component, type ReactNode } from "react";

/** Shows what went wrong instead of an empty cell when drawing fails. */
export class Boundary extends Component<{ children: ReactNode }, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: unknown): { error: Error } {
    return { error: error instanceof Error ? error : new Error(String(error)) };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (!error) {
      return this.props.children;
    }
    return (
      <div className="ddd-broken" role="alert">
        <strong>The canvas could not be drawn.</strong>
        <p>
          Nothing was lost: the design is in Python and in its files. Try again; if it fails the
          same way, report this message.
        </p>
        <pre>{error.message}</pre>
        <button className="ddd-button" onClick={() => this.setState({ error: null })} type="button">
          Retry
        </button>
      </div>
    );
  }
}
