// Ce que la personne voulait sans doute écrire : le choix le plus proche, la date dans sa forme attendue.
// Les mêmes devinettes que generator/schemas/guesses.py.
// @ts-check
import { sansAccents } from "../donnees.js";
import { mostAlike } from "./likeness.js";

/** Les `x-motif` des dates dans le schéma. */
export const DATES = new Set(["date", "date-partielle", "annee-ou-date", "moment"]);

const MOIS = [
  "janvier",
  "fevrier",
  "mars",
  "avril",
  "mai",
  "juin",
  "juillet",
  "aout",
  "septembre",
  "octobre",
  "novembre",
  "decembre",
];
/** @type {Record<string, string>} */
const REPONSES = { true: "oui", yes: "oui", vrai: "oui", false: "non", no: "non", faux: "non" };

/** Le choix voulu : par son étiquette (« Climat et énergie »), par ressemblance, ou le seul qui contient les mots.
 * @param {string} mot @param {string[]} choix @param {string[]} etiquettes @returns {string | undefined} */
export function choixVoulu(mot, choix, etiquettes) {
  const voulu = sansAccents([...mot].slice(0, 100).join(""));
  const parEtiquette = new Map(etiquettes.slice(0, choix.length).map((nom, i) => [sansAccents(nom), choix[i]]));
  const plies = new Map(choix.map((nom) => [sansAccents(nom), nom]));
  const trouve = parEtiquette.get(voulu) ?? plies.get(voulu) ?? plies.get(mostAlike(voulu, plies.keys(), 0.7) ?? "");
  if (trouve !== undefined) return trouve;
  if (Object.hasOwn(REPONSES, voulu) && choix.includes(REPONSES[voulu])) return REPONSES[voulu];
  const mots = voulu.split(" ").filter(Boolean);
  const avec = choix.filter((nom) => mots.length && mots.every((un) => sansAccents(nom).split(" ").includes(un)));
  return avec.length === 1 ? avec[0] : undefined;
}

const HEURE = "(?:[ àTt,]+(\\d{1,2})\\s*[h:]\\s*(\\d{2})?(?::\\d\\d)?)?";
const JOUR = new RegExp(
  `^(?:[a-z]+di |dimanche )?(\\d{1,2})(?:er)?[/. -]+(\\d{1,2}|[a-zéèûô]+)[/. -]+(\\d{4})${HEURE}$`,
);
const JOUR_ISO = new RegExp(`^(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})${HEURE}$`);
const MOIS_SEUL = /^(\d{1,2}|[a-zéèûô]+)[/. -](\d{4})$/;
const MOIS_ISO = /^(\d{4})[-/.](\d{1,2})$/;

/** La forme attendue d’une date qui n’a qu’une lecture : « 24/11/2026 » est 2026-11-24. En français le jour vient d’abord.
 * @param {string} valeur @param {string} motif @returns {string | undefined} */
export function dateVoulue(valeur, motif) {
  const texte = valeur.trim().toLowerCase();
  const francais = JOUR.exec(texte),
    iso = JOUR_ISO.exec(texte);
  if (!francais && !iso) return motif === "date-partielle" ? moisVoulu(texte) : undefined;
  const [jour, mois, annee, heure, minute] = francais
    ? francais.slice(1)
    : [
        /** @type {RegExpExecArray} */ (iso)[3],
        .../** @type {RegExpExecArray} */ (iso).slice(1, 3).reverse(),
        .../** @type {RegExpExecArray} */ (iso).slice(4),
      ];
  let date = `${annee}-${deuxChiffres(mois)}-${jour.padStart(2, "0")}`;
  if (heure && motif === "moment") date += ` ${heure.padStart(2, "0")}:${minute ?? "00"}`;
  return existe(date) ? date : undefined;
}

/** @param {string} texte @returns {string | undefined} */
function moisVoulu(texte) {
  const francais = MOIS_SEUL.exec(texte),
    iso = MOIS_ISO.exec(texte);
  if (!francais && !iso) return undefined;
  const [mois, annee] = francais ? francais.slice(1) : /** @type {RegExpExecArray} */ (iso).slice(1).reverse();
  const date = `${annee}-${deuxChiffres(mois)}`;
  return existe(date) ? date : undefined;
}

/** « 00 » pour un mot qui n’est pas un mois. @param {string} mois @returns {string} */
const deuxChiffres = (mois) => (/^\d/.test(mois) ? mois : String(MOIS.indexOf(sansAccents(mois)) + 1)).padStart(2, "0");

/** D’autres années sont des fautes de frappe. */
const PREMIERE = 1800,
  DERNIERE = 2199;

/** La date est-elle au calendrier ? @param {string} texte AAAA, AAAA-MM, AAAA-MM-JJ ou AAAA-MM-JJ HH:MM @returns {boolean} */
export function existe(texte) {
  const [date, heure = ""] = texte.split(" ");
  const [annee, mois = 1, jour = 1] = date.split("-").map(Number);
  const dernier = new Date(Date.UTC(annee, mois, 0)).getUTCDate();
  return (
    annee >= PREMIERE &&
    annee <= DERNIERE &&
    mois >= 1 &&
    mois <= 12 &&
    jour >= 1 &&
    jour <= dernier &&
    (!heure || (heure.slice(0, 2) < "24" && heure.slice(3) < "60"))
  );
}
