// Answers forms by a passkey (WebAuthn). A form says whether one is to be made or shown, where the
// options for the browser are asked for, and what to say when nothing comes of it.

const bytes = (text) =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));

const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

const withBytes = (list = []) => list.map((one) => ({ ...one, id: bytes(one.id) }));

// By hand: not every browser, and not every manager of passwords, has the methods that do this.
function readable(options) {
  const { challenge, user, excludeCredentials, allowCredentials } = options;
  return {
    ...options,
    challenge: bytes(challenge),
    ...(user && { user: { ...user, id: bytes(user.id) } }),
    ...(excludeCredentials && { excludeCredentials: withBytes(excludeCredentials) }),
    ...(allowCredentials && { allowCredentials: withBytes(allowCredentials) }),
  };
}

function writable({ id, type, response }) {
  const parts = ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'];
  const said = parts.filter((part) => response[part]).map((part) => [part, text(response[part])]);
  return JSON.stringify({ id, rawId: id, type, response: Object.fromEntries(said) });
}

async function answer(form) {
  const { passkey, options, failed } = form.dataset;
  const alert = form.querySelector('[role=alert]');
  alert.textContent = '';
  try {
    const asked = await fetch(options, {
      method: 'POST',
      body: new URLSearchParams(new FormData(form)),
    });
    const said = await asked.json();
    if (!asked.ok) {
      alert.textContent = said.words ?? failed;
      return;
    }
    const credential = await navigator.credentials[passkey]({ publicKey: readable(said) });
    form.elements.credential.value = writable(credential);
    form.submit();
  } catch {
    alert.textContent = failed;
  }
}

if (window.PublicKeyCredential) {
  for (const form of document.querySelectorAll('form[data-passkey]')) {
    form.hidden = false;
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      void answer(form);
    });
  }
}
