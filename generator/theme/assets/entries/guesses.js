// Ce que la personne voulait sans doute écrire : le choix le plus proche, la date dans sa forme attendue. Les mêmes
// devinettes que generator/entries/schemas/guesses.py.
// @ts-check
import { sansAccents } from "../shared/data.js";
import { mostAlike } from "../shared/likeness.js";

/** @typedef {import("./tools.js").Outils} Outils */

/** Les `x-motif` des dates dans le schéma. */
export const DATES = new Set(["date", "date-partielle", "annee-ou-date", "moment"]);

/** Le choix voulu : par son étiquette (« Climat et énergie »), par ressemblance, ou le seul qui contient les mots.
 * @param {string} mot @param {string[]} choix @param {string[]} etiquettes @param {Outils} outils @returns {string | undefined} */
export function choixVoulu(mot, choix, etiquettes, { regles }) {
  const voulu = sansAccents([...mot].slice(0, 100).join(""));
  const parEtiquette = new Map(etiquettes.slice(0, choix.length).map((nom, i) => [sansAccents(nom), choix[i]]));
  const plies = new Map(choix.map((nom) => [sansAccents(nom), nom]));
  const trouve = parEtiquette.get(voulu) ?? plies.get(voulu) ?? plies.get(mostAlike(voulu, plies.keys(), 0.7) ?? "");
  if (trouve !== undefined) return trouve;
  const { answers } = regles.words;
  if (Object.hasOwn(answers, voulu) && choix.includes(answers[voulu])) return answers[voulu];
  const mots = voulu.split(" ").filter(Boolean);
  const avec = choix.filter((nom) => mots.length && mots.every((un) => sansAccents(nom).split(" ").includes(un)));
  return avec.length === 1 ? avec[0] : undefined;
}

/** La forme attendue d’une date qui n’a qu’une lecture : « 24/11/2026 » est 2026-11-24. En français le jour vient d’abord.
 * @param {string} valeur @param {string} motif @param {Outils} outils @returns {string | undefined} */
export function dateVoulue(valeur, motif, { regles, mois }) {
  const texte = valeur.trim().toLowerCase();
  for (const { pattern, parts } of regles.dates) {
    const trouve = new RegExp(pattern, "u").exec(texte);
    if (!trouve || !(parts.includes("jour") || motif === "date-partielle")) continue;
    const p = Object.fromEntries(parts.map((nom, i) => [nom, trouve[i + 1]]));
    const numero = /^\d/.test(p.mois) ? p.mois : String(mois.indexOf(sansAccents(p.mois)) + 1);
    let date = [p.annee, numero, ...(p.jour ? [p.jour] : [])].map((un) => un.padStart(2, "0")).join("-");
    if (p.heure && motif === "moment") date += ` ${p.heure.padStart(2, "0")}:${p.minute ?? "00"}`;
    return existe(date) ? date : undefined;
  }
}

/** D’autres années sont des fautes de frappe. */
const [PREMIERE, DERNIERE] = [1800, 2199];

/** La date est-elle au calendrier ? @param {string} texte AAAA, AAAA-MM, AAAA-MM-JJ ou AAAA-MM-JJ HH:MM @returns {boolean} */
export function existe(texte) {
  const [date, heure = ""] = texte.split(" ");
  const [annee, mois = 1, jour = 1] = date.split("-").map(Number);
  const dernier = mois >= 1 && mois <= 12 ? new Date(Date.UTC(annee, mois, 0)).getUTCDate() : 0;
  const dansLesAnnees = annee >= PREMIERE && annee <= DERNIERE;
  return (
    dansLesAnnees && jour >= 1 && jour <= dernier && (!heure || (heure.slice(0, 2) < "24" && heure.slice(3) < "60"))
  );
}
