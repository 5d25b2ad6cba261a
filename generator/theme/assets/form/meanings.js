// Ce qu’une réponse veut dire, écrit sous son champ : combien de signes, quel jour, quelle commune. Et la forme que garde
// l’annuaire, mise à la place de celle que l’on tape d’habitude : « 14/01/2027 18h30 », « 242 900 694 ».
// @ts-check
import { DATES, dateVoulue, existe } from "../entries/guesses.js";
import { noeud } from "../entries/schema.js";

/** @typedef {import("./controls.js").Controle} Controle */
/** @typedef {import("../entries/tools.js").Outils} Outils */
/** @typedef {import("../entries/territories.js").Lieux} Lieux */

const JOUR = new Intl.DateTimeFormat("fr-FR", {
  weekday: "long",
  day: "numeric",
  month: "long",
  year: "numeric",
  timeZone: "UTC",
});
const MOIS = new Intl.DateTimeFormat("fr-FR", { month: "long", year: "numeric", timeZone: "UTC" });

/** @param {Controle} c @param {Outils} outils */
const motifDe = (c, outils) => String(noeud(outils.schema, c.name)?.["x-motif"] ?? "");

/** Ce qu’il faut écrire à la place, quand une seule lecture est possible ; sinon rien.
 * @param {Controle} c @param {Outils} outils @param {Lieux} lieux @returns {string | undefined} */
export function redresse(c, outils, lieux) {
  const brut = c.value.replace(/[\u00a0\u202f]/g, " ").trim(),
    motif = motifDe(c, outils);
  if (c.type === "date" || !brut) return undefined;
  if (DATES.has(motif)) {
    const date = dateVoulue(brut, motif, outils);
    // Un jour de la semaine qui contredit la date est une question : la personne tranche.
    return date?.existe && !date.jour ? date.texte : undefined;
  }
  // L’adresse de la page d’une COP ou d’une formation finit par son identifiant.
  if (motif === "identifiant") return /\/(?:cops|formations)\/([a-z0-9-]+)\/?$/.exec(brut)?.[1];
  if (!motif.startsWith("code-")) return undefined;
  if (/^[\d ]+$/.test(brut)) return brut.replaceAll(" ", "");
  const lu = lieux.lit(brut);
  const sortes = outils.regles.kinds[motif] ?? ["commune", "epci"];
  return lu.answer === "un" && sortes.includes(lu.place.type) ? lu.place.code : undefined;
}

/** La date en toutes lettres : « jeudi 14 janvier 2027 à 18 h 30 », « mars 2026 ». @param {string} texte @returns {string} */
export function enLettres(texte) {
  if (!/^\d{4}-\d{2}(?:-\d{2}(?: \d{2}:\d{2})?)?$/.test(texte) || !existe(texte)) return "";
  const [date, heure] = texte.split(" ");
  if (date.length === 7) return MOIS.format(new Date(date));
  const [h, minutes] = heure?.split(":") ?? [];
  return (
    JOUR.format(new Date(date)).replace(" 1 ", " 1er ") +
    (h ? ` à ${Number(h)}\u00a0h${minutes === "00" ? "" : `\u00a0${minutes}`}` : "")
  );
}

/** Ce que dit la ligne sous un champ ; rien le plus souvent. Le compte des signes est toujours sous une grande zone, et sous une
 * ligne quand sa limite approche.
 * @param {Controle} c @param {Outils} outils @param {Lieux} lieux @returns {string} */
export function enClair(c, outils, lieux) {
  if (!c.value) return "";
  const max = Number(c.dataset.longueur ?? 0);
  if (max) {
    const utile = c.tagName === "TEXTAREA" || c.value.length > max * 0.8;
    return utile ? `${[...c.value.trim()].length} caractères sur ${max}` : "";
  }
  if (c.tagName !== "INPUT" || c.type === "date") return "";
  const motif = motifDe(c, outils);
  if (DATES.has(motif)) return enLettres(c.value);
  if (motif === "identifiant") return Object.hasOwn(outils.formations, c.value) ? outils.formations[c.value] : "";
  return lieux.deCode(c.value, outils.regles.kinds[motif] ?? [])?.nom ?? "";
}
