// What happened, next to what caused it.
import { make } from "./dom.ts";
import { adviceOf, factsOf, meaningOf, outcomeOf, TITLES } from "./outcome-words.ts";

/** @typedef {import("./upbit-cancel-order.js").CancelResult} CancelResult */
/** @typedef {import("./upbit-cancel-order.js").UpbitError} UpbitError */

/**
 * @param {UpbitError} error
 * @returns {HTMLElement[]} why, what to do, and the facts
 */
export function explainError(error) {
  const advice = adviceOf(error);
  return [
    make("p", { class: "why" }, sentence(error.message)),
    ...(advice === null ? [] : [make("p", { class: "advice" }, advice)]),
    make("p", { class: "error-facts code" }, factsOf(error).join(" · ")),
  ];
}

/**
 * What became of one order. A success is no alert: the page announces every result.
 * @param {CancelResult} result
 * @returns {HTMLElement}
 */
export function outcomePanel(result) {
  const outcome = outcomeOf(result);
  const title = make("p", { class: "panel-title" }, make("strong", {}, TITLES[outcome]), meaningOf(result));
  const attributes = { class: "alert", "data-outcome": outcome };
  if (result.ok) return make("div", attributes, title);
  return make("div", { ...attributes, role: "alert" }, title, ...explainError(result.error));
}

/** @param {string} text */
export function alertPanel(text) {
  return make("div", { class: "alert", role: "alert" }, make("p", {}, text));
}

/** @param {string} text of the package, which begins in lower case for programs */
function sentence(text) {
  const end = /[.!?)]$/.test(text) ? "" : ".";
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${end}`;
}
