// Hands what the page says to the device, and what the device says to the form. All texts are in the page.
"use strict";

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (character) => character.charCodeAt(0));

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

const withBytes = (credentials) => (credentials ?? []).map((credential) => ({ ...credential, id: toBytes(credential.id) }));

/** What browsers want is what the page says, with bytes in the place of base64url. */
function read(json) {
  const options = JSON.parse(json);
  options.challenge = toBytes(options.challenge);
  if (options.user) {
    options.user.id = toBytes(options.user.id);
    options.excludeCredentials = withBytes(options.excludeCredentials);
  } else {
    options.allowCredentials = withBytes(options.allowCredentials);
  }
  return options;
}

/** The other way round. */
function write(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    const value = credential.response[name];
    if (value) response[name] = toText(value);
  }
  return JSON.stringify({ id: credential.id, rawId: toText(credential.rawId), type: credential.type, response });
}

function tell(kind) {
  const known = document.querySelector(`[data-melding="${CSS.escape(kind)}"]`);
  const text = (known ?? document.querySelector('[data-melding="anders"]')).textContent;
  const message = document.querySelector("#melding");
  message.className = kind === "bezig" ? "" : "fout";
  message.textContent = text;
}

async function ask(event) {
  event.preventDefault();
  const form = event.target;
  const publicKey = read(form.dataset.opties);
  const button = form.querySelector("button");
  button.disabled = true;
  tell("bezig");
  try {
    const credential = await (publicKey.user
      ? navigator.credentials.create({ publicKey })
      : navigator.credentials.get({ publicKey }));
    form.elements.antwoord.value = write(credential);
    form.submit();
  } catch (error) {
    tell(error.name);
    button.disabled = false;
    button.focus();
  }
}

if (window.PublicKeyCredential && navigator.credentials) {
  document.querySelector("#zonder").hidden = true;
  for (const form of document.querySelectorAll("form[data-opties]")) {
    form.hidden = false;
    form.addEventListener("submit", ask);
  }
}
