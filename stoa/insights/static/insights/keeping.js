// Makes one element say what another says, and leaves alone what is the same: focus, open tables and scroll places stay.

const READERS = new Set(["open", "tabindex", "data-begun"]); // what whoever reads the page has done with it

export function keep(old, fresh) {
  if (!alike(old, fresh)) return old.replaceWith(fresh);
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return undefined;
  }
  keepAttributes(old, fresh);
  return keepChildren(old, fresh);
}

function alike(old, fresh) {
  return old.nodeType === fresh.nodeType && old.nodeName === fresh.nodeName && (old.id || "") === (fresh.id || "");
}

function keepAttributes(old, fresh) {
  for (const { name, value } of [...fresh.attributes]) {
    if (!READERS.has(name) && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  for (const { name } of [...old.attributes]) {
    if (!READERS.has(name) && !fresh.hasAttribute(name)) old.removeAttribute(name);
  }
}

function keepChildren(old, fresh) {
  const after = [...fresh.childNodes];
  const before = [...old.childNodes];
  after.forEach((child, place) => {
    if (before[place]) keep(before[place], child);
    else old.append(child);
  });
  before.slice(after.length).forEach((child) => child.remove());
}
