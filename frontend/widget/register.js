/**
 * The script that a partner's page loads, once and asynchronously. It defines two elements:
 *
 *   <vote-register partner="acme" state="OH" lang="es"><a href="...">Register to vote</a></vote-register>
 *   <vote-deadline state="OH" lang="es"><a href="...">...</a></vote-deadline>
 *
 * Each shows a page of ours in a frame. What stands inside the element is shown until the frame says that it is ready,
 * and for good where it never does. Nothing that a person types is ever visible to the page around the frame, and this
 * script reads nothing of that page but the elements' own attributes and the language of the text around them.
 *
 * The page may be strict (Content Security Policy, Trusted Types) or hostile (prototypes changed, styles that hide
 * everything). So: no markup, no inline style, no global names; options without a prototype, own keys only, loops
 * instead of iterators, and what could be replaced later is taken at the start.
 */
(() => {
  "use strict";

  const NAMESPACE = "vr1"; // the protocol; also in the frame's own script
  const PATIENCE = 8000; // milliseconds that a frame in view may take to say that it is ready
  const TALLEST = 100_000; // pixels; a larger number is a mistake and would only make room for nothing
  const NARROW = 480; // pixels of width below which a short page becomes a long one
  const LONGEST_ANSWER = 200;

  // The getter of the prototype: an image named "currentScript" cannot stand before it.
  const script = Reflect.get(Document.prototype, "currentScript", document);
  const supported = "adoptedStyleSheets" in Document.prototype && "IntersectionObserver" in window;
  if (!(script instanceof HTMLScriptElement) || !script.src || !supported) return;
  if (customElements.get("vote-register")) return;
  const BASE = new URL(script.src).origin; // our site is where this script comes from

  const { setTimeout, clearTimeout, requestAnimationFrame, queueMicrotask } = window;
  const { freeze, getOwnPropertyNames, getOwnPropertyDescriptor } = Object;
  const { apply } = Reflect;
  const { exec } = RegExp.prototype;
  const { ceil, random } = Math;

  /** @type {(pattern: RegExp, value: unknown) => boolean} */
  const matches = (pattern, value) => typeof value === "string" && apply(exec, pattern, [value]) !== null;

  /** An object's own value of that name, never an inherited one. @type {(holder: object, name: string) => unknown} */
  const own = (holder, name) => getOwnPropertyDescriptor(holder, name)?.value;

  const SLUG = /^[a-z0-9][a-z0-9-]{0,59}$/;
  const STATE = /^[A-Za-z]{2}$/;
  /** What a source or a theme may be made of: the server keeps no other, and none needs escaping in an address. */
  const WORD = /^[A-Za-z0-9._~-]{1,60}$/;
  const SPANISH = /^es(-|$)/i;

  const isHeight = (value) => typeof value === "number" && value >= 0 && value <= TALLEST;
  const isState = (value) => matches(/^[A-Z]{2}$/, value);
  const isLanguage = (value) => value === "en" || value === "es";
  const isOutcome = (value) => value === "form_ready" || value === "handed_to_state";
  const isCode = (value) => matches(/^(bad_request|denied|not_found|server_error|off|gone)$/, value);

  /** The messages of the frame: each key of their data and what its value must be. Anything else is ignored. */
  const MESSAGES = {
    __proto__: null,
    ready: { __proto__: null, v: (value) => value === 1 },
    height: { __proto__: null, px: isHeight },
    step: { __proto__: null, step: (value) => matches(/^[a-z_]{1,30}$/, value), state: isState, lang: isLanguage },
    state: { __proto__: null, state: isState, lang: isLanguage },
    completed: { __proto__: null, state: isState, lang: isLanguage, outcome: isOutcome },
    error: { __proto__: null, code: isCode },
    navigate: { __proto__: null },
  };

  // What a page may fill in for a person whom it knows. Never a birth date, an identity number, a party, a race, a
  // declaration or a consent; the frame refuses those, too.
  const PREFILL = ["first_name", "last_name", "email", "phone", "address", "zip", "state", "lang", "source"];

  const ATTRIBUTES = {
    __proto__: null,
    allow: "clipboard-write",
    referrerpolicy: "strict-origin",
    sandbox: "allow-forms allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-downloads",
    loading: "lazy",
  };

  /** Important rules of a shadow tree win over important rules of the page around it. */
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { display: block !important; visibility: visible !important; opacity: 1 !important; clip: auto !important;
      clip-path: none !important; content-visibility: visible !important; height: auto !important;
      max-height: none !important; }
    :host([hidden]) { display: none !important; }
    ::slotted(a) { display: revert !important; visibility: visible !important; opacity: 1 !important; }
    slot[hidden] { display: none; } div { position: relative; }
    iframe { background: transparent; border: 0; display: block; height: 100%; inset: 0; margin: 0; padding: 0;
      position: absolute; visibility: hidden; width: 100%; }
    iframe.ready { visibility: visible; } iframe.sized { position: static; }
    div.vote-register.waiting { min-height: var(--vote-register-min-height, max(100vh, 720px)); }
    div.vote-deadline.waiting { min-height: var(--vote-deadline-min-height, 480px); }
    div.vote-deadline.waiting.narrow { min-height: var(--vote-deadline-min-height, 720px); }
  `);

  /**
   * What `data` says, without a prototype; null unless it has just the keys of `shape`, each as it is to be.
   * @type {(data: unknown, shape: Record<string, (value: unknown) => boolean>) => Record<string, any> | null}
   */
  function read(data, shape) {
    if (typeof data !== "object" || data === null) return null;
    const found = { __proto__: null };
    let count = 0;
    for (const name in shape) {
      const value = own(data, name);
      if (!shape[name](value)) return null;
      found[name] = value;
      count += 1;
    }
    return getOwnPropertyNames(data).length === count ? found : null;
  }

  /** That of the element, or of the text around it; English for any that we do not have. @param {Element} element */
  function languageOf(element) {
    const said = element.closest("[lang]")?.getAttribute("lang");
    return matches(SPANISH, said) ? "es" : "en";
  }

  /** An attribute as a part of an address; "" where it is not what it may be. */
  function part(element, name, pattern) {
    const value = element.getAttribute(name);
    return matches(pattern, value) ? `&${name}=${value}` : "";
  }

  /**
   * What tells the two elements apart. `title` is for people who hear the page; `told`: whether the frame is told of
   * another language, a theme and what to fill in; `path`: its page, null where an attribute is missing. @type {Kind}
   * @typedef {{name: string, attributes: string[], title: {en: string, es: string}, told: boolean,
   *   path: (element: Element) => string | null}} Kind
   */
  const REGISTER = {
    name: "vote-register",
    attributes: ["partner", "state", "lang", "theme", "source"],
    title: { en: "Register to vote", es: "Inscríbase para votar" },
    told: true,
    path(element) {
      const partner = element.getAttribute("partner");
      const more = part(element, "state", STATE) + part(element, "source", WORD);
      return matches(SLUG, partner) ? `/embed/${partner}/start/?lang=${languageOf(element)}${more}` : null;
    },
  };

  /** @type {Kind} */
  const DEADLINE = {
    name: "vote-deadline",
    attributes: ["state", "lang"],
    title: { en: "Last day to register to vote", es: "Último día para inscribirse para votar" },
    told: false,
    path(element) {
      const state = element.getAttribute("state");
      const prefix = languageOf(element) === "es" ? "es/" : "";
      return matches(STATE, state) ? `/embed/${prefix}deadline/${state}/` : null;
    },
  };

  let made = 0;
  /** An element with a frame of ours: made when the element is put on a page, gone when it is taken off. */
  class Framed extends HTMLElement {
    #kind;
    #slot = document.createElement("slot");
    #box = document.createElement("div");
    #iframe = /** @type {HTMLIFrameElement | null} */ (null);
    #view = /** @type {IntersectionObserver | null} */ (null);
    #answers = /** @type {Record<string, string> | null} */ (null);
    #id = "";
    #timer = 0;
    #ready = false;
    #opening = false;
    /** Whether the next word of the frame is that of another page or step, which is to be shown from its top. */
    #turned = false;
    #step = "";
    #height = 0;
    #painting = false;

    /** @param {Kind} kind */
    constructor(kind) {
      super();
      this.#kind = kind;
      const root = this.attachShadow({ __proto__: null, mode: "closed" });
      root.adoptedStyleSheets[0] = sheet;
      this.#box.className = kind.name;
      this.#box.appendChild(this.#slot);
      root.appendChild(this.#box);
    }

    /** Where a page moves the element as a whole, the frame and what was typed in it stay. */
    connectedMoveCallback() {}

    /** Several attributes that change at once, as frameworks do it, load the frame once. */
    attributeChangedCallback(name, before, after) {
      if (before === after || !this.isConnected || name === "source") return;
      const told = this.#ready && this.#kind.told;
      if (told && (name === "lang" || name === "theme")) return this.#tell(name);
      if (this.#opening) return;
      this.#opening = true;
      queueMicrotask(() => {
        this.#opening = false;
        this.disconnectedCallback();
        if (this.isConnected) this.connectedCallback();
      });
    }

    /**
     * Fill in what the page knows of the person, who sees it and may change it, instead of what was given before. Sent
     * with each page of the frame. Answers with the names that were taken: of a deadline, none.
     * @type {(answers: Record<string, string>) => string[]}
     */
    prefill(answers) {
      const kept = { __proto__: null };
      for (let index = 0; this.#kind.told && index < PREFILL.length; index += 1) {
        const name = PREFILL[index];
        const value = own(answers, name);
        if (typeof value !== "string" || value.length > LONGEST_ANSWER) continue;
        kept[name] = value;
      }
      this.#answers = kept;
      if (this.#ready) this.#post("prefill", kept);
      return getOwnPropertyNames(kept);
    }

    /** @param {"en" | "es"} lang */
    setLanguage(lang) {
      if (isLanguage(lang)) this.setAttribute("lang", lang);
    }

    /** Into the frame where there is one, else to the element itself. */
    focus(options) {
      if (!this.#ready) return super.focus(options);
      this.#iframe.focus();
      this.#post("focus", {});
    }

    /** Put the frame into the element. Without the attributes that it needs, what stands in the element stays. */
    connectedCallback() {
      const path = this.#kind.path(this);
      if (this.#iframe || path === null) return;
      made += 1;
      this.#id = `w${made}-${ceil(random() * 1e9)}`;
      const iframe = document.createElement("iframe");
      for (const name in ATTRIBUTES) iframe.setAttribute(name, ATTRIBUTES[name]);
      iframe.setAttribute("title", this.#kind.title[languageOf(this)]);
      iframe.setAttribute("src", BASE + path);
      iframe.addEventListener("load", this.#loaded);
      window.addEventListener("message", this.#heard);
      this.#iframe = iframe;
      this.#box.className = `${this.#kind.name} waiting ${this.clientWidth < NARROW ? "narrow" : ""}`;
      this.#box.appendChild(iframe);
      this.#view = new IntersectionObserver(this.#viewed);
      this.#view.observe(this);
    }

    /** Take the frame out and show what stands in the element. */
    disconnectedCallback() {
      if (!this.#iframe) return;
      this.#calm();
      window.removeEventListener("message", this.#heard);
      this.#iframe.removeEventListener("load", this.#loaded);
      this.#box.removeChild(this.#iframe);
      this.#box.className = this.#kind.name;
      this.#slot.hidden = false;
      this.#iframe = null;
      this.#ready = this.#turned = false;
      this.#step = "";
      this.#height = 0;
    }

    /** The clock runs from when the frame is in view: a lazy one further down has not been asked for yet. */
    #viewed = (entries) => {
      for (let index = 0; index < entries.length; index += 1) if (entries[index].isIntersecting) return this.#wait();
    };

    /** The frame has loaded a page, the first or a later one: say hello, so that it learns who it speaks with. */
    #loaded = () => {
      if (this.#ready) {
        this.#ready = false;
        this.#turned = true;
        this.#wait();
      }
      this.#post("hello", { v: 1 });
    };

    /** A message to this window: heard only from our origin, from this frame, and in the shape that it must have. */
    #heard = (event) => {
      if (event.origin !== BASE || event.source !== this.#iframe?.contentWindow) return;
      const message = read(event.data, {
        __proto__: null,
        ns: (value) => value === NAMESPACE,
        id: (value) => value === this.#id,
        type: (value) => typeof value === "string" && value in MESSAGES,
        data: (value) => typeof value === "object",
      });
      const data = message && read(message.data, MESSAGES[message.type]);
      if (data && message.type === "ready") this.#begin();
      else if (data && this.#ready) this.#follow(message.type, data);
    };

    /** The first page is ready, or a later one. */
    #begin() {
      const first = !this.#slot.hidden && !this.#turned;
      this.#calm();
      this.#ready = true;
      this.#slot.hidden = true;
      this.#iframe.classList.add("ready");
      if (this.#kind.told) this.#tell("theme");
      if (this.#answers) this.#post("prefill", this.#answers);
      if (this.#turned) this.#reveal();
      // The focus was on what the frame showed before: it goes to the heading of what it shows now.
      if (!first && document.activeElement === this) this.#post("focus", {});
      if (first) this.#announce("ready", { __proto__: null });
    }

    /** What the frame says once it is ready. */
    #follow(type, data) {
      if (type === "height") return this.#grow(data.px);
      if (type === "navigate" || (type === "step" && this.#step && this.#step !== data.step)) this.#turned = true;
      if (type === "navigate") return;
      if (type === "step") {
        this.#step = data.step;
        if (this.#turned) this.#reveal();
      }
      if (type === "completed") this.#answers = null;
      if (data.lang) this.#iframe.title = this.#kind.title[data.lang];
      this.#announce(type, data);
    }

    #wait() {
      if (!this.#timer && !this.#ready) this.#timer = setTimeout(this.#giveUp, PATIENCE);
    }

    /** No frame: the link stays. A later page that stays silent keeps the frame, with what was typed, and the link. */
    #giveUp = () => {
      this.#timer = 0;
      if (this.#turned) this.#slot.hidden = false;
      else this.disconnectedCallback();
      this.#announce("error", { __proto__: null, code: "timeout" });
    };

    #calm() {
      clearTimeout(this.#timer);
      this.#timer = 0;
      this.#view?.disconnect();
    }

    /** The frame's height follows its page, once for each picture that the browser draws. */
    #grow(px) {
      this.#height = ceil(px);
      if (this.#painting) return;
      this.#painting = true;
      requestAnimationFrame(() => {
        this.#painting = false;
        if (!this.#iframe || !this.#height) return;
        this.#iframe.classList.add("sized");
        this.#iframe.style.setProperty("height", `${this.#height}px`);
      });
    }

    /** Bring the top into view where only a lower part is in it: once for each page or step. */
    #reveal() {
      this.#turned = false;
      this.#box.className = this.#kind.name;
      const { top, bottom } = this.getBoundingClientRect();
      if (top >= 0 || bottom <= 0) return;
      requestAnimationFrame(() => this.scrollIntoView({ __proto__: null, block: "start", behavior: "instant" }));
    }

    /** Tell the frame what the attribute of that name says. @param {"lang" | "theme"} name */
    #tell(name) {
      const said = name === "lang" ? languageOf(this) : this.getAttribute(name);
      if (name === "lang") this.#iframe.title = this.#kind.title[said];
      if (matches(WORD, said)) this.#post(name, { [name]: said });
    }

    #post(type, data) {
      this.#iframe?.contentWindow?.postMessage({ ns: NAMESPACE, id: this.#id, type, data }, BASE);
    }

    /** An event for the page: which step, state, language and outcome, and nothing else, whatever happened. */
    #announce(type, data) {
      const { step = this.#step, state = "", lang = languageOf(this), outcome = data.code ?? "" } = data;
      const detail = freeze({ step, state, lang, outcome });
      const options = { __proto__: null, detail, bubbles: true, composed: true };
      this.dispatchEvent(new CustomEvent(`${this.localName}:${type}`, options));
    }
  }

  /** @param {Kind} kind */
  function define(kind) {
    class Widget extends Framed {
      static observedAttributes = kind.attributes;
      constructor() { super(kind); }
    }
    if (!customElements.get(kind.name)) customElements.define(kind.name, Widget);
  }

  define(REGISTER);
  define(DEADLINE);
})();
