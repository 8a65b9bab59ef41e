// Stands in for d3-transition, of which React Flow's camera uses a small part: a movement of one
// element that takes its time, can be interrupted, and tells when it begins and ends.
// React Flow itself brings this one.
import { selection } from "d3-selection";

/** Movements by the element that they move, the one that is under way or about to begin. */
const moving = new WeakMap();

const MOMENTS = /(start|interrupt|end)(?:\.\w+)?/g;

class Transition {
  #selection;
  #duration = 250;
  #ease = (part) => part;
  #listeners = [];
  #tweens = [];

  constructor(chosen) {
    this.#selection = chosen;
    chosen.each((_, index, group) => begin(this, group[index]));
  }

  selection() {
    return this.#selection;
  }

  duration(milliseconds) {
    this.#duration = milliseconds;
    return this;
  }

  ease(ease) {
    this.#ease = ease;
    return this;
  }

  on(names, does) {
    for (const [, moment] of names.matchAll(MOMENTS)) {
      this.#listeners.push([moment, does]);
    }
    return this;
  }

  tween(_name, make) {
    this.#tweens.push(make);
    return this;
  }

  tell(moment, element) {
    for (const [when, does] of this.#listeners) {
      if (when === moment) {
        does.call(element, element.__data__, 0, [element]);
      }
    }
  }

  /** What moves an element to a moment, in milliseconds after the start; false at the end. */
  started(element) {
    this.tell("start", element);
    const steps = this.#tweens.map((make) => make.call(element, element.__data__, 0, [element]));
    return (after) => {
      const part = Math.min(1, after / this.#duration);
      for (const step of steps) {
        step.call(element, this.#ease(part));
      }
      return part < 1;
    };
  }
}

function begin(transition, element) {
  interrupt(element);
  const motion = { transition, started: false, frame: 0 };
  moving.set(element, motion);
  motion.frame = requestAnimationFrame((start) => {
    motion.started = true;
    const move = transition.started(element);
    const go = (now) => {
      if (moving.get(element) !== motion) {
        return;
      }
      if (move(now - start)) {
        motion.frame = requestAnimationFrame(go);
      } else {
        moving.delete(element);
        transition.tell("end", element);
      }
    };
    go(start);
  });
}

/** Ends the movement of an element where it is. */
export function interrupt(element) {
  const motion = moving.get(element);
  if (motion) {
    moving.delete(element);
    cancelAnimationFrame(motion.frame);
    if (motion.started) {
      motion.transition.tell("interrupt", element);
    }
  }
}

selection.prototype.transition = function transition() {
  return new Transition(this);
};
selection.prototype.interrupt = function interruptAll() {
  return this.each((_, index, group) => interrupt(group[index]));
};
