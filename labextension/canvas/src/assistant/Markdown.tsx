import { Fragment, memo } from "react";
import { blocksOf, type Inline, type MarkdownBlock } from "./blocks";

/** An answer as it is meant to be read; nothing of it is ever HTML. */
export const Markdown = memo(function Markdown({ text }: { text: string }) {
  return (
    <div className="ddd-md">
      {blocksOf(text).map((block, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a text only grow at its end
        <BlockOf block={block} key={index} />
      ))}
    </div>
  );
});

function BlockOf({ block }: { block: MarkdownBlock }) {
  switch (block.kind) {
    case "heading":
      return (
        <p className="ddd-md-heading">
          <Words content={block.content} />
        </p>
      );
    case "list": {
      const List = block.ordered ? "ol" : "ul";
      return (
        <List className="ddd-md-list">
          {block.items.map((item, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: see above
            <li key={index} style={{ marginLeft: 14 * item.depth }}>
              <Words content={item.content} />
            </li>
          ))}
        </List>
      );
    }
    case "code":
      return (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        <pre className="ddd-md-code" tabIndex={0}>
          {block.text}
        </pre>
      );
    case "quote":
      return (
        <blockquote>
          <Words content={block.content} />
        </blockquote>
      );
    case "table":
      return (
        <table>
          <tbody>
            {block.rows.map((row, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: see above
              <tr key={index}>
                {row.map((cell, column) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: see above
                  <td key={column}>
                    <Words content={cell} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      );
    case "rule":
      return <hr />;
    default:
      return (
        <p>
          <Words content={block.content} />
        </p>
      );
  }
}

function Words({ content }: { content: readonly Inline[] }) {
  return content.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the words of a text only grow at its end
    <Fragment key={index}>{word(part)}</Fragment>
  ));
}

function word(part: Inline) {
  switch (part.kind) {
    case "strong":
      return <strong>{part.text}</strong>;
    case "emphasis":
      return <em>{part.text}</em>;
    case "code":
      return <code>{part.text}</code>;
    case "link":
      return (
        <a href={part.address} rel="noopener noreferrer" target="_blank" title={part.address}>
          {part.text}
        </a>
      );
    default:
      return part.text;
  }
}
