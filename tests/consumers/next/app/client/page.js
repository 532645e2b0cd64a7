"use client";
import { useEffect } from "react";
import * as api from "upbit-cancel-order";
import { runSuite } from "../../suite.js";

export default function Page() {
  useEffect(() => void runSuite(api, location.origin), []);
  return "A page of Next.js";
}
