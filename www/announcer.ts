// Says things to screen readers that everyone else sees elsewhere.
import { byId } from "./dom.ts";

/** @param {string} text */
export function announce(text) {
  byId("announcer", HTMLParagraphElement).textContent = text;
}
