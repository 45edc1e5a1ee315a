// Passkeys: a form with data-passkey asks the server what the device must answer, lets the device answer, and is sent with that.

const bytes = text => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), c => c.charCodeAt(0));
const text = buffer => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

const credentialOf = answer => {
    const { response } = answer;
    const told = { clientDataJSON: text(response.clientDataJSON) };
    if (response.attestationObject) {
        told.attestationObject = text(response.attestationObject);
        told.transports = response.getTransports?.() ?? [];
    } else {
        told.authenticatorData = text(response.authenticatorData);
        told.signature = text(response.signature);
        if (response.userHandle) told.userHandle = text(response.userHandle);
    }
    return JSON.stringify({
        id: answer.id, rawId: text(answer.rawId), type: answer.type, response: told,
        clientExtensionResults: answer.getClientExtensionResults(), authenticatorAttachment: answer.authenticatorAttachment ?? undefined,
    });
};

async function answer(form) {
    const asked = await fetch(form.dataset.passkey, { method: 'POST', body: new URLSearchParams(new FormData(form)) });
    if (!asked.ok) throw new Error(asked.status === 429 ? await asked.text() : '');
    const { challenge, options } = await asked.json();
    options.challenge = bytes(options.challenge);
    for (const known of [...options.excludeCredentials ?? [], ...options.allowCredentials ?? []]) known.id = bytes(known.id);
    if (options.user) options.user.id = bytes(options.user.id);
    const given = options.user ? await navigator.credentials.create({ publicKey: options }) : await navigator.credentials.get({ publicKey: options });
    form.elements.challenge.value = challenge;
    form.elements.credential.value = credentialOf(given);
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
    const problem = form.querySelector('[role="alert"]');
    form.addEventListener('submit', async event => {
        event.preventDefault();
        const button = form.querySelector('button');
        // Not disabled: a button that is disabled loses the keyboard's focus.
        if (button.ariaDisabled) return;
        problem.hidden = true;
        if (!window.PublicKeyCredential) {
            problem.textContent = 'This browser can’t use passkeys here. Use the link by e-mail.';
            problem.hidden = false;
            return;
        }
        button.ariaDisabled = 'true';
        try {
            await answer(form);
            form.submit();
        } catch (failure) {
            problem.textContent = failure?.name === 'InvalidStateError' ? 'This device has a passkey for your account already.'
                : failure?.name === 'Error' && failure.message ? failure.message
                : 'The device gave no passkey. Try again, or use the link by e-mail.';
            problem.hidden = false;
        } finally {
            button.ariaDisabled = null;
        }
    });
}
