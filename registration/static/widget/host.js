// The line to the page around the frame: opened by its hello, kept to one origin and one window.

import { make, read } from "./messages.js";

/** @typedef {import("./messages.js").Incoming} Incoming */

/**
 * @param {string} origin
 * @param {string[]} hosts  exact origins; "*" is any that has a name
 */
export function isAllowed(origin, hosts) {
  return hosts.includes(origin) || (hosts.includes("*") && /^https?:\/\//.test(origin));
}

export class Host {
  /**
   * @param {Window} window
   * @param {string[]} hosts
   * @param {(message: Incoming) => void} heard  called for every message that is meant for us, the hello first
   */
  constructor(window, hosts, heard) {
    this.parent = window.parent;
    this.hosts = hosts;
    this.heard = heard;
    this.origin = "";
    this.id = "";
    if (this.parent !== window) window.addEventListener("message", (event) => this.listen(event));
  }

  /** @param {MessageEvent} event */
  listen(event) {
    if (event.source !== this.parent || !isAllowed(event.origin, this.hosts)) return;
    const message = read(event.data);
    if (!message) return;
    if (message.type === "hello") {
      this.origin = event.origin;
      this.id = message.id;
    }
    if (event.origin !== this.origin || message.id !== this.id) return;
    this.heard(message);
  }

  /**
   * Says nothing before the host has said hello.
   * @param {string} type
   * @param {Record<string, unknown>} data
   */
  tell(type, data = {}) {
    const message = this.origin ? make(this.id, type, data) : null;
    if (message) this.parent.postMessage(message, this.origin);
  }
}
