'use strict';
// The page as it is now, without a reload: what somebody types, has opened or scrolled to stays.
const places = main => [...main.querySelectorAll('.scroll')];
const folds = main => [...main.querySelectorAll('details')];
const live = () => document.querySelector('pre[data-events]');
const most = 1 << 19;
let follower = null, followed = null;

// A log that grows is told by events; without them the page's next look has its end.
function follow() {
  const log = live();
  if (!log || !window.EventSource || followed === log) return;
  if (follower) follower.close();
  followed = log;
  log.scrollTop = log.scrollHeight;
  follower = new EventSource(log.dataset.events + '&from=' + log.dataset.from);
  follower.onmessage = event => {
    const atEnd = log.scrollTop + log.clientHeight >= log.scrollHeight - 40;
    log.append(event.data);
    if (log.textContent.length > most) log.textContent = log.textContent.slice(-most / 2);
    if (atEnd) log.scrollTop = log.scrollHeight;
  };
  follower.addEventListener('end', stop);
  follower.onerror = () => { if (follower.readyState === EventSource.CLOSED) stop(); };
}

function stop() {
  follower.close();
  follower = followed = null;
}

async function look() {
  const main = document.getElementById('main'), focus = document.activeElement;
  if (document.hidden || (main.contains(focus) && focus.matches('input, select, button'))) return;
  try {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('main');
    if (!fresh || fresh.innerHTML === main.innerHTML) return;
    folds(main).forEach((fold, i) => { const other = folds(fresh)[i]; if (other) other.open = fold.open; });
    const scrolled = places(main).map(place => [place.scrollLeft, place.scrollTop]);
    const log = fresh.querySelector('pre[data-events]');
    if (follower && log && log.dataset.events === followed.dataset.events) log.replaceWith(followed);
    main.replaceWith(fresh);
    places(fresh).forEach((place, i) => { if (scrolled[i]) [place.scrollLeft, place.scrollTop] = scrolled[i]; });
    if (!follower || !document.contains(followed)) follow();
  } catch { /* The next look may find it. */ }
}

follow();
setInterval(look, 10000);
