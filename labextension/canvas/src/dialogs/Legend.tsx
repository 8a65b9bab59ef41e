import { headTransform } from "../canvas/path";
import { HEAD_LOOKS, STROKE_LOOKS } from "../edgeLooks";
import { useLandmark } from "../ids";
import { SIGNS, Sign } from "../panels/ProblemMark";
import { Refusal } from "../panels/Refusal";
import type { LineSign } from "../protocol";
import { useAsking } from "../state/useAsking";

const PROBLEMS = { error: "Error", warning: "Warning", info: "Hint", todo: "To do" } as const;

/** What the signs of boards mean, as they are drawn there. */
export function Legend() {
  const { result, error } = useAsking("legend", {}, 0);
  const name = useLandmark("Legend");
  if (!result) {
    return <Refusal error={error} />;
  }
  return (
    <section aria-label={name} className="ddd-legend">
      <h3 className="ddd-caption">Cards</h3>
      <ul className="ddd-list">
        {result.cards.map(({ icon, category, words }) => (
          <li key={words}>
            <span aria-hidden="true" className="ddd-icon" data-category={category}>
              {icon}
            </span>
            <span>{words}</span>
          </li>
        ))}
      </ul>
      <h3 className="ddd-caption">Lines</h3>
      <ul className="ddd-list">
        {result.lines.map((line) => (
          <li key={line.words}>
            <Line {...line} />
            <span>{line.words}</span>
          </li>
        ))}
      </ul>
      <h3 className="ddd-caption">Badges and marks</h3>
      <ul className="ddd-list">
        {result.badges.map(({ text, title, tone }) => (
          <li key={text}>
            <span className="ddd-badge" data-tone={tone}>
              {text}
            </span>
            <span>{title}</span>
          </li>
        ))}
        {(Object.keys(SIGNS) as (keyof typeof SIGNS)[]).map((severity) => (
          <li key={severity}>
            <Sign severity={severity} />
            <span>{PROBLEMS[severity]}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}

const FROM = { x: 2, y: 8 };
const TO = { x: 46, y: 8 };

function Line({ stroke, head }: LineSign) {
  const { width, dash, round_ends, core } = STROKE_LOOKS[stroke];
  const { path, fill, width: outline } = HEAD_LOOKS[head];
  const way = `M${FROM.x} ${FROM.y}H${TO.x - 6}`;
  return (
    <svg aria-hidden="true" className="ddd-legend-line" viewBox="0 0 50 16">
      <path
        className="ddd-link"
        d={way}
        strokeDasharray={dash || undefined}
        strokeLinecap={round_ends ? "round" : undefined}
        strokeWidth={width}
      />
      {core ? <path className="ddd-link-core" d={way} strokeWidth={core} /> : null}
      <path
        className="ddd-arrow"
        d={path}
        data-fill={fill}
        strokeWidth={stroke === "double" ? width : outline}
        transform={headTransform([FROM, TO])}
      />
    </svg>
  );
}
