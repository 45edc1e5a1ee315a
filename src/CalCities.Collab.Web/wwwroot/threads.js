// The browser's part of a discussion: it keeps the place while posts come and go, tells what was read, and holds what is being written.

// A circuit takes 32 KiB a message; 2,500 units are at most 15,000 bytes, even where every one is escaped.
const partLength = 2500;

function partsOf(text) {
    const parts = [];
    for (let start = 0; start < text.length;) {
        let end = Math.min(text.length, start + partLength);
        if (end < text.length && text.charCodeAt(end - 1) >> 10 === 0x36) end--;   // never half a character
        parts.push(text.slice(start, end));
        start = end;
    }
    return parts;
}

// While the connection is away a call would wait for ever, and so would one whose answer was lost with it.
const line = { isDown: false, pending: new Set(), back: new Set() };
document.getElementById('components-reconnect-modal')?.addEventListener('components-reconnect-state-changed', ({ detail: { state } }) => {
    line.isDown = state !== 'hide';
    if (line.isDown) for (const fail of line.pending) fail(new Error('The connection was lost.'));
    else for (const act of line.back) act();
});

function call(owner, method, ...args) {
    return new Promise((done, fail) => {
        if (line.isDown) return fail(new Error('There is no connection.'));
        // The hub itself tries for half a minute before it says that it can't tell.
        const timer = setTimeout(() => fail(new Error('No answer.')), 45_000);
        line.pending.add(fail);
        owner.invokeMethodAsync(method, ...args).then(done, fail).finally(() => { clearTimeout(timer); line.pending.delete(fail); });
    });
}

const after = (delay, act) => {
    let timer;
    return Object.assign(() => { clearTimeout(timer); timer = setTimeout(act, delay); }, { stop: () => clearTimeout(timer) });
};

/** The writing box in `root`; `owner` is its component on the server. */
export function compose(root, owner, { place, key, most, kept, text, stance, mentions, revision, edits }) {
    root.leave?.();   // the answer to a first call was lost with the line
    const box = root.querySelector('textarea');
    const choice = root.querySelector('select');
    const list = root.querySelector('[role="listbox"]');
    const part = name => root.querySelector(`[data-part="${name}"]`);
    const [count, button, say, heard] = ['count', 'post', 'say', 'heard'].map(part);
    const cupboard = `draft ${place}`;
    const known = new Map();        // name -> member id, of those chosen from the list
    let carried = mentions;         // members mentioned in a kept draft, until their names are known
    let sending = false, unsure = false, saving = false, dirty = false, stopped = false, told = -Infinity, lastSave = 0;

    let said = null;                // the text that was sent last

    // What was typed while there was no connection is newer than what the hub keeps; unless it was posted in that moment.
    const own = JSON.parse(sessionStorage.getItem(cupboard) ?? 'null');
    if (own && own.revision > revision) {
        call(owner, 'Resume', own.key).then(isDraft => {
            if (stopped) return;
            if (isDraft) key = own.key;
            else if (own.text === own.said) return sessionStorage.removeItem(cupboard);
            for (const [name, id] of own.known) known.set(name, id);
            said = own.said;
            revision = own.revision;
            if (box.value === text) box.value = own.text;
            if (choice) choice.value = own.stance;
            tally();
            changed();
        }, () => { });
    }
    box.value = text;
    if (choice) choice.value = stance;
    tally();
    line.back.add(again);

    function tally() {
        const length = box.value.length;
        const over = length - most;
        count.textContent = over > 0 ? `${over.toLocaleString('en-US')} characters too long` : length > most * 0.8 ? `${length.toLocaleString('en-US')} of ${most.toLocaleString('en-US')}` : '';
        count.classList.toggle('over', over > 0);
        box.toggleAttribute('aria-invalid', over > 0);
    }

    function tell(sentence) {
        say.textContent = sentence ?? '';
        say.hidden = !sentence;
    }

    function changed() {
        revision = Math.max(Date.now(), revision + 1);
        dirty = true;
        try {
            sessionStorage.setItem(cupboard, JSON.stringify({ key, revision, said, text: box.value, stance: choice?.value ?? 'None', known: [...known] }));
        } catch {
            // The cupboard is full or closed; the hub's copy is the better one anyway.
        }
        soon();
    }

    const saveLater = after(700, save);
    function soon() {
        if (performance.now() - lastSave > 3000) save();
        else saveLater();
    }

    async function hand(method) {
        const now = revision;
        const parts = partsOf(box.value.toWellFormed());
        for (const [index, words] of (parts.length ? parts : ['']).entries()) await call(owner, 'TakePart', now, index, words);
        const named = [...known].filter(([name]) => box.value.includes('@' + name)).map(([, id]) => id);
        return [now, await call(owner, method, key, now, Math.max(1, parts.length), choice?.value ?? 'None', [...new Set([...carried, ...named])].slice(0, 10))];
    }

    async function save() {
        lastSave = performance.now();
        if (stopped || saving || sending || !dirty) return;
        saving = true;
        try {
            const [now, isKept] = await hand('Keep');
            if (isKept && now === revision) dirty = false;
        } catch {
            // No connection: tried again until there is one.
        }
        saving = false;
        if (dirty && !stopped) setTimeout(soon, 1500);
    }

    /** What was to be sent when the connection went is sent when it is back: under its key it is recorded once. */
    function again() {
        if (unsure && box.value === said) post();
        else soon();
    }

    async function post() {
        if (sending) return;
        settle();
        unsure = false;
        tell();
        const length = box.value.length;
        if (!box.value.trim()) return tell('There is nothing to read in this post. Write a few words.');
        if (length > most) return tell(`A post holds ${most.toLocaleString('en-US')} characters. Shorten it, or send it as two.`);
        sending = true;
        button.setAttribute('aria-disabled', 'true');
        try {
            while (saving) await new Promise(done => setTimeout(done, 50));
            said = box.value;
            changed();
            const [, answer] = await hand('PostIt');
            key = answer.key;
            if (answer.refusal) tell(answer.refusal);
            else clear();
        } catch {
            unsure = true;
            tell('Not sent yet: there is no connection. Your text is kept here and goes out when the connection is back.');
        }
        sending = false;
        button.removeAttribute('aria-disabled');
        if (dirty) saveLater();
    }

    function clear() {
        sessionStorage.removeItem(cupboard);
        dirty = false;
        said = null;
        carried = [];
        known.clear();
        if (stopped) return;
        box.value = '';
        if (choice) choice.value = 'None';
        heard.textContent = edits ? 'Saved' : 'Posted';
        setTimeout(() => { heard.textContent = ''; }, 3000);
        tally();
    }

    // Names after an @: arrows choose, Enter or Tab takes, Escape closes.
    let people = [], at = -1, asked = 0;
    const askLater = after(120, ask);

    function beginning() {
        const match = /(?:^|[\s(])@([^@\n]{0,40})$/u.exec(box.value.slice(0, box.selectionStart));
        return match && ![...known.keys()].some(name => match[1].startsWith(name)) ? match[1] : null;
    }

    async function ask() {
        const typed = beginning();
        if (typed === null) return close();
        const mine = ++asked;
        try {
            const found = await call(owner, 'Suggest', typed);
            if (mine === asked && beginning() !== null) show(found);
        } catch {
            close();
        }
    }

    function show(found) {
        people = found;
        at = found.length ? 0 : -1;
        list.replaceChildren(...found.map((person, index) => {
            const option = document.createElement('li');
            option.id = `${list.id}-${index}`;
            option.setAttribute('role', 'option');
            option.textContent = person.name;
            option.addEventListener('pointerdown', event => { event.preventDefault(); take(index); });
            return option;
        }));
        list.hidden = !found.length;
        heard.textContent = found.length ? `${found.length} ${found.length === 1 ? 'person' : 'people'}: arrow keys choose, Enter takes` : '';
        point();
    }

    function point() {
        for (const [index, option] of [...list.children].entries()) option.setAttribute('aria-selected', String(index === at));
        if (at >= 0) box.setAttribute('aria-activedescendant', `${list.id}-${at}`);
        else box.removeAttribute('aria-activedescendant');
        list.children[at]?.scrollIntoView({ block: 'nearest' });
    }

    function close() {
        asked++;
        people = [];
        at = -1;
        list.hidden = true;
        list.replaceChildren();
        box.removeAttribute('aria-activedescendant');
    }

    function take(index) {
        const person = people[index];
        const end = box.selectionStart;
        const start = end - beginning().length;
        known.set(person.name, person.id);
        box.setRangeText(`${person.name} `, start, end, 'end');
        close();
        tally();
        changed();
    }

    const listening = new AbortController();
    const on = (target, name, act) => target.addEventListener(name, act, { signal: listening.signal });
    // A browser may tell of each line of what is pasted: once a frame is enough, or when the page goes.
    let frame = 0;
    on(box, 'input', () => { frame ||= requestAnimationFrame(typed); });
    on(document, 'visibilitychange', settle);

    function typed() {
        frame = 0;
        tally();
        if (box.textLength <= most) tell();
        changed();
        askLater();
        if (performance.now() - told > 2000) {
            told = performance.now();
            call(owner, 'Types').catch(() => { });
        }
    }

    /** Takes in at once what this frame has brought. */
    function settle() {
        const isWaiting = frame !== 0;
        cancelAnimationFrame(frame);
        if (isWaiting) typed();
    }

    on(box, 'beforeinput', event => {
        // Four posts' worth is more than anyone shortens by hand; the box stays quick, and nothing of it is lost.
        const added = event.data?.length ?? event.dataTransfer?.getData('text/plain').length ?? 0;
        if (box.textLength - (box.selectionEnd - box.selectionStart) + added > kept) {
            event.preventDefault();
            tell(`That would be more than ${kept.toLocaleString('en-US')} characters. A post holds ${most.toLocaleString('en-US')}: paste less, or link to it.`);
        }
    });
    on(box, 'keydown', event => {
        if (people.length && !list.hidden) {
            const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
            if (step) at = (at + step + people.length) % people.length;
            else if (event.key === 'Escape') close();
            else if (event.key === 'Enter' || event.key === 'Tab') take(at);
            else return;
            event.preventDefault();
            if (step) point();
        } else if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            post();
        }
    });
    on(box, 'blur', () => setTimeout(close, 200));
    on(button, 'click', post);
    if (choice) on(choice, 'change', changed);
    on(window, 'pagehide', () => { settle(); save(); });

    root.leave = () => { settle(); stopped = true; line.back.delete(again); saveLater.stop(); askLater.stop(); listening.abort(); };

    return {
        /** Something beside the text has changed (an answer, a quote); the person pressed for it, so the focus may come. */
        touch(focus) { changed(); if (focus) box.focus(); },
        focus() { box.focus(); },
        forget() { cancelAnimationFrame(frame); frame = 0; sessionStorage.removeItem(cupboard); dirty = false; },
        stop: root.leave,
    };
}

/** The posts in `room`: keeps the place, follows permalinks, tells the server what was read and whether the end is in sight. */
export function follow(room, owner) {
    room.leave?.();   // the answer to a first call was lost with the line
    const posts = room.querySelector('ol.posts');
    const section = room.closest('section');
    const listening = new AbortController();
    const on = (target, name, act, more) => target.addEventListener(name, act, { signal: listening.signal, ...more });
    let kept = null, sought = null, focused = null, pressed = null, wasAtEnd = true, read = 0;
    // We keep the place ourselves: browsers differ, and one of them doesn't.
    document.documentElement.style.overflowAnchor = 'none';

    /** What the reader has before their eyes: the box if they can see it, else the first post in sight. */
    function pick() {
        const box = section.querySelector(':scope > .composer');
        const top = element => element.getBoundingClientRect().top;
        const row = document.activeElement?.closest('li.post');
        const chosen = row && inSight(row) ? row
            : box && top(box) > 0 && top(box) < innerHeight ? box
            : [...posts.children].find(inSight) ?? box;
        kept = chosen ? { element: chosen, top: top(chosen), at: scrollY } : null;
    }

    const idOf = row => row.id.slice('post-'.length);

    const inSight = element => {
        const { top, bottom } = element.getBoundingClientRect();
        return bottom > 8 && top < innerHeight;
    };

    const markLater = after(1000, mark);
    function mark() {
        if (document.visibilityState !== 'visible') return;
        let seen = 0;
        for (const post of posts.children) {
            const { top, bottom } = post.getBoundingClientRect();
            if (bottom > 0 && Math.min(bottom, top + 200) <= innerHeight) seen = Math.max(seen, Number(post.dataset.version));
        }
        if (seen > read) {
            read = seen;
            call(owner, 'Read', seen).catch(() => { read = 0; });
        }
    }

    function end() {
        const last = posts.lastElementChild;
        const isAtEnd = !last || last.getBoundingClientRect().top < innerHeight;
        if (isAtEnd === wasAtEnd) return;
        wasAtEnd = isAtEnd;
        call(owner, 'AtEnd', isAtEnd).catch(() => { });
    }

    let moved = false;
    on(window, 'scroll', () => {
        if (moved) return;
        moved = true;
        requestAnimationFrame(() => { moved = false; pick(); end(); markLater(); });
    }, { passive: true });
    on(window, 'resize', pick);
    on(document, 'visibilitychange', markLater);

    const watching = new MutationObserver(() => {
        if (kept?.element.isConnected) {
            // Measured in the page, not in the window: one may have scrolled in this frame. Unless the page is too short now for where one was.
            const scrolled = kept.at > document.documentElement.scrollHeight - innerHeight ? 0 : scrollY - kept.at;
            const shift = kept.element.getBoundingClientRect().top - kept.top + scrolled;
            if (Math.abs(shift) >= 1) scrollBy({ top: shift, behavior: 'instant' });
        }
        refocus();
        if (sought) show(sought);
        pick();
        end();
        markLater();
    });
    watching.observe(section, { childList: true, subtree: true, characterData: true });

    function show(id) {
        const post = document.getElementById(`post-${id}`);
        if (!post) {
            sought = id;
            return;
        }
        sought = null;
        post.scrollIntoView({ block: 'center', behavior: 'instant' });
        post.focus({ preventScroll: true });
        post.classList.remove('found');
        void post.offsetWidth;   // begins the highlight anew
        post.classList.add('found');
        pick();
    }

    async function seek(id) {
        if (document.getElementById(`post-${id}`)) return show(id);
        await call(owner, 'Seek', id).catch(() => { });
    }

    // Links to posts of this thread lead there without a page being loaded, wherever the post stands.
    on(section, 'click', event => {
        const link = event.target.closest?.('a[data-post]');
        if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
        event.preventDefault();
        event.stopPropagation();
        if (new URL(link.href).pathname === location.pathname) history.replaceState(history.state, '', link.href);
        seek(link.dataset.post);
    }, { capture: true });
    // Buttons of rows have no handlers of their own: what they are to do is handed over from here.
    on(posts, 'click', event => {
        const button = event.target.closest('button[data-act]');
        if (!button) return;
        pressed = button.dataset.act;
        call(owner, 'Press', pressed, idOf(button.closest('li.post'))).catch(() => { });
    });

    // What has the focus in a row may go with a press: an editor is put away, the rarer acts are. The row keeps the focus then, at the button that
    // was pressed if it still stands.
    on(posts, 'focusin', ({ target }) => { focused = { element: target, row: target.closest('li.post') }; });
    for (const name of ['focusin', 'pointerdown']) on(document, name, ({ target }) => { if (!posts.contains(target)) focused = null; });

    function refocus() {
        if (!focused || focused.element.isConnected || !focused.row.isConnected || document.activeElement !== document.body) return;
        (focused.row.querySelector(`[data-act="${pressed}"]`) ?? focused.row.querySelector('[data-act="more"]') ?? focused.row).focus({ preventScroll: true });
    }
    on(window, 'hashchange', hash);

    function hash() {
        const id = /^#post-([A-Za-z0-9-]{1,40})$/.exec(location.hash)?.[1];
        if (id) seek(id);
    }

    pick();
    hash();
    markLater();
    room.leave = () => {
        watching.disconnect();
        markLater.stop();
        listening.abort();
        document.documentElement.style.overflowAnchor = '';
    };

    return {
        show,
        /** The words that the reader has marked in a post, if they are short enough to be quoted. */
        marked(id) {
            const words = getSelection();
            const post = document.getElementById(`post-${id}`)?.querySelector('.words');
            const text = words.rangeCount && post?.contains(words.getRangeAt(0).commonAncestorContainer) ? words.toString().trim() : '';
            return text.length <= 300 ? text : null;
        },
        stop: room.leave,
    };
}
