// Copy: the pins as a text, which a tab of the browser keeps when it is loaded anew or its server forgets them.

const COPY = `pins of ${window.location.pathname}`;

function readCopy() {
  try {
    return sessionStorage.getItem(COPY) ?? "";
  } catch {
    return ""; // the browser keeps nothing
  }
}

function writeCopy(text) {
  try {
    sessionStorage.setItem(COPY, text);
  } catch {
    // the browser keeps nothing, or there is no room: they last as long as the server
  }
}
