// Les choix du visiteur dans la barre d’adresse : on peut les partager, et le bouton « Précédent » y revient.
// @ts-check

/** @returns {URLSearchParams} */
export const parametres = () => new URLSearchParams(location.search);

/** Remplace certains paramètres et garde les autres.
 * @param {Record<string, string | string[]>} valeurs vides : retirées
 * @param {boolean} [pas] vrai : un pas de plus dans l’historique ; faux : l’adresse du pas présent change */
export function ecris(valeurs, pas = true) {
  const p = parametres();
  for (const [nom, valeur] of Object.entries(valeurs)) {
    p.delete(nom);
    for (const v of [valeur].flat()) if (v) p.append(nom, v);
  }
  const suite = p.toString();
  const url = location.pathname + (suite ? `?${suite}` : "") + location.hash;
  if (url === location.pathname + location.search + location.hash) return;
  history[pas ? "pushState" : "replaceState"](null, "", url);
}
