// À quel point deux textes se ressemblent, et lequel des connus la personne voulait sans doute écrire : la mesure de
// generator/likeness.py, à changer avec elle.
// @ts-check

/** De 0 à 1 : deux fois les signes que les deux ont dans le même ordre, sur les signes des deux. La plus longue suite
 * commune, comptée par les bits de Hyyrö : ceux de `reste` sont les signes du premier pas encore rencontrés.
 * @param {string} premier @param {string} second @returns {number} */
export function likeness(premier, second) {
  const [signes, autres] = [[...premier], [...second]];
  /** @type {Map<string, bigint>} */
  const places = new Map();
  for (const [i, signe] of signes.entries()) places.set(signe, (places.get(signe) ?? 0n) | (1n << BigInt(i)));
  const entier = (1n << BigInt(signes.length)) - 1n;
  let reste = entier;
  for (const signe of autres) {
    const vus = reste & (places.get(signe) ?? 0n);
    reste = ((reste + vus) | (reste - vus)) & entier;
  }
  const communs = (entier ^ reste).toString(2).replaceAll("0", "").length;
  return (2 * communs) / Math.max(signes.length + autres.length, 1);
}

/** Le plus ressemblant des connus, d’au moins `seuil` ; de deux, le dernier de l’alphabet.
 * @param {string} mot @param {Iterable<string>} connus @param {number} seuil @returns {string | undefined} */
export function mostAlike(mot, connus, seuil) {
  const notes = [...connus].map((nom) => ({ nom, note: likeness(mot, nom) })).filter(({ note }) => note >= seuil);
  return notes.sort((a, b) => b.note - a.note || (a.nom < b.nom ? 1 : -1))[0]?.nom;
}
