// Le tableau corrigé, en un fichier que `cop import` relit : les titres à points, un point-virgule, une marque qu’Excel attend.
// @ts-check

/** @param {import("./rows.js").Ligne[]} lignes @param {import("./headings.js").Colonne[]} colonnes
 * @param {import("./headings.js").Savoir} savoir @returns {string} */
export function ecritTableau(lignes, colonnes, { regles }) {
  const cles = [
    ...new Set([...colonnes.map(({ cle }) => cle), ...lignes.flatMap(({ reponses }) => [...reponses.keys()])]),
  ];
  const debut = new RegExp(regles.beginning, "gu");
  /** @param {string} texte */
  const cellule = (texte) => {
    const sure = texte.replace(debut, "$1$2'$3");
    return /[;"\r\n]/.test(sure) ? `"${sure.replaceAll('"', '""')}"` : sure;
  };
  const rangs = [cles, ...lignes.map(({ reponses }) => cles.map((cle) => reponses.get(cle) ?? ""))];
  return `\ufeff${rangs.map((rang) => rang.map(cellule).join(";")).join("\r\n")}\r\n`;
}
