// The shell's own script: the choice of colours, and what the connection is doing. No page needs it to be read.

const media = { dark: 'all', light: 'not all', system: '(prefers-color-scheme: dark)' };
const chosen = () => document.documentElement.dataset.theme ?? 'system';

document.addEventListener('beforetoggle', event => {
    for (const radio of event.target.querySelectorAll?.('input[name="theme"]') ?? []) radio.checked = radio.value === chosen();
}, true);

document.addEventListener('change', event => {
    const choice = event.target;
    if (choice.name !== 'theme' || !(choice.value in media)) return;
    if (choice.value === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice.value;
    document.querySelector('style[data-palette="dark"]').media = media[choice.value];
    const lives = choice.value === 'system' ? 0 : 31536000;
    document.cookie = `theme=${choice.value}; path=/; max-age=${lives}; samesite=lax${location.protocol === 'https:' ? '; secure' : ''}`;
});

// The ballot: an arrow goes to the choice that lies there, Enter casts it; the Tab key goes through them as through any buttons.
document.addEventListener('keydown', event => {
    const ballot = event.target.closest?.('#ballot');
    if (!ballot || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const choices = [...ballot.querySelectorAll('.ballots button')];
    const at = choices.indexOf(event.target);
    const to = { ArrowLeft: at < 0 ? 0 : at - 1, ArrowDown: 1, ArrowRight: at < 0 ? choices.length - 1 : at + 1 }[event.key];
    if (!choices[to]) return;
    event.preventDefault();
    choices[to].focus();
});

// Live pages only: account pages carry neither the panel nor Blazor.
const panel = document.getElementById('components-reconnect-modal');
if (panel) {
    const [title, text, act] = ['connection-title', 'connection-text', 'connection-act'].map(id => document.getElementById(id));
    const lost = ['Connection lost', 'Connecting again by itself. You can go on writing: drafts are kept, and what you posted is recorded. Buttons work again once the connection is back.'];
    const words = {
        show: lost,
        retrying: lost,
        failed: ['No connection', 'The hub can’t be reached from here. Check your network, then try again. Drafts are kept.', 'Try again', retry],
        rejected: ['The hub was restarted', 'Opening this page again. Drafts are kept.'],
        'resume-failed': ['The hub was restarted', 'Opening this page again. Drafts are kept.'],
        paused: ['This page was paused', 'It was not used for a long time. Drafts are kept.', 'Continue', resume],
    };

    const say = state => {
        const [heading, sentence, label, action] = words[state];
        // The same words again would be read out again.
        if (title.textContent !== heading || panel.hidden) [title.textContent, text.textContent] = [heading, sentence];
        act.hidden = !label;
        act.textContent = label ?? '';
        act.onclick = action ?? null;
        panel.hidden = false;
    };

    panel.addEventListener('components-reconnect-state-changed', ({ detail: { state } }) => {
        if (state === 'hide') panel.hidden = true;
        else if (state in words) say(state);
        if (state === 'rejected' || state === 'resume-failed') location.reload();
    });

    async function retry() {
        say('show');
        try {
            if (!await Blazor.reconnect() && !await Blazor.resumeCircuit()) location.reload();
        } catch {
            say('failed');
        }
    }

    async function resume() {
        try {
            if (!await Blazor.resumeCircuit()) location.reload();
        } catch {
            location.reload();
        }
    }

    Blazor.start({
        circuit: {
            reconnectionOptions: {
                // Half an hour at about eight seconds. Jitter: four hundred pages that lost one host don't return in the same instant.
                maxRetries: 225,
                retryIntervalMilliseconds: (attempt, max) => attempt >= max ? null : Math.min(8000, 500 * 1.5 ** attempt) * (0.5 + Math.random()),
            },
        },
    });
}
