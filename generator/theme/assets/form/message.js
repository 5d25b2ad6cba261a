// Le courriel : un message qui dit lui-même ce qu’il demande, et que « cop issue » relit. Rien n’y est à joindre.
// @ts-check

/** Signes d’un lien de courriel que tous les logiciels ouvrent. */
const LIEN_MAX = 1900;

/** @typedef {{texte: string, lien: string, entier: boolean}} Message le texte entier ; le lien qui l’ouvre, avec tout ce qu’il peut
 *   en dire, et s’il dit tout */

/** Une partie du fichier par clé, sans la ligne qui ne sert qu’aux éditeurs. @param {string} fichier @returns {string[]} */
export const cles = (fichier) =>
  fichier
    .replace(/^#.*\n/, "")
    .split(/^(?=[a-z])/m)
    .filter(Boolean);

/** @param {string} modele @param {Record<string, string>} valeurs @returns {string} */
const remplit = (modele, valeurs) => modele.replace(/\{(\w+)\}/g, (_, nom) => valeurs[nom] ?? "");

/** @param {string} adresse @param {string} sujet @param {string} corps @returns {string} */
const vers = (adresse, sujet, corps) =>
  `mailto:${adresse}?subject=${encodeURIComponent(sujet)}&body=${encodeURIComponent(corps.replaceAll("\n", "\r\n"))}`;

/** Une fiche nouvelle. Quand elle est trop longue pour le lien, les parties les plus longues dont une fiche peut se passer attendent
 * d’être collées : ce qui reste est une fiche.
 * @param {{adresse: string, modele: string, sujet: string, chemin: string, fichier: string, requises: string[]}} demande
 * @returns {Message} */
export function ajoute({ adresse, modele, sujet, chemin, fichier, requises }) {
  const parties = cles(fichier);
  const texte = remplit(modele, { chemin, fichier: parties.join("") });
  const laissees = parties
    .filter((partie) => !requises.includes(nom(partie)))
    .sort((une, autre) => encodeURIComponent(une).length - encodeURIComponent(autre).length);
  /** @type {string[]} */
  const retirees = [];
  const corps = () =>
    !retirees.length
      ? texte
      : remplit(modele, {
          chemin: `${chemin}\n\n(Il manque encore : ${retirees.map(nom).join(", ")}.)`,
          fichier: parties.filter((partie) => !retirees.includes(partie)).join(""),
        });
  for (let suite = laissees.pop(); suite && vers(adresse, sujet, corps()).length > LIEN_MAX; suite = laissees.pop())
    retirees.push(suite);
  return { texte, lien: vers(adresse, sujet, corps()), entier: !retirees.length };
}

/** Une correction : ce qui change, en toutes lettres, puis le fichier s’il tient dans le lien.
 * @param {{adresse: string, modele: string, sujet: string, fiche: string, changements: string[], fichier: string}} demande
 * @returns {Message} */
export function corrige({ adresse, modele, sujet, fiche, changements, fichier }) {
  const court = modele
    .split("\n\n")
    .filter((partie) => !partie.includes("{fichier}"))
    .join("\n\n");
  const dit = (/** @type {string} */ forme, /** @type {string[]} */ lignes) =>
    remplit(forme, { fiche, changement: lignes.join("\n"), fichier: cles(fichier).join("") });
  const texte = dit(modele, changements);
  const lien = (/** @type {string} */ corps) => vers(adresse, sujet, corps);
  if (lien(texte).length <= LIEN_MAX) return { texte, lien: lien(texte), entier: true };
  const lignes = [...changements];
  const reste = () =>
    lignes.length === changements.length ? lignes : [...lignes, "(La suite est dans le texte à coller.)"];
  while (lignes.length && lien(dit(court, reste())).length > LIEN_MAX) lignes.pop();
  return { texte, lien: lien(dit(court, reste())), entier: lignes.length === changements.length };
}

/** @param {string} partie */
const nom = (partie) => partie.split(":", 1)[0];
