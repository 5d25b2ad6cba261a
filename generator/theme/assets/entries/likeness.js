// Deux textes se ressemblent-ils ? La mesure est celle du module difflib de Python (SequenceMatcher), pour que le
// formulaire et la vérification du dépôt devinent pareil.
// @ts-check

/** De 0 (rien de commun) à 1 (égaux) : deux fois les signes communs, sur les signes des deux.
 * @param {string} un @param {string} autre @returns {number} */
export function ressemblance(un, autre) {
  const a = [...un],
    b = [...autre];
  if (a.length + b.length === 0) return 1;
  const places = placesDe(b);
  let communs = 0;
  /** @type {[number, number, number, number][]} */
  const restent = [[0, a.length, 0, b.length]];
  for (let bornes = restent.pop(); bornes; bornes = restent.pop()) {
    const [debutA, finA, debutB, finB] = bornes;
    const [i, j, taille] = plusLong(a, b, places, bornes);
    if (taille === 0) continue;
    communs += taille;
    if (debutA < i && debutB < j) restent.push([debutA, i, debutB, j]);
    if (i + taille < finA && j + taille < finB) restent.push([i + taille, finA, j + taille, finB]);
  }
  return (2 * communs) / (a.length + b.length);
}

/** Où chaque signe se trouve ; dans un long texte, un signe trop fréquent ne sert pas de point de départ.
 * @param {string[]} b @returns {Map<string, number[]>} */
function placesDe(b) {
  /** @type {Map<string, number[]>} */
  const places = new Map();
  for (const [rang, signe] of b.entries()) places.set(signe, [...(places.get(signe) ?? []), rang]);
  if (b.length >= 200) {
    const trop = Math.floor(b.length / 100) + 1;
    for (const [signe, rangs] of places) if (rangs.length > trop) places.delete(signe);
  }
  return places;
}

/** La plus longue suite commune entre des bornes, la première s’il y en a plusieurs.
 * @param {string[]} a @param {string[]} b @param {Map<string, number[]>} places
 * @param {[number, number, number, number]} bornes @returns {[number, number, number]} début dans a, dans b, taille */
function plusLong(a, b, places, [debutA, finA, debutB, finB]) {
  let i = debutA,
    j = debutB,
    taille = 0;
  /** @type {Map<number, number>} */
  let avant = new Map();
  for (let x = debutA; x < finA; x += 1) {
    const ici = new Map();
    for (const y of places.get(a[x]) ?? []) {
      if (y < debutB || y >= finB) continue;
      const longueur = (avant.get(y - 1) ?? 0) + 1;
      ici.set(y, longueur);
      if (longueur > taille) {
        i = x - longueur + 1;
        j = y - longueur + 1;
        taille = longueur;
      }
    }
    avant = ici;
  }
  while (i > debutA && j > debutB && a[i - 1] === b[j - 1]) {
    i -= 1;
    j -= 1;
    taille += 1;
  }
  while (i + taille < finA && j + taille < finB && a[i + taille] === b[j + taille]) taille += 1;
  return [i, j, taille];
}

/** Le plus ressemblant des connus, d’au moins `seuil` ; rien s’il n’y en a pas.
 * @param {string} mot @param {Iterable<string>} connus @param {number} seuil @returns {string | undefined} */
export function plusProche(mot, connus, seuil) {
  /** @type {[number, string] | undefined} */
  let meilleur;
  for (const connu of connus) {
    const note = ressemblance(connu, mot);
    if (note < seuil || (meilleur && (note < meilleur[0] || (note === meilleur[0] && connu < meilleur[1])))) continue;
    meilleur = [note, connu];
  }
  return meilleur?.[1];
}
