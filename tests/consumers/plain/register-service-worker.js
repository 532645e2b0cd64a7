await navigator.serviceWorker.register("service-worker.js", { type: "module" });
