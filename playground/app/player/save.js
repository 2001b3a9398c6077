// Save: the button beside the title of a figure that saves it, as one of several formats.

const FORMATS = ["svg", "png"];
const ARROW = "M11 4h2v8.2l3-3L17.4 10.6 12 16 6.6 10.6 8 9.2l3 3zM5 18h14v2H5z";

class Save {
  /** `save` is called with a format. */
  constructor(name, save) {
    this.box = Object.assign(document.createElement("div"), { className: "save" });
    this.menu = Object.assign(document.createElement("div"), { className: "menu", id: `save-${name}`, popover: "auto" });
    this.opener = Object.assign(document.createElement("button"), { type: "button", title: "Save this figure as a picture", popoverTargetElement: this.menu });
    this.opener.append(drawn("svg", { viewBox: "0 0 24 24", "aria-hidden": "true" }, drawn("path", { d: ARROW })));
    this.buttons = FORMATS.map((format) => Object.assign(document.createElement("button"), { type: "button", textContent: format.toUpperCase(),
      onclick: () => { this.menu.hidePopover(); save(format); } }));
    this.menu.append(...this.buttons);
    this.menu.ontoggle = ({ newState }) => newState === "open" && this.buttons[0].focus();
    this.menu.onbeforetoggle = () => this.place();
    this.box.append(this.opener, this.menu);
  }

  /** Below its button. */
  place() {
    const { right, bottom } = this.opener.getBoundingClientRect();
    Object.assign(this.menu.style, { top: `${bottom + 4}px`, right: `${document.documentElement.clientWidth - right}px` });
  }

  /** Another panel is in front. */
  turn(panel) {
    this.box.hidden = !panel.plot;
    this.opener.setAttribute("aria-label", `Save ${panel.spec.title}`);
    this.buttons.forEach((button, i) => button.setAttribute("aria-label", `Save ${panel.spec.title} as ${FORMATS[i].toUpperCase()}`));
  }
}
