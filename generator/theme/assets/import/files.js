// Un fichier choisi ou déposé, lu comme un texte ; un classeur se colle, ou s’envoie.
// @ts-check
import { Illisible, OCTETS_MAX } from "./cells.js";

/** @param {File} fichier @param {import("./headings.js").Savoir} savoir
 * @returns {Promise<{texte: string, note: string}>} */
export async function lisFichier(fichier, savoir) {
  const octets = new Uint8Array(await fichier.slice(0, OCTETS_MAX + 1).arrayBuffer());
  const tete = [...octets.slice(0, 4)].map((un) => un.toString(16).padStart(2, "0")).join("");
  if (/\.(?:xlsx?|ods)$/i.test(fichier.name) || ["504b0304", "d0cf11e0"].includes(tete))
    throw new Illisible("Un classeur ne se lit pas ici : ouvrez-le, copiez ses cellules et collez-les.");
  if (octets.length > OCTETS_MAX) throw new Illisible("Ce fichier est trop lourd pour cette page.");
  const codage = tete.startsWith("fffe") ? "utf-16le" : tete.startsWith("feff") ? "utf-16be" : "utf-8";
  try {
    return { texte: new TextDecoder(codage, { fatal: true }).decode(octets), note: "" };
  } catch {
    if (codage !== "utf-8") throw new Illisible("Le codage de ce fichier est abîmé.");
  }
  const texte = new TextDecoder("windows-1252").decode(octets);
  const abime = new RegExp(savoir.regles.other_letters, "u").exec(texte);
  if (abime)
    throw new Illisible(
      `Les accents de ce fichier sont d’un ancien codage, celui de DOS ou d’un Mac : « ${abime[0]} ». Ouvrez-le dans un tableur et collez ses cellules.`,
    );
  return { texte, note: "Lu en Windows-1252, le codage d’Excel : vérifiez les accents." };
}
