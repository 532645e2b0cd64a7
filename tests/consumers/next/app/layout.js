import { createElement } from "react";

/** @param {{ children: import("react").ReactNode }} properties */
export default function Layout({ children }) {
  return createElement("html", { lang: "en" }, createElement("body", null, children));
}
