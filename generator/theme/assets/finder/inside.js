// Une liste qui s’ouvre près de son champ reste dans ce que l’on voit de la page, clavier de téléphone compris : dessous,
// dessus s’il y a plus de place, jamais plus haute que cette place.
// @ts-check

const ROOM = 288; // pixels : la plus grande hauteur
const ENOUGH = 200; // dessous, cela suffit
const LEAST = 140; // moins que cela ne montre pas trois lignes : la page avance
const MARGIN = 8;

/** @param {HTMLElement} field ce qui ne doit pas être couvert @param {HTMLElement} list posée par la feuille de style à son bord
 * @returns {() => void} à appeler quand la liste s’ouvre ou change */
export function keepInside(field, list) {
  const measure = () => {
    const { top, bottom } = field.getBoundingClientRect();
    const start = visualViewport?.offsetTop ?? 0;
    const end = start + (visualViewport?.height ?? innerHeight);
    return { above: top - start - MARGIN, below: end - bottom - MARGIN };
  };
  const place = () => {
    if (list.hidden) return;
    let { above, below } = measure();
    if (above < 0 || below < 0 || Math.max(above, below) < LEAST) {
      field.scrollIntoView({ block: "start" });
      ({ above, below } = measure());
    }
    const isUp = below < Math.min(list.scrollHeight, ENOUGH) && above > below;
    list.classList.toggle("propositions--dessus", isUp);
    list.style.maxHeight = `${Math.max(0, Math.min(ROOM, isUp ? above : below))}px`;
  };
  visualViewport?.addEventListener("resize", place);
  addEventListener("resize", place);
  return place;
}
