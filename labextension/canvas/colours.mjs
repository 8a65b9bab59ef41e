// Stands in for d3-color. React Flow's camera comes with d3-transition, which can also animate
// colours; ours moves boards and nothing else, so "this is no colour" is always the right answer.
function none() {
  return null;
}

export { none as color, none as cubehelix, none as hcl, none as hsl, none as lab, none as rgb };
