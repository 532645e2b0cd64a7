import { join } from "node:path";

// Next.js itself is installed one folder above, for all consumers.
const root = join(import.meta.dirname, "..");

export default { turbopack: { root }, outputFileTracingRoot: root };
