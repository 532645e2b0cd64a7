// The server serves the package itself under this name.
export * from "../js/index.js";
