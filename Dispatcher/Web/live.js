'use strict';
// The page as it is now, without a reload: what somebody types, has opened or scrolled to stays.
const places = main => [...main.querySelectorAll('.scroll')];
const folds = main => [...main.querySelectorAll('details')];
setInterval(async () => {
  const main = document.getElementById('main'), focus = document.activeElement;
  if (document.hidden || (main.contains(focus) && focus.matches('input, select, button'))) return;
  try {
    const answer = await fetch(location.href);
    if (!answer.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('main');
    if (!fresh || fresh.innerHTML === main.innerHTML) return;
    folds(main).forEach((fold, i) => { const other = folds(fresh)[i]; if (other) other.open = fold.open; });
    const scrolled = places(main).map(place => [place.scrollLeft, place.scrollTop]);
    main.replaceWith(fresh);
    places(fresh).forEach((place, i) => { if (scrolled[i]) [place.scrollLeft, place.scrollTop] = scrolled[i]; });
  } catch { /* The next look may find it. */ }
}, 10000);
